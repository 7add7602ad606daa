import { partitionOf } from "../arn/partitions";
import { isHostRegion, toRealRegion } from "../arn/regions";
import type { WireRequest } from "./transport";
import { UnusableSettingError } from "./UnusableSettingError";

/** The services that a connection reaches, as `endpoint` names them. */
export const SERVICES = ["lambda", "sts", "ssm", "rolesAnywhere"] as const;

/** A service that a connection reaches. */
export type EndpointService = (typeof SERVICES)[number];

/** The settings that determine the endpoint of a service. */
export interface EndpointSettings {
  /** Base URLs that replace AWS's endpoints. */
  readonly endpoints: Readonly<
    Partial<Record<EndpointService, string | undefined>>
  >;
  readonly useFips: boolean;
  readonly useDualStack: boolean;
}

/** Where requests to one service in one region are sent. */
export interface ServiceEndpoint extends Pick<
  WireRequest,
  "protocol" | "hostname" | "port"
> {
  /** Value of the `host` header. Includes the port unless it is the protocol's default. */
  readonly host: string;
  /** Prefix of every path, without a trailing slash. Empty except for custom endpoints. */
  readonly basePath: string;
  /** The region that requests are signed for. */
  readonly region: string;
}

/** A service in a region. */
export interface RegionalService {
  readonly service: EndpointService;
  readonly region: string;
}

/** STS's name for its endpoint without a region. */
const GLOBAL_REGION = "aws-global";

/** The endpoint of {@link GLOBAL_REGION}, and the region that its requests are signed for. */
const GLOBAL_STS = {
  url: new URL("https://sts.amazonaws.com"),
  region: "us-east-1",
};

/** In AWS GovCloud (US), the standard endpoints of these services are the FIPS endpoints. */
const STANDARD_IS_FIPS: readonly EndpointService[] = ["sts", "ssm"];

/**
 * Returns the endpoint of a service by AWS's rules: the custom endpoint, or the region's, with FIPS and dual stack as configured.
 *
 * @throws {@link UnusableSettingError} if the settings contradict each other for this service.
 */
export function serviceEndpoint(
  { service, region: name }: RegionalService,
  { endpoints, ...flags }: EndpointSettings,
): ServiceEndpoint {
  // A profile that assumes a role can have an older name.
  const { region, isFips } = toRealRegion(name);
  const settings = { ...flags, endpoints, useFips: flags.useFips || isFips };
  const custom = customEndpoint({ service, region }, settings);
  if (custom !== undefined) return toEndpoint(new URL(custom), region);
  if (region === GLOBAL_REGION)
    return toEndpoint(GLOBAL_STS.url, GLOBAL_STS.region);
  const { useFips, useDualStack } = settings;
  const partition = partitionOf(region);
  const isStandard =
    !useFips ||
    (partition.name === "aws-us-gov" &&
      !useDualStack &&
      STANDARD_IS_FIPS.includes(service));
  const suffix = useDualStack
    ? partition.dualStackDnsSuffix
    : partition.dnsSuffix;
  const host = `${service.toLowerCase()}${isStandard ? "" : "-fips"}.${region}.${suffix}`;
  return toEndpoint(new URL(`https://${host}`), region);
}

/** Whether AWS has an endpoint for a region. */
function hasEndpoint(
  { service, region }: RegionalService,
  { useFips, useDualStack }: EndpointSettings,
): boolean {
  if (isHostRegion(region)) return true;
  const isGlobal = service === "sts" && region === GLOBAL_REGION;
  return isGlobal && !useFips && !useDualStack;
}

/**
 * Returns the custom endpoint of a service; `undefined` if AWS's own endpoint is used.
 *
 * @throws {@link UnusableSettingError} if the settings contradict each other for this service, as the AWS SDK does.
 */
export function customEndpoint(
  { service, region }: RegionalService,
  settings: EndpointSettings,
): string | undefined {
  const { endpoints, useFips, useDualStack } = settings;
  const custom = endpoints[service];
  if (custom === undefined) {
    if (hasEndpoint({ service, region }, settings)) return undefined;
    throw new UnusableSettingError({
      path: "region",
      rule: "region",
      message: `region must be the name of an AWS region, for example eu-central-1, because the connection has no endpoint for ${service}`,
    });
  }
  if (!useFips && !useDualStack) return removeFinalSlashes(custom);
  throw new UnusableSettingError({
    path: "endpoint",
    rule: "conflict",
    message: `the endpoint for ${service} cannot be combined with ${useFips ? "FIPS" : "dual-stack"} endpoints; remove it, or set useFips: false and useDualStack: false`,
  });
}

/** The AWS SDK sends `/base//2015-03-31/…` to an endpoint that ends with a slash, which is another path. */
function removeFinalSlashes(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url.href;
}

function toEndpoint(url: URL, region: string): ServiceEndpoint {
  return {
    protocol: url.protocol === "http:" ? "http:" : "https:",
    hostname: url.hostname,
    port: url.port === "" ? undefined : Number(url.port),
    host: url.host,
    basePath: url.pathname.replace(/\/$/, ""),
    region,
  };
}
