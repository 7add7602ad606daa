import { Caption, Type } from "../decorators";
import { ImageConfig } from "./ImageConfig";
import { ConfigurationError } from "./ConfigurationError";

/**
 * The settings of a container image, as AWS applied them.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfigResponse.html |
 * ImageConfigResponse in the Lambda API reference}
 */
export class ImageConfigResponse {
  /** The settings that replace the image's own. Absent: none do. */
  @Caption("Image settings")
  @Type(() => ImageConfig)
  readonly imageConfig?: ImageConfig;

  /** Why the settings could not be applied. Absent: they were. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
