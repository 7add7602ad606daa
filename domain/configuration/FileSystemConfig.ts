import { Caption, Type } from "../decorators";
import { S3FilesConfig } from "./S3FilesConfig";

/** A file system that a function sees as a folder. */
export class FileSystemConfig {
  /** ARN of the EFS or S3 Files access point. */
  @Caption("Access point ARN")
  readonly arn?: string;

  /** Folder in which the function sees it; begins with `/mnt/`. */
  @Caption("Mount path")
  readonly localMountPath?: string;

  /** How it is read, where it is an S3 Files file system. */
  @Caption("S3 Files")
  @Type(() => S3FilesConfig)
  readonly s3FilesConfig?: S3FilesConfig;
}
