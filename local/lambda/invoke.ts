import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { createNotAvailableError } from "../protocol/createCommonError";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import type { InvocationOutcome } from "../runtime";
import type { FunctionVersion } from "../state/FunctionVersion";
import {
  createResponseHeaders,
  encodeLogTail,
  readInvocationRequest,
} from "./readInvocationRequest";
import { runAsynchronously } from "./runAsynchronously";

/** Runs a function and responds with its result, or accepts an event for it. */
export async function invoke(call: ApiCall): Promise<HttpResponse> {
  const { type, version, invocation } = readInvocationRequest(call, {
    name: "InvokeFunction",
    types: ["Event", "RequestResponse", "DryRun"],
    check: rejectDurableExecution,
  });
  if (!invocation) return { status: 204, headers: {}, body: "" };
  if (type === "Event") {
    void runAsynchronously(call.cloud, { version, invocation });
    return { status: 202, headers: {}, body: "" };
  }
  return createResponse(await version.run(invocation), { ...call, version });
}

function rejectDurableExecution(request: HttpRequest): void {
  if (getHeader(request, "x-amz-durable-execution-name") !== undefined)
    throw createNotAvailableError("lambda", "Durable executions");
}

function createResponse(
  outcome: InvocationOutcome,
  of: {
    readonly request: HttpRequest;
    readonly version: FunctionVersion;
    readonly requestId: string;
  },
): HttpResponse {
  const logResult = encodeLogTail(outcome.log, of.request);
  return {
    status: 200,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-Remapped-Content-Length": "0",
      ...(outcome.functionError && {
        "X-Amz-Function-Error": outcome.functionError,
      }),
      ...(logResult !== undefined && { "X-Amz-Log-Result": logResult }),
      ...createResponseHeaders(of.version, of.requestId),
    },
    body: outcome.payload,
  };
}
