import { Caption } from "../decorators";

/** How an S3 Files file system is read. */
export class S3FilesConfig {
  /** `ENABLED`, `DISABLED` or `AUTO`. */
  @Caption("Direct S3 read")
  readonly directS3Read?: string;
}
