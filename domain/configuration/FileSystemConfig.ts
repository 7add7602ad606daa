import { Caption, Type } from "../decorators";
import { S3FilesConfig } from "./S3FilesConfig";

/**
 * A file system that a function sees as a folder.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html |
 * FileSystemConfig in the Lambda API reference}
 */
export class FileSystemConfig {
  /** ARN of the EFS or S3 Files access point. */
  @Caption("Access point ARN")
  readonly arn?: string;

  /** Folder in which the function sees it; begins with `/mnt/`. */
  @Caption("Mount path")
  readonly localMountPath?: string;

  /** How an S3 Files file system is read. Absent: AWS does not say. */
  @Caption("S3 Files")
  @Type(() => S3FilesConfig)
  readonly s3FilesConfig?: S3FilesConfig;
}
