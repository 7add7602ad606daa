import { partitionOf } from "../arn/partitions";
import type { WireRequest } from "./transport";

/** The settings that decide where a service is reached. */
export interface EndpointSettings {
  /** Base URLs that replace AWS's own endpoints. */
  readonly endpoints: {
    readonly lambda?: string | undefined;
    readonly rolesAnywhere?: string | undefined;
  };
  readonly useFips: boolean;
  readonly useDualStack: boolean;
}

/** Where the requests of one service and region go. */
export interface ServiceEndpoint extends Pick<
  WireRequest,
  "protocol" | "hostname" | "port"
> {
  /** As the `host` header says it: with the port where it is not the protocol's own. */
  readonly host: string;
  /** What every path begins with; empty but for endpoints of one's own. */
  readonly basePath: string;
  /** The region that requests are signed for. */
  readonly region: string;
}

/** Lambda's endpoint, as AWS's own rules have it: the given one, or the region's, FIPS and dual stack as asked for. */
export function lambdaEndpoint(
  settings: EndpointSettings,
  named: string,
): ServiceEndpoint {
  return serviceEndpoint("lambda", settings, named);
}

/** The endpoint of IAM Roles Anywhere, by the same rules. */
export function rolesAnywhereEndpoint(
  settings: EndpointSettings,
  region: string,
): ServiceEndpoint {
  return serviceEndpoint("rolesAnywhere", settings, region);
}

function serviceEndpoint(
  service: "lambda" | "rolesAnywhere",
  { endpoints, useFips, useDualStack }: EndpointSettings,
  named: string,
): ServiceEndpoint {
  const region = named.replace(/^fips-(dkr-|prod-)?/, "");
  const fips = useFips || region !== named;
  const given = endpoints[service];
  if (given !== undefined) return toEndpoint(new URL(given), region);
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
