import { Caption } from "../decorators";

/**
 * Settings that override those of a container image.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html |
 * ImageConfig in the Lambda API reference}
 */
export class ImageConfig {
  /** Entry point of the container, as an array of arguments. Missing if the image's own is used. */
  @Caption("Entry point")
  readonly entryPoint?: readonly string[];

  /** Arguments for the entry point. Missing if the image's own are used. */
  @Caption("Command")
  readonly command?: readonly string[];

  /** Working directory of the container. Missing if the image's own is used. */
  @Caption("Working directory")
  readonly workingDirectory?: string;
}
