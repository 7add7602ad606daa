import type { InvokeFunctionResponse } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { Step, StepHandler } from "../../route/Step";
import {
  handleFailure,
  bodyLimitOf,
  runPolicy,
  type CompiledPolicy,
  type ResultHandler,
} from "./runPolicy";
import type { PolicyScope } from "../configuration/PolicyConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import {
  toConsumerResponse,
  toResponseChange,
} from "../response/toConsumerResponse";

type Phases = Omit<Step, "name">;

/** In which flow a policy stands. */
export function getFlow(
  { semantics, flow }: PolicyOptions,
  scope: PolicyScope,
): "request" | "response" {
  if (flow !== undefined) return flow;
  return semantics === "v3" && scope.startsWith("RESPONSE")
    ? "response"
    : "request";
}

/** Where a policy has something to do: by its place in `v4`, by its scope in `v3`. */
export function createPhases(job: CompiledPolicy): Phases {
  const { options, configuration: plan } = job;
  const flow = getFlow(options, plan.scope);
  const before = at(job, (answered) => ({
    originResponse: toConsumerResponse(answered, job),
  }));
  const behind = at(job, (answered) => ({
    change: toResponseChange(answered, job),
  }));
  if (options.semantics === "v4")
    return flow === "request"
      ? { request: before }
      : {
          // The origin reads it; what expressions see of it behind him is read before.
          ...(job.needs.bodies.request && { request: keepRequest(job) }),
          response: behind,
        };
  // The vendor's older gateway passes over a step whose scope is of the other flow.
  if (!plan.scope.toLowerCase().startsWith(flow))
    return { request: () => undefined };
  const phases: Record<PolicyScope, Phases> = {
    REQUEST: { request: before },
    REQUEST_CONTENT: { requestContent: before },
    RESPONSE: headThenBody(job),
    RESPONSE_CONTENT: { responseContent: behind },
  };
  return phases[plan.scope];
}

/** Makes use of an answer where that is sent to the consumer. */
function at(job: CompiledPolicy, use: ResultHandler): StepHandler {
  const { sendToConsumer } = job.configuration;
  return (exchange) =>
    runPolicy(job, exchange, sendToConsumer ? use : () => undefined);
}

/** Called at the head of a response, put in its place behind all heads, as the vendor's older gateway does. */
function headThenBody(job: CompiledPolicy): Phases {
  const held = new WeakMap<Exchange, InvokeFunctionResponse>();
  return {
    response: (exchange) =>
      runPolicy(job, exchange, (answered) => {
        held.set(exchange, answered);
        return undefined;
      }),
    ...(job.configuration.sendToConsumer && {
      responseContent: (exchange: Exchange) => {
        const answered = held.get(exchange);
        try {
          return answered && { change: toResponseChange(answered, job) };
        } catch (error) {
          return handleFailure(job, exchange, { error });
        }
      },
    }),
  };
}

function keepRequest(job: CompiledPolicy): StepHandler {
  return async ({ request }) => {
    await request.body.whole(bodyLimitOf(job.options));
    return undefined;
  };
}
