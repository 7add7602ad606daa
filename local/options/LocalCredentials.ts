/** Access key of an IAM user, as the AWS SDK accepts it. */
export interface LocalCredentials {
  /** Access key ID, such as `AKIA…`; 20 characters. */
  readonly accessKeyId: string;

  /** Secret access key. Different after each start, unless the option `credentials` sets it. */
  readonly secretAccessKey: string;
}
