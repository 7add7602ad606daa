import { partitionOf } from "../arn/partitions";
import { isHostRegion } from "../arn/regions";
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

/** Returns Lambda's endpoint by AWS's rules: the custom endpoint, or the region's, with FIPS and dual stack as configured. */
export function lambdaEndpoint(
  settings: EndpointSettings,
  region: string,
): ServiceEndpoint {
  return serviceEndpoint("lambda", settings, region);
}

/** Returns the endpoint of IAM Roles Anywhere, by the same rules. */
export function rolesAnywhereEndpoint(
  settings: EndpointSettings,
  region: string,
): ServiceEndpoint {
  return serviceEndpoint("rolesAnywhere", settings, region);
}

function serviceEndpoint(
  service: "lambda" | "rolesAnywhere",
  settings: EndpointSettings,
  region: string,
): ServiceEndpoint {
  const custom = customEndpoint(service, settings, region);
  if (custom !== undefined) return toEndpoint(new URL(custom), region);
  const { useFips, useDualStack } = settings;
  const { dnsSuffix, dualStackDnsSuffix } = partitionOf(region);
  const suffix = useDualStack ? dualStackDnsSuffix : dnsSuffix;
  const host = `${service.toLowerCase()}${useFips ? "-fips" : ""}.${region}.${suffix}`;
  return toEndpoint(new URL(`https://${host}`), region);
}

/**
 * Returns the custom endpoint of a service; `undefined` if AWS's own endpoint is used.
 *
 * @throws {@link UnusableSettingError} if the settings contradict each other for this service, as the AWS SDK does.
 */
export function customEndpoint(
  service: EndpointService,
  { endpoints, useFips, useDualStack }: EndpointSettings,
  region: string,
): string | undefined {
  const custom = endpoints[service];
  if (custom === undefined) {
    if (isHostRegion(region)) return undefined;
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
