import type Accepting from "negotiator";
import type { Exchange } from "../../http/Exchange";
import type { StepResponse } from "../../route/StepResponse";
import type { Scope } from "../expression/scope/Scope";
import type { PolicyError } from "../errors/PolicyError";
import type {
  ParsedResponseTemplate,
  ParsedResponseTemplates,
} from "../configuration/readResponseTemplates";

/** What the client is answered with for a failure: by a template of the host's, else as the vendor's gateway does. */
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
  const accepted = acceptedBy(exchange);
  const found = templateFor(error, templates, accepted);
  if (!found) return byDefault(error, accepted);
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
    // The failure is told all the same.
    return byDefault(error, accepted);
  }
}

/** The template of the failure's key, else of all; in there the one of what the client likes best, else of all. */
function templateFor(
  { key }: PolicyError,
  templates: ParsedResponseTemplates,
  accepted: readonly string[],
): { template: ParsedResponseTemplate; type: string | undefined } | undefined {
  const group = templates.get(key) ?? templates.get("DEFAULT");
  if (!group) return undefined;
  const liked = accepted.find((type) => group.has(type)) ?? ALL;
  const template = group.get(liked);
  // The vendor copies the whole of Accept into Content-Type; nobody can depend on that where it names more than one.
  const type = liked === ALL ? accepted.find(isOne) : liked;
  return template && { template, type };
}

const ALL = "*/*";

const isOne = (type: string): boolean => !type.includes("*");

/** The media types that a client takes, the best first; none where he does not say. */
function acceptedBy({ arrived }: Exchange): string[] {
  const accept = arrived.headers.get("accept");
  if (accept === undefined) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when a first failure is told
  const Negotiator = require("negotiator") as typeof Accepting;
  return new Negotiator({ headers: { accept } }).mediaTypes();
}

/** JSON for who accepts it, or anything; the bare message for everybody else, and for who does not say. */
function byDefault(
  { status, message }: PolicyError,
  accepted: readonly string[],
): StepResponse {
  const isJson = accepted.some(
    (type) => type === "application/json" || type === ALL,
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

/** `#error` and `#parameters` beside what other expressions see. */
function withError(scope: Scope, error: PolicyError): Scope {
  const { status, key, message, parameters } = error;
  const isThere = Object.keys(parameters).length > 0;
  return {
    ...scope,
    variables: {
      ...scope.variables,
      error: { statusCode: status, key, message, parameters },
      parameters: isThere ? parameters : null,
    },
  };
}
