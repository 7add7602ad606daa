const PARTITIONS: readonly [pattern: RegExp, partition: string][] = [
  [/^cn-/, "aws-cn"],
  [/^us-gov-/, "aws-us-gov"],
  [/^eusc-/, "aws-eusc"],
  [/^us-iso-/, "aws-iso"],
  [/^us-isob-/, "aws-iso-b"],
  [/^eu-isoe-/, "aws-iso-e"],
  [/^us-isof-/, "aws-iso-f"],
];

/** Returns the partition of a region, as ARNs contain it. */
export function partitionOf(region: string): string {
  const found = PARTITIONS.find(([pattern]) => pattern.test(region));
  return found ? found[1] : "aws";
}
