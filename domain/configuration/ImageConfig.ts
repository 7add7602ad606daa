import { Caption } from "../decorators";

/** What a container image's own settings are replaced with. */
export class ImageConfig {
  /** Entry point of the container. Absent: the image's own. */
  @Caption("Entry point")
  readonly entryPoint?: readonly string[];

  /** Parameters for the entry point. Absent: the image's own. */
  @Caption("Command")
  readonly command?: readonly string[];

  /** Working directory. Absent: the image's own. */
  @Caption("Working directory")
  readonly workingDirectory?: string;
}
