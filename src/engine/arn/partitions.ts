/**
 * An AWS partition: its regions and DNS suffixes. No region matches two partitions.
 *
 * Source: the partition data of the AWS SDK for JavaScript. A test compares the table with it.
 */
export interface Partition {
  /** Name as in ARNs. */
  readonly name: string;
  readonly regions: RegExp;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
}

const AWS: Partition = {
  name: "aws",
  regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  dnsSuffix: "amazonaws.com",
  dualStackDnsSuffix: "api.aws",
};

const PARTITIONS: readonly Partition[] = [
  AWS,
  {
    name: "aws-cn",
    regions: /^cn-\w+-\d+$/,
    dnsSuffix: "amazonaws.com.cn",
    dualStackDnsSuffix: "api.amazonwebservices.com.cn",
  },
  { ...AWS, name: "aws-us-gov", regions: /^us-gov-\w+-\d+$/ },
  {
    name: "aws-eusc",
    regions: /^eusc-de-\w+-\d+$/,
    dnsSuffix: "amazonaws.eu",
    dualStackDnsSuffix: "api.amazonwebservices.eu",
  },
  {
    name: "aws-iso",
    regions: /^us-iso-\w+-\d+$/,
    dnsSuffix: "c2s.ic.gov",
    dualStackDnsSuffix: "api.aws.ic.gov",
  },
  {
    name: "aws-iso-b",
    regions: /^us-isob-\w+-\d+$/,
    dnsSuffix: "sc2s.sgov.gov",
    dualStackDnsSuffix: "api.aws.scloud",
  },
  {
    name: "aws-iso-e",
    regions: /^eu-isoe-\w+-\d+$/,
    dnsSuffix: "cloud.adc-e.uk",
    dualStackDnsSuffix: "api.cloud-aws.adc-e.uk",
  },
  {
    name: "aws-iso-f",
    regions: /^us-isof-\w+-\d+$/,
    dnsSuffix: "csp.hci.ic.gov",
    dualStackDnsSuffix: "api.aws.hci.ic.gov",
  },
];

/** Returns the partition of a region, or `undefined` if the table does not contain it. */
export function knownPartitionOf(region: string): Partition | undefined {
  return PARTITIONS.find(({ regions }) => regions.test(region));
}

/** Returns the partition of a region. Defaults to `aws` for unknown regions. */
export function partitionOf(region: string): Partition {
  return knownPartitionOf(region) ?? AWS;
}

/** Returns the partition in an ARN. */
export function partitionOfArn(arn: string): string {
  return arn.split(":")[1] ?? "";
}
