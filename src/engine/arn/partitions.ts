/**
 * The partitions of AWS: which regions belong to each, and what its hosts end with. No region fits the patterns of
 * two.
 *
 * Source: the partition data of the AWS SDK for JavaScript; a test holds this table beside it.
 */
export interface Partition {
  /** As ARNs write it. */
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

/** The partition of a region. Absent: nobody knows it yet. */
export function knownPartitionOf(region: string): Partition | undefined {
  return PARTITIONS.find(({ regions }) => regions.test(region));
}

/** The partition of a region; one that nobody knows yet is taken for one of `aws`. */
export function partitionOf(region: string): Partition {
  return knownPartitionOf(region) ?? AWS;
}
