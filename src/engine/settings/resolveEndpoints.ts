import { SERVICES, type EndpointService } from "../http/serviceEndpoint";
import type { Connection, Endpoints } from "./Connection";
import { isBaseUrl } from "./connectionRules";
import { readFlag } from "./resolveFlag";
import {
  findVariable,
  type FoundSetting,
  type ResolveContext,
} from "./SettingSources";

/** The custom endpoints of a connection. */
export interface ResolvedEndpoints {
  readonly endpoints: Endpoints;
  /** The variables and keys that set an endpoint. */
  readonly sources: readonly string[];
  /** Whether the endpoints in the environment and the profile are ignored. */
  readonly isIgnoring: boolean;
}

/** Returns the base URL of each service that has one, in AWS's order of precedence. */
export function resolveEndpoints(
  { endpoint }: Connection,
  context: ResolveContext,
): ResolvedEndpoints {
  if (typeof endpoint === "string")
    return {
      endpoints: Object.fromEntries(
        SERVICES.map((service) => [service, endpoint]),
      ),
      sources: [],
      isIgnoring: false,
    };
  const endpoints: Record<string, string> = {};
  const sources = new Map<string, boolean>();
  const isIgnoring = ignoresConfigured(context);
  for (const service of SERVICES) {
    const given = endpoint?.[service];
    const found =
      given === undefined && !isIgnoring
        ? findEndpoint(service, context)
        : undefined;
    const url = given ?? found?.value;
    if (url !== undefined) endpoints[service] = url;
    if (found) sources.set(found.source, isBaseUrl(found.value));
  }
  for (const [source, isValid] of sources)
    if (!isValid)
      context.issues.push({
        path: "endpoint",
        rule: "environment",
        message: `${source} is not a base URL; set it to a URL such as http://127.0.0.1:4566`,
      });
  return { endpoints, sources: [...sources.keys()], isIgnoring };
}

function ignoresConfigured({ sources, issues }: ResolveContext): boolean {
  const found = sources.find({
    variables: ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
    key: "ignore_configured_endpoint_urls",
  });
  return found ? readFlag(found, { path: "endpoint", issues }) : false;
}

function findEndpoint(
  service: EndpointService,
  context: ResolveContext,
): FoundSetting | undefined {
  return (
    findVariable([
      `AWS_ENDPOINT_URL_${service.toUpperCase()}`,
      "AWS_ENDPOINT_URL",
    ]) ??
    findServiceEndpoint(service, context) ??
    context.sources.findInProfile({ key: "endpoint_url" })
  );
}

/** Finds the endpoint in the `[services]` section that the profile names. */
function findServiceEndpoint(
  service: EndpointService,
  { sources, issues }: ResolveContext,
): FoundSetting | undefined {
  const named = sources.findInProfile({ key: "services" });
  if (!named) return undefined;
  const section = sources.services(named.value);
  const { path } = sources.files.config;
  if (!section) {
    const message = `${named.source} is ${named.value}, but ${path} has no section [services ${named.value}]; add the section, or correct the profile`;
    if (!issues.some((issue) => issue.message === message))
      issues.push({ path: "endpoint", rule: "environment", message });
    return undefined;
  }
  const key = `${service.toLowerCase()}.endpoint_url`;
  const value = section.get(key);
  return value === undefined
    ? undefined
    : { value, source: `${key} in [services ${named.value}] of ${path}` };
}
