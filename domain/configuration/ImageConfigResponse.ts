import { Caption, Type } from "../decorators";
import { ImageConfig } from "./ImageConfig";
import { ConfigurationError } from "./ConfigurationError";

/** The settings of a container image, as AWS applied them. */
export class ImageConfigResponse {
  /** The settings. */
  @Caption("Image settings")
  @Type(() => ImageConfig)
  readonly imageConfig?: ImageConfig;

  /** Why they could not be applied. Absent: they were. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
