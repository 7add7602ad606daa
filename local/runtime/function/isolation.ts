import { devNull } from "node:os";

/**
 * Environment variables with which AWS SDKs, the AWS CLI and the connector find no credentials or
 * settings of this machine: no shared files, and no instance role.
 */
export const ISOLATION_VARIABLES: Readonly<Record<string, string>> = {
  AWS_CONFIG_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};
