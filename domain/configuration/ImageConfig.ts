import { Caption } from "../decorators";

/**
 * What a container image's own settings are replaced with.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html |
 * ImageConfig in the Lambda API reference}
 */
export class ImageConfig {
  /** Entry point of the container, word by word. Absent: the image's own. */
  @Caption("Entry point")
  readonly entryPoint?: readonly string[];

  /** Parameters for the entry point, one by one. Absent: the image's own. */
  @Caption("Command")
  readonly command?: readonly string[];

  /** Working directory of the container. Absent: the image's own. */
  @Caption("Working directory")
  readonly workingDirectory?: string;
}
