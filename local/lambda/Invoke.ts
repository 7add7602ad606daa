import type { Call } from "../state/ApiCall";
import type { HttpAnswer } from "../http/HttpResponse";
import { notAvailable } from "../protocol/createCommonError";
import { headerOf, type WireRequest } from "../http/HttpRequest";
import type { InvocationOutcome } from "../runtime";
import type { FunctionVersion } from "../state/FunctionVersion";
import {
  headersOf,
  logResultOf,
  readInvocation,
} from "./readInvocationRequest";
import { runEvent } from "./runAsynchronously";

/** Runs a function and answers with what it returned, or takes an event for it. */
export async function invoke(call: Call): Promise<HttpAnswer> {
  const { type, version, invocation } = readInvocation(call, {
    name: "InvokeFunction",
    types: ["Event", "RequestResponse", "DryRun"],
    check: refuseDurable,
  });
  if (!invocation) return { status: 204, headers: {}, body: "" };
  if (type === "Event") {
    void runEvent(call.cloud, { version, invocation });
    return { status: 202, headers: {}, body: "" };
  }
  return answerOf(await version.run(invocation), { ...call, version });
}

function refuseDurable(request: WireRequest): void {
  if (headerOf(request, "x-amz-durable-execution-name") !== undefined)
    throw notAvailable("lambda", "Durable executions");
}

function answerOf(
  outcome: InvocationOutcome,
  of: {
    readonly request: WireRequest;
    readonly version: FunctionVersion;
    readonly requestId: string;
  },
): HttpAnswer {
  const logResult = logResultOf(outcome.log, of.request);
  return {
    status: 200,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-Remapped-Content-Length": "0",
      ...(outcome.functionError && {
        "X-Amz-Function-Error": outcome.functionError,
      }),
      ...(logResult !== undefined && { "X-Amz-Log-Result": logResult }),
      ...headersOf(of.version, of.requestId),
    },
    body: outcome.payload,
  };
}
