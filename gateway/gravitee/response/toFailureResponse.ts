import Negotiator from "negotiator";
import type { Exchange } from "../../http/Exchange";
import type { StepResponse } from "../../route/verdict/StepResponse";
import type {
  ParsedResponseTemplate,
  ParsedResponseTemplates,
} from "../configuration/readResponseTemplates";
import type { PolicyError } from "../errors/PolicyError";
import type { Scope } from "../expression/scope/Scope";

/** The response to a failure: by a response template, or else Gravitee's default. */
export function toFailureResponse(
  error: PolicyError,
  {
    exchange,
    templates,
    scope,
  }: {
    readonly exchange: Exchange;
    readonly templates: ParsedResponseTemplates;
    readonly scope: Scope;
  },
): StepResponse {
  const accepted = acceptedTypes(exchange);
  const found = findTemplate(error, templates, accepted);
  if (!found) return toDefaultResponse(error, accepted);
  const { template, type } = found;
  try {
    const body = template.body?.toText(withError(scope, error));
    return {
      status: template.status ?? error.status,
      headers: {
        ...(type !== undefined && { "Content-Type": type }),
        ...template.headers,
      },
      ...(body != null && { body }),
    };
  } catch {
    // A template that fails must not hide the failure.
    return toDefaultResponse(error, accepted);
  }
}

/** Looks up the error key or `DEFAULT`, then the media type that the client prefers or the wildcard. */
function findTemplate(
  { key }: PolicyError,
  templates: ParsedResponseTemplates,
  accepted: readonly string[],
): { template: ParsedResponseTemplate; type: string | undefined } | undefined {
  const group = templates.get(key) ?? templates.get("DEFAULT");
  if (!group) return undefined;
  const match = accepted.find((type) => group.has(type)) ?? WILDCARD;
  const template = group.get(match);
  // Gravitee copies the whole Accept header into Content-Type, which is not a valid type when Accept lists several.
  const type = match === WILDCARD ? accepted.find(isConcrete) : match;
  return template && { template, type };
}

const WILDCARD = "*/*";

const isConcrete = (type: string): boolean => !type.includes("*");

/** The media types of the client's `Accept` header, preferred first. Empty without the header. */
function acceptedTypes({ originalRequest }: Exchange): string[] {
  const accept = originalRequest.headers.get("accept");
  if (accept === undefined) return [];
  return new Negotiator({ headers: { accept } }).mediaTypes();
}

/** JSON for clients that accept JSON or anything; the message as plain text for the others, and without an `Accept` header. */
function toDefaultResponse(
  { status, message }: PolicyError,
  accepted: readonly string[],
): StepResponse {
  const isJson = accepted.some(
    (type) => type === "application/json" || type === WILDCARD,
  );
  return isJson
    ? {
        status,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ message, http_status_code: status }),
      }
    : {
        status,
        headers: { "Content-Type": "text/plain" },
        body: message,
      };
}

/** Adds `#error` and `#parameters`. */
function withError(scope: Scope, error: PolicyError): Scope {
  const { status, key, message, parameters } = error;
  const hasParameters = Object.keys(parameters).length > 0;
  return {
    ...scope,
    variables: {
      ...scope.variables,
      error: { statusCode: status, key, message, parameters },
      parameters: hasParameters ? parameters : null,
    },
  };
}
