import { Caption } from "../decorators";

/**
 * How an S3 Files file system is read.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_S3FilesConfig.html |
 * S3FilesConfig in the Lambda API reference}
 */
export class S3FilesConfig {
  /** Whether files are read straight from S3: `ENABLED`, `DISABLED`, or `AUTO` (with 512 MB of memory or more). */
  @Caption("Direct S3 read")
  readonly directS3Read?: string;
}
