import type { InvokeFunctionResponse } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { Step, StepHandler } from "../../route/Step";
import type { PolicyScope } from "../configuration/PolicyConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import {
  toConsumerResponse,
  toResponseChange,
} from "../response/toConsumerResponse";
import type { CompiledPolicy } from "./CompiledPolicy";
import { handleFailure } from "./handleFailure";
import { getBodyLimit } from "./readInputs";
import { runPolicy, type ResultHandler } from "./runPolicy";

type Phases = Omit<Step, "name">;

/** The phases in which the policy runs: decided by `flow` with `v4`, by `scope` with `v3`. */
export function createPhases(policy: CompiledPolicy): Phases {
  const { options, configuration, requirements } = policy;
  const { scope } = configuration;
  const flow = getFlow(options, scope);
  const beforeOrigin = createPhase(policy, (result) => ({
    originResponse: toConsumerResponse(result, options),
  }));
  const afterOrigin = createPhase(policy, (result) => ({
    change: toResponseChange(result, options),
  }));
  if (options.semantics === "v4")
    return flow === "request"
      ? { request: beforeOrigin }
      : {
          // The origin consumes the request body, so it is read before if an expression needs it afterwards.
          ...(requirements.bodies.request && {
            request: bufferRequestBody(policy),
          }),
          response: afterOrigin,
        };
  // Gravitee's V3 engine skips a step whose scope belongs to the other flow.
  if (!scope.toLowerCase().startsWith(flow))
    return { request: () => undefined };
  const phases: Record<PolicyScope, Phases> = {
    REQUEST: { request: beforeOrigin },
    REQUEST_CONTENT: { requestContent: beforeOrigin },
    RESPONSE: createResponseScope(policy),
    RESPONSE_CONTENT: { responseContent: afterOrigin },
  };
  return phases[scope];
}

function getFlow(
  { semantics, flow }: PolicyOptions,
  scope: PolicyScope,
): "request" | "response" {
  if (flow !== undefined) return flow;
  return semantics === "v3" && scope.startsWith("RESPONSE")
    ? "response"
    : "request";
}

/** A phase that runs the policy, and uses the result if `sendToConsumer` is true. */
function createPhase(
  policy: CompiledPolicy,
  toVerdict: ResultHandler,
): StepHandler {
  const { sendToConsumer } = policy.configuration;
  return (exchange) =>
    runPolicy(policy, exchange, sendToConsumer ? toVerdict : () => undefined);
}

/** Scope `RESPONSE`: as in Gravitee's V3 engine, the function is invoked in the header phase, and its response replaces the body later. */
function createResponseScope(policy: CompiledPolicy): Phases {
  const results = new WeakMap<Exchange, InvokeFunctionResponse>();
  return {
    response: (exchange) =>
      runPolicy(policy, exchange, (result) => {
        results.set(exchange, result);
        return undefined;
      }),
    ...(policy.configuration.sendToConsumer && {
      responseContent: (exchange: Exchange) => {
        const result = results.get(exchange);
        try {
          return result && { change: toResponseChange(result, policy.options) };
        } catch (error) {
          return handleFailure(policy, exchange, { error });
        }
      },
    }),
  };
}

function bufferRequestBody({ options }: CompiledPolicy): StepHandler {
  return async ({ request }) => {
    await request.body.read(getBodyLimit(options));
    return undefined;
  };
}
