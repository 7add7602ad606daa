import { Caption } from "../decorators";

/**
 * VPC that a function is attached to.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfigResponse.html |
 * VpcConfigResponse in the Lambda API reference}
 */
export class VpcConfig {
  /** Ids of the subnets, at most 16. */
  @Caption("Subnets")
  readonly subnetIds?: readonly string[];

  /** Ids of the security groups, at most 5. */
  @Caption("Security groups")
  readonly securityGroupIds?: readonly string[];

  /** Id of the VPC. Empty or missing if the function is in none. */
  @Caption("VPC")
  readonly vpcId?: string;

  /** Whether outbound IPv6 traffic is allowed in dual-stack subnets. */
  @Caption("IPv6 allowed")
  readonly ipv6AllowedForDualStack?: boolean;
}
