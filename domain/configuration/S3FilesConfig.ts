import { Caption } from "../decorators";

/**
 * Settings of an S3 Files file system.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_S3FilesConfig.html |
 * S3FilesConfig in the Lambda API reference}
 */
export class S3FilesConfig {
  /** Whether files are read directly from S3: `ENABLED`, `DISABLED`, or `AUTO` (if the memory is at least 512 MB). */
  @Caption("Direct S3 read")
  readonly directS3Read?: string;
}
