import { Caption, Type } from "../decorators";
import { ImageConfig } from "./ImageConfig";
import { ConfigurationError } from "./ConfigurationError";

/**
 * Container image settings that AWS applied, or the error if it could not.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfigResponse.html |
 * ImageConfigResponse in the Lambda API reference}
 */
export class ImageConfigResponse {
  /** Settings that override those of the image. Missing if there are none. */
  @Caption("Image settings")
  @Type(() => ImageConfig)
  readonly imageConfig?: ImageConfig;

  /** Error that AWS reports for the settings. Missing if there is none. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
