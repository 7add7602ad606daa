import { parseQuery } from "../http/parseQuery";
import type { Route } from "./Route";
import { getHeader, type HttpRequest } from "../http/HttpRequest";

/**
 * Determines the service and operation of a request. Returns undefined if it is not for a known
 * service.
 */
export function routeRequest(request: HttpRequest): Route | undefined {
  if (/^\/\d{4}-\d\d-\d\d\//.test(request.rawPath)) return routeLambda(request);
  if (request.method !== "POST") return undefined;
  if (request.rawPath === "/sessions")
    return { service: "rolesanywhere", operation: "CreateSession" };
  if (request.rawPath !== "/") return undefined;
  const target = getHeader(request, "x-amz-target");
  if (target !== undefined) {
    const [prefix, operation] = target.split(".");
    return prefix === "AmazonSSM" && operation
      ? { service: "ssm", operation }
      : undefined;
  }
  return routeForm(request);
}

function routeForm(request: HttpRequest): Route | undefined {
  const type = getHeader(request, "content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return undefined;
  if (request.isUnread) return { service: "sts", operation: "POST /" };
  const form = new Map(parseQuery(request.body.toString("utf8")));
  const operation = form.get("Action");
  return operation && form.get("Version") === "2011-06-15"
    ? { service: "sts", operation }
    : undefined;
}

// By method and the path after the function name.
const BY_PATH: Readonly<Record<string, string>> = {
  "GET ": "GetFunction",
  "DELETE ": "DeleteFunction",
  "GET configuration": "GetFunctionConfiguration",
  "POST invocations": "Invoke",
  "POST response-streaming-invocations": "InvokeWithResponseStream",
  "POST invoke-async": "InvokeAsync",
  "PUT configuration": "UpdateFunctionConfiguration",
  "PUT code": "UpdateFunctionCode",
  "GET policy": "GetPolicy",
  "POST policy": "AddPermission",
  "GET versions": "ListVersionsByFunction",
  "POST versions": "PublishVersion",
  "GET aliases": "ListAliases",
  "POST aliases": "CreateAlias",
  "PUT concurrency": "PutFunctionConcurrency",
};

function routeLambda({ method, rawPath }: HttpRequest): Route {
  const [, , collection, segment = "", ...rest] = rawPath.split("/");
  if (collection === "functions" && segment === "" && rest.length === 0) {
    if (method === "GET")
      return { service: "lambda", operation: "ListFunctions" };
    if (method === "POST")
      return { service: "lambda", operation: "CreateFunction" };
  }
  const known =
    collection === "functions" && segment !== ""
      ? BY_PATH[`${method} ${rest.join("/")}`]
      : undefined;
  return known === undefined
    ? { service: "lambda", operation: `${method} ${rawPath}` }
    : {
        service: "lambda",
        operation: known,
        functionName: decodeSegment(segment),
      };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
