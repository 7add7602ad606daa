import type { Exchange } from "../../http/Exchange";
import type { Step } from "../../route/Step";
import { throwIssues } from "../../route/throwIssues";
import type { Change } from "../../route/verdict/Change";
import type { ApiKeysOptions } from "./ApiKeysOptions";
import { findApiKeyIssues } from "./apiKeyRules";
import { KeyTable } from "./KeyTable";
import { readQueryParameter } from "./queryParameter";

/** Attribute of an exchange with the id of its API key. */
const ATTRIBUTE = "apiKey";

/**
 * Creates a step that recognizes clients by API keys. It sets the attribute `apiKey` of the exchange to the `id` of the key, by which
 * `throttle` and `quota` can count, and removes the key from the request. A request without a key, or with an unknown one, is refused with
 * 403, as by API Gateway: HTTP defines no authentication scheme that a 401 response could name.
 *
 * Only hashes of the keys are kept in memory. The keys are those with which the step was created: to change them, create another one.
 *
 * A key identifies a program, for quotas. It does not authenticate a user, and it is only as secret as the program that contains it.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule. The messages contain no key.
 *
 * @example
 * const route = createRoute({
 *   steps: [
 *     apiKeys({
 *       keys: [{ id: "globex", hash: process.env.GLOBEX_KEY_HASH ?? "" }],
 *     }),
 *   ],
 *   origin: "http://127.0.0.1:3000",
 * });
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html | API keys of API Gateway}
 *
 * @category Gateway
 */
export function apiKeys(options: ApiKeysOptions): Step {
  throwIssues("apiKeys", findApiKeyIssues(options));
  const { name = "apiKeys", header = "x-api-key", query } = options;
  const { keys, required = true, forward = false } = options;
  // The step must not hold `options`, which may contain the keys themselves.
  return createStep(new KeyTable(keys), {
    name,
    header,
    query,
    required,
    forward,
  });
}

/** The options without the keys, and with their defaults. */
interface Settings {
  readonly name: string;
  readonly header: string;
  readonly query: string | undefined;
  readonly required: boolean;
  readonly forward: boolean;
}

const createStep = (table: KeyTable, settings: Settings): Step => ({
  name: settings.name,
  // The query parameter is removed from the URL.
  reroutes: settings.query !== undefined && !settings.forward,
  request: (exchange) => {
    exchange.attributes.delete(ATTRIBUTE);
    const { keys, change } = readKeys(exchange, settings);
    const [key, ...others] = keys;
    if (key === undefined)
      return settings.required ? refuse("the API key is missing") : change;
    const id = others.length === 0 ? table.find(key) : undefined;
    if (id === undefined) return refuse("the API key is not valid");
    exchange.attributes.set(ATTRIBUTE, id);
    return change;
  },
});

const refuse = (reason: string) => ({ refuse: { status: 403, reason } });

/** The keys of a request, and how they are removed from it. The query is only used without the header. */
function readKeys(
  { request }: Exchange,
  { header, query, forward }: Settings,
): {
  readonly keys: readonly string[];
  readonly change: { readonly change: Change } | undefined;
} {
  const inHeader = request.headers.getAll(header);
  const inQuery =
    query === undefined ? undefined : readQueryParameter(request.url, query);
  const isInQuery = inQuery !== undefined && inQuery.values.length > 0;
  const change: Change = {
    dropHeaders: [header],
    ...(isInQuery && { url: inQuery.rest }),
  };
  return {
    keys: inHeader.length > 0 ? inHeader : (inQuery?.values ?? []),
    change:
      forward || (inHeader.length === 0 && !isInQuery) ? undefined : { change },
  };
}
