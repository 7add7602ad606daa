import { Caption } from "../decorators";

/**
 * The size of a function's `/tmp`.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_EphemeralStorage.html |
 * EphemeralStorage in the Lambda API reference}
 */
export class EphemeralStorage {
  /** Size in MB; 512 to 10,240, on Managed Instances up to 32,768. */
  @Caption("Size")
  readonly size?: number;
}
