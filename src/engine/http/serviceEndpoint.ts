import { partitionOf } from "../arn/partitions";
import type { WireRequest } from "./transport";

/** The settings that determine the endpoint of a service. */
export interface EndpointSettings {
  /** Base URLs that replace AWS's endpoints. */
  readonly endpoints: {
    readonly lambda?: string | undefined;
    readonly rolesAnywhere?: string | undefined;
  };
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

/** Returns Lambda's endpoint by AWS's rules: the custom endpoint, or the region's, with FIPS and dual stack as configured. */
export function lambdaEndpoint(
  settings: EndpointSettings,
  regionName: string,
): ServiceEndpoint {
  return serviceEndpoint("lambda", settings, regionName);
}

/** Returns the endpoint of IAM Roles Anywhere, by the same rules. */
export function rolesAnywhereEndpoint(
  settings: EndpointSettings,
  regionName: string,
): ServiceEndpoint {
  return serviceEndpoint("rolesAnywhere", settings, regionName);
}

function serviceEndpoint(
  service: "lambda" | "rolesAnywhere",
  { endpoints, useFips, useDualStack }: EndpointSettings,
  regionName: string,
): ServiceEndpoint {
  // Older configurations name the FIPS endpoint as a region, for example `fips-us-east-1`.
  const region = regionName.replace(/^fips-(dkr-|prod-)?/, "");
  const fips = useFips || region !== regionName;
  const custom = endpoints[service];
  if (custom !== undefined) return toEndpoint(new URL(custom), region);
  const { dnsSuffix, dualStackDnsSuffix } = partitionOf(region);
  const suffix = useDualStack ? dualStackDnsSuffix : dnsSuffix;
  const host = `${service.toLowerCase()}${fips ? "-fips" : ""}.${region}.${suffix}`;
  return toEndpoint(new URL(`https://${host}`), region);
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
