import type { Issue } from "../../errors";
import type { Connection, Endpoints } from "./Connection";
import { CONNECTION_RULES, isHttpUrl, SERVICES } from "./connectionRules";
import {
  environmentEndpoint,
  environmentFlag,
  environmentRegion,
} from "./environment";
import { findEnvironmentProxy, findProxyVariable } from "../http/proxy";

/** What the environment adds is held to the connection's own rules. */
export function checkEnvironment(given: Connection, issues: Issue[]): void {
  const { region, endpoint } = CONNECTION_RULES;
  const named = given.region ?? environmentRegion();
  if (named !== undefined && region(named) !== undefined)
    issues.push({
      path: "region",
      rule: "environment",
      message:
        "AWS_REGION or AWS_DEFAULT_REGION names no region; correct it, for example to eu-central-1",
    });
  const endpoints = readEndpoints(given.endpoint);
  const urls = Object.values(endpoints) as string[];
  if (urls.some((url) => url && endpoint(url) !== undefined))
    issues.push({
      path: "endpoint",
      rule: "environment",
      message:
        "AWS_ENDPOINT_URL, or one for a service, is no base URL; correct it, for example to http://127.0.0.1:4566",
    });
  const flags = environmentFlags(given);
  if (flags.length > 0 && given.endpoint !== undefined)
    issues.push({
      path: "endpoint",
      rule: "conflict",
      message: `endpoint cannot go together with ${flags.join(" and ")}; unset it, or say useFips: false and useDualStack: false`,
    });
  if (given.proxy === undefined && issues.length === 0)
    checkProxies(endpoints, named ?? "us-east-1", issues);
}

/** The variables that ask for a kind of endpoint where the connection does not say. */
function environmentFlags({ useFips, useDualStack }: Connection): string[] {
  const fips = "AWS_USE_FIPS_ENDPOINT";
  const dualStack = "AWS_USE_DUALSTACK_ENDPOINT";
  return [
    ...(useFips === undefined && environmentFlag(fips) ? [fips] : []),
    ...(useDualStack === undefined && environmentFlag(dualStack)
      ? [dualStack]
      : []),
  ];
}

/** Where no proxy is given: those that the environment names for what the services' hosts are or may be. */
function checkProxies(
  endpoints: Endpoints,
  region: string,
  issues: Issue[],
): void {
  const wrong = new Set<string>();
  for (const service of SERVICES) {
    const origin =
      endpoints[service] ??
      `https://${service.toLowerCase()}.${region}.amazonaws.com`;
    const proxy = findEnvironmentProxy(origin);
    const name = findProxyVariable(origin);
    if (proxy !== undefined && name !== undefined && !isHttpUrl(proxy))
      wrong.add(name);
  }
  for (const name of wrong)
    issues.push({
      path: "proxy",
      rule: "environment",
      message: `${name} names no HTTP proxy; correct it, for example to http://proxy.example:3128, or unset it`,
    });
}

/** The base URLs of the services: given, or the environment's. */
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
