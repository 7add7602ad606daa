import type { Call } from "../Call";
import type { HttpAnswer } from "../http/HttpAnswer";
import { notAvailable } from "../http/refuse";
import type { Violations } from "../http/Violations";
import { headerOf, type WireRequest } from "../http/WireRequest";
import {
  parsePayload,
  type Invocation,
  type InvocationOutcome,
} from "../runtime";
import {
  addressFunction,
  functionNotFound,
  type Address,
} from "./addressFunction";
import { lambdaError } from "./errors";
import type { FunctionVersion } from "./FunctionVersion";
import { LATEST } from "./LambdaFunction";
import { readClientContext } from "./readClientContext";
import { runEvent } from "./runEvent";

const SYNCHRONOUS_LIMIT_BYTES = 6 * 1024 * 1024;
const ASYNCHRONOUS_LIMIT_BYTES = 1024 * 1024;
const LOG_TAIL_BYTES = 4 * 1024;

/** Runs a function and answers with what it returned, or takes an event for it. */
export async function invoke(call: Call): Promise<HttpAnswer> {
  const { request, requestId } = call;
  const type = headerOf(request, "x-amz-invocation-type") ?? "RequestResponse";
  const address = addressFunction(call, {
    action: "lambda:InvokeFunction",
    check: (violations) => {
      checkHeaders(request, violations);
    },
  });
  if (headerOf(request, "x-amz-durable-execution-name") !== undefined)
    throw notAvailable("lambda", "Durable executions");
  const version = versionOf(address);
  const tenantId = tenantOf(version, request);
  if (type === "DryRun") return { status: 204, headers: {}, body: "" };
  checkPayload(request.body, type);
  const clientContext = readClientContext(request, type);
  const invocation: Invocation = {
    requestId,
    payload: request.body,
    invokedArn: address.arn,
    ...(clientContext !== undefined && { clientContext }),
    ...(tenantId !== undefined && { tenantId }),
  };
  if (type === "Event") {
    void runEvent(call.cloud, { version, invocation });
    return { status: 202, headers: {}, body: "" };
  }
  const outcome = await version.run(invocation);
  return answerOf(outcome, { request, version, requestId });
}

function checkHeaders(request: WireRequest, violations: Violations): void {
  violations.oneOf("invocationType", {
    value: headerOf(request, "x-amz-invocation-type"),
    known: ["Event", "RequestResponse", "DryRun"],
  });
  violations.oneOf("logType", {
    value: headerOf(request, "x-amz-log-type"),
    known: ["None", "Tail"],
  });
  violations.text("tenantId", {
    value: headerOf(request, "x-amz-tenant-id"),
    min: 1,
    max: 256,
    pattern: "[a-zA-Z0-9\\._:\\/=+\\-@ ]+",
  });
}

function versionOf({
  found,
  qualifier = LATEST,
  arn,
}: Address): FunctionVersion {
  const version = found?.resolve(qualifier);
  if (version) return version;
  throw functionNotFound(
    arn.endsWith(`:${qualifier}`) ? arn : `${arn}:${qualifier}`,
  );
}

function tenantOf(
  version: FunctionVersion,
  request: WireRequest,
): string | undefined {
  const tenantId = headerOf(request, "x-amz-tenant-id");
  const { isolatesTenants } = version.of.definition;
  if (isolatesTenants === (tenantId !== undefined)) return tenantId;
  throw lambdaError(
    "InvalidParameterValueException",
    isolatesTenants
      ? "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again."
      : "The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.",
  );
}

function checkPayload(payload: Uint8Array, type: string): void {
  const limit =
    type === "Event" ? ASYNCHRONOUS_LIMIT_BYTES : SYNCHRONOUS_LIMIT_BYTES;
  if (payload.byteLength > limit)
    throw lambdaError(
      "RequestTooLargeException",
      `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    );
  try {
    parsePayload(payload);
  } catch (error) {
    throw lambdaError(
      "InvalidRequestContentException",
      `Could not parse request body into json: Could not parse payload into json: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function answerOf(
  outcome: InvocationOutcome,
  of: {
    readonly request: WireRequest;
    readonly version: FunctionVersion;
    readonly requestId: string;
  },
): HttpAnswer {
  const wantsLog = headerOf(of.request, "x-amz-log-type") === "Tail";
  return {
    status: 200,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-Remapped-Content-Length": "0",
      ...(outcome.functionError && {
        "X-Amz-Function-Error": outcome.functionError,
      }),
      ...(wantsLog && { "X-Amz-Log-Result": tailOf(outcome.log) }),
      "X-Amz-Executed-Version": of.version.of.version,
      "X-Amzn-Trace-Id": `Root=1-${of.requestId.slice(0, 8)}-${of.requestId.slice(9).replaceAll("-", "")};Sampled=0`,
    },
    body: outcome.payload,
  };
}

function tailOf(log: string): string {
  return Buffer.from(log).subarray(-LOG_TAIL_BYTES).toString("base64");
}
