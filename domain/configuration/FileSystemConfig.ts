import { Caption, Type } from "../decorators";
import { S3FilesConfig } from "./S3FilesConfig";

/**
 * A file system that a function mounts.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html |
 * FileSystemConfig in the Lambda API reference}
 */
export class FileSystemConfig {
  /** ARN of the EFS or S3 Files access point. */
  @Caption("Access point ARN")
  readonly arn?: string;

  /** Directory in which the file system is mounted; starts with `/mnt/`. */
  @Caption("Mount path")
  readonly localMountPath?: string;

  /** Settings of an S3 Files file system. Missing if AWS does not send them. */
  @Caption("S3 Files")
  @Type(() => S3FilesConfig)
  readonly s3FilesConfig?: S3FilesConfig;
}
