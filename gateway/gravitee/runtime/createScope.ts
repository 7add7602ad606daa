import type { Exchange } from "../../http/Exchange";
import type { Bean } from "../expression/values/Bean";
import { AttributeMap } from "../expression/values/AttributeMap";
import type { Scope } from "../expression/scope/Scope";
import type { BodyContents } from "./readBodies";
import { isObject } from "../../route/Fields";
import type { HostVariables } from "../configuration/HostVariables";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { toRequestBean, toResponseBean } from "./toRequestBean";

/** The function's answer, as later policies of the exchange see it. */
const answers = new WeakMap<Exchange, Bean>();

/** Binds the function's answer for the rest of the exchange; the next policy's takes its place. */
export function bindLambdaResponse(
  exchange: Exchange,
  lambdaResponse: Bean,
): void {
  answers.set(exchange, lambdaResponse);
}

/** What is known of an exchange when a policy begins: its bodies, what the host knows, and the secrets that it asks for. */
export interface ExpressionInputs {
  readonly bodies: BodyContents;
  readonly host: HostVariables;
  readonly secrets: ReadonlyMap<string, string>;
}

/** What the expressions of a policy see now. */
export function createScope(
  exchange: Exchange,
  { bodies: contents, host, secrets }: ExpressionInputs,
): Scope {
  const { response } = exchange;
  const { api, properties = null } = host;
  return {
    variables: {
      request: toRequestBean({ exchange, host, content: contents.request }),
      response:
        response && toResponseBean({ response, content: contents.response }),
      context: { attributes: new AttributeMap(exchange.attributes) },
      lambdaResponse: answers.get(exchange),
      api: api && { properties, ...api },
      properties,
      dictionaries: host.dictionaries,
      endpoints: host.endpoints,
      node: host.node,
      subscription: host.subscription,
      secrets,
    },
  };
}

/** Asks the host what it knows of an exchange. */
export async function readHostVariables(
  { variables }: PolicyOptions,
  exchange: Exchange,
): Promise<HostVariables> {
  const host: unknown = (await variables?.(exchange)) ?? {};
  if (!isObject(host)) throw new TypeError("variables answers an object");
  const slip = Object.keys(host).find((name) => !OF_HOST.includes(name));
  if (slip !== undefined)
    throw new TypeError(
      `variables answers ${OF_HOST.join(", ")}, and has no ${slip}`,
    );
  return host;
}

const OF_HOST = [
  "api",
  "properties",
  "dictionaries",
  "endpoints",
  "node",
  "subscription",
  "pathParams",
  "ssl",
] satisfies (keyof HostVariables)[] as readonly string[];

/** Looks up the secrets that expressions ask for. */
export async function resolveSecrets(
  { secrets }: PolicyOptions,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (secrets) for (const path of paths) found.set(path, await secrets(path));
  return found;
}
