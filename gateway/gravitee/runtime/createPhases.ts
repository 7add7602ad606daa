import type { InvokeFunctionResponse } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { Phase, Step } from "../../route/Step";
import { fail, limitOf, perform, type Job, type Use } from "./runPolicy";
import type { PolicyScope } from "../configuration/PolicyConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { toAnswer, toChange } from "../response/toConsumerResponse";

type Phases = Omit<Step, "name">;

/** In which flow a policy stands. */
export function flowOf(
  { semantics, flow }: PolicyOptions,
  scope: PolicyScope,
): "request" | "response" {
  if (flow !== undefined) return flow;
  return semantics === "v3" && scope.startsWith("RESPONSE")
    ? "response"
    : "request";
}

/** Where a policy has something to do: by its place in `v4`, by its scope in `v3`. */
export function phasesOf(job: Job): Phases {
  const { options, plan } = job;
  const flow = flowOf(options, plan.scope);
  const before = at(job, (answered) => ({ answer: toAnswer(answered, job) }));
  const behind = at(job, (answered) => ({ change: toChange(answered, job) }));
  if (options.semantics === "v4")
    return flow === "request"
      ? { request: before }
      : {
          // The origin reads it; what expressions see of it behind him is read before.
          ...(job.needs.reads.request && { request: keepRequest(job) }),
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
function at(job: Job, use: Use): Phase {
  const { sendToConsumer } = job.plan;
  return (exchange) =>
    perform(job, exchange, sendToConsumer ? use : () => undefined);
}

/** Called at the head of a response, put in its place behind all heads, as the vendor's older gateway does. */
function headThenBody(job: Job): Phases {
  const held = new WeakMap<Exchange, InvokeFunctionResponse>();
  return {
    response: (exchange) =>
      perform(job, exchange, (answered) => {
        held.set(exchange, answered);
        return undefined;
      }),
    ...(job.plan.sendToConsumer && {
      responseContent: (exchange: Exchange) => {
        const answered = held.get(exchange);
        try {
          return answered && { change: toChange(answered, job) };
        } catch (error) {
          return fail(job, exchange, { error });
        }
      },
    }),
  };
}

function keepRequest(job: Job): Phase {
  return async ({ request }) => {
    await request.body.whole(limitOf(job.options));
    return undefined;
  };
}
