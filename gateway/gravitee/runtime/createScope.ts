import type { Exchange } from "../../http/Exchange";
import { Meter } from "../expression/metering/Meter";
import type { Scope } from "../expression/scope/Scope";
import { AttributeMap } from "../expression/values/AttributeMap";
import type { Bean } from "../expression/values/Bean";
import type { Inputs } from "./readInputs";
import { toRequestBean } from "./toRequestBean";
import { toResponseBean } from "./toResponseBean";

const lambdaResponses = new WeakMap<Exchange, Bean>();

/** Binds `#lambdaResponse` for the rest of the exchange, or until another policy binds its own. */
export function bindLambdaResponse(
  exchange: Exchange,
  lambdaResponse: Bean,
): void {
  lambdaResponses.set(exchange, lambdaResponse);
}

/** The variables that expressions read at this point of the exchange, and the limits of all expressions that read them. */
export function createScope(
  exchange: Exchange,
  { bodies, host, secrets }: Inputs,
): Scope & { readonly meter: Meter } {
  const { response } = exchange;
  const { api, properties = null } = host;
  const meter = new Meter();
  return {
    meter,
    variables: {
      request: toRequestBean({
        exchange,
        host,
        content: bodies.request,
        meter,
      }),
      response:
        response &&
        toResponseBean({ response, content: bodies.response, meter }),
      context: { attributes: new AttributeMap(exchange.attributes) },
      lambdaResponse: lambdaResponses.get(exchange),
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
