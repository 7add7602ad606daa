import type { Issue } from "../../errors";
import {
  findEnvironmentProxy,
  findProxyVariable,
  isProxyUrl,
} from "../http/proxy";
import { SERVICES } from "../http/serviceEndpoint";
import type { Endpoints } from "./Connection";

/** What determines the hosts that requests are sent to. */
interface ProxiedHosts {
  readonly endpoints: Endpoints;
  readonly region?: string;
}

/** Checks the proxies that the environment sets for the hosts of the services. */
export function checkProxies(
  { endpoints, region = "us-east-1" }: ProxiedHosts,
  issues: Issue[],
): void {
  const invalid = new Set<string>();
  for (const service of SERVICES) {
    const url =
      endpoints[service] ??
      `https://${service.toLowerCase()}.${region}.amazonaws.com`;
    const proxy = findEnvironmentProxy(url);
    const name = findProxyVariable(url);
    if (proxy !== undefined && name !== undefined && !isProxyUrl(proxy))
      invalid.add(name);
  }
  for (const name of invalid)
    issues.push({
      path: "proxy",
      rule: "environment",
      message: `${name} is not the URL of an HTTP proxy; set it to a URL such as http://proxy.example:3128, or unset it`,
    });
}
