import type { Issue } from "../../errors";
import type { Connection, Endpoints } from "./Connection";
import { CONNECTION_RULES, isHttpUrl, SERVICES } from "./connectionRules";
import {
  environmentEndpoint,
  environmentFlag,
  environmentRegion,
} from "./environment";
import { findEnvironmentProxy, findProxyVariable } from "../http/proxy";

/** Checks the settings that come from the environment against the rules of the connection. */
export function checkEnvironment(
  connection: Connection,
  issues: Issue[],
): void {
  const { region: regionRule, endpoint: endpointRule } = CONNECTION_RULES;
  const region = connection.region ?? environmentRegion();
  if (region !== undefined && regionRule(region) !== undefined)
    issues.push({
      path: "region",
      rule: "environment",
      message:
        "AWS_REGION or AWS_DEFAULT_REGION is not a valid region; set it to a region such as eu-central-1",
    });
  const endpoints = readEndpoints(connection.endpoint);
  const urls = Object.values(endpoints) as string[];
  if (urls.some((url) => url && endpointRule(url) !== undefined))
    issues.push({
      path: "endpoint",
      rule: "environment",
      message:
        "AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_<SERVICE> is not a base URL; set it to a URL such as http://127.0.0.1:4566",
    });
  const flags = listEnvironmentFlags(connection);
  if (flags.length > 0 && connection.endpoint !== undefined)
    issues.push({
      path: "endpoint",
      rule: "conflict",
      message: `endpoint cannot be combined with ${flags.join(" and ")}; unset ${flags.length > 1 ? "them" : "it"}, or set useFips: false and useDualStack: false`,
    });
  if (connection.proxy === undefined && issues.length === 0)
    checkProxies(endpoints, region ?? "us-east-1", issues);
}

/** Lists the variables that enable FIPS or dual-stack endpoints and that the connection does not override. */
function listEnvironmentFlags({ useFips, useDualStack }: Connection): string[] {
  const fips = "AWS_USE_FIPS_ENDPOINT";
  const dualStack = "AWS_USE_DUALSTACK_ENDPOINT";
  return [
    ...(useFips === undefined && environmentFlag(fips) ? [fips] : []),
    ...(useDualStack === undefined && environmentFlag(dualStack)
      ? [dualStack]
      : []),
  ];
}

/** Checks the proxies that the environment sets for the hosts of the services. */
function checkProxies(
  endpoints: Endpoints,
  region: string,
  issues: Issue[],
): void {
  const invalid = new Set<string>();
  for (const service of SERVICES) {
    const url =
      endpoints[service] ??
      `https://${service.toLowerCase()}.${region}.amazonaws.com`;
    const proxy = findEnvironmentProxy(url);
    const name = findProxyVariable(url);
    if (proxy !== undefined && name !== undefined && !isHttpUrl(proxy))
      invalid.add(name);
  }
  for (const name of invalid)
    issues.push({
      path: "proxy",
      rule: "environment",
      message: `${name} is not the URL of an HTTP proxy; set it to a URL such as http://proxy.example:3128, or unset it`,
    });
}

/** Returns the base URL of each service, from the connection or the environment. */
export function readEndpoints(endpoint: Connection["endpoint"]): Endpoints {
  const given: Endpoints =
    typeof endpoint === "string"
      ? Object.fromEntries(SERVICES.map((service) => [service, endpoint]))
      : (endpoint ?? {});
  const endpoints: Record<string, string> = {};
  for (const service of SERVICES) {
    const url = given[service] ?? environmentEndpoint(service);
    if (url !== undefined) endpoints[service] = url;
  }
  return endpoints;
}
