import { Caption } from "../decorators";

/**
 * Ephemeral storage of a function: its `/tmp` directory.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_EphemeralStorage.html |
 * EphemeralStorage in the Lambda API reference}
 */
export class EphemeralStorage {
  /** Size of the directory, in MB; 512 to 10,240, or up to 32,768 on Managed Instances. */
  @Caption("Size")
  readonly size?: number;
}
