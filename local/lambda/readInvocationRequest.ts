import type { ApiCall } from "../state/ApiCall";
import type { Violations } from "../protocol/Violations";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import { parsePayload, type Invocation } from "../runtime";
import {
  resolveFunction,
  createFunctionNotFoundError,
  type ResolvedFunction,
} from "./resolveFunction";
import { createLambdaError } from "../protocol/createLambdaError";
import type { FunctionVersion } from "../state/FunctionVersion";
import { LATEST } from "../state/LambdaFunction";
import { readClientContext } from "./readClientContext";

const SYNCHRONOUS_LIMIT_BYTES = 6 * 1024 * 1024;
const ASYNCHRONOUS_LIMIT_BYTES = 1024 * 1024;
const LOG_TAIL_BYTES = 4 * 1024;

/** A valid request to run a function. */
export interface InvocationRequest {
  /** `RequestResponse`, `Event` or `DryRun`. */
  readonly type: string;
  readonly version: FunctionVersion;

  /** Undefined for a dry run. */
  readonly invocation?: Invocation;
}

/**
 * Reads a request to run a function. Throws for anything that Lambda rejects before it runs the
 * function.
 */
export function readInvocationRequest(
  call: ApiCall,
  of: {
    /** Name of the operation in Lambda's message about a request that is too large. */
    readonly name: string;

    /** Invocation types that the operation supports. */
    readonly types: readonly string[];

    /** Further checks, after authorization. */
    readonly check?: (request: HttpRequest) => void;
  },
): InvocationRequest {
  const { request, requestId } = call;
  const type = getHeader(request, "x-amz-invocation-type") ?? "RequestResponse";
  const address = resolveFunction(call, {
    action: "lambda:InvokeFunction",
    check: (violations) => {
      checkHeaders(request, { violations, types: of.types });
    },
  });
  of.check?.(request);
  const version = findVersion(address);
  const tenantId = readTenantId(version, request);
  if (type === "DryRun") return { type, version };
  checkPayload(request.body, { type, name: of.name });
  const clientContext = readClientContext(request, type);
  const invocation: Invocation = {
    requestId,
    payload: request.body,
    invokedArn: address.arn,
    ...(clientContext !== undefined && { clientContext }),
    ...(tenantId !== undefined && { tenantId }),
  };
  return { type, version, invocation };
}

/** Creates the headers of every response of a version. */
export function createResponseHeaders(
  version: FunctionVersion,
  requestId: string,
): Record<string, string> {
  return {
    "X-Amz-Executed-Version": version.of.version,
    "X-Amzn-Trace-Id": `Root=1-${requestId.slice(0, 8)}-${requestId.slice(9).replaceAll("-", "")};Sampled=0`,
  };
}

/** Returns the end of a log in Base64, if requested. */
export function encodeLogTail(
  log: string,
  request: HttpRequest,
): string | undefined {
  return getHeader(request, "x-amz-log-type") === "Tail"
    ? Buffer.from(log).subarray(-LOG_TAIL_BYTES).toString("base64")
    : undefined;
}

function checkHeaders(
  request: HttpRequest,
  {
    violations,
    types,
  }: { readonly violations: Violations; readonly types: readonly string[] },
): void {
  violations.checkEnum("invocationType", {
    value: getHeader(request, "x-amz-invocation-type"),
    known: types,
  });
  violations.checkEnum("logType", {
    value: getHeader(request, "x-amz-log-type"),
    known: ["None", "Tail"],
  });
  violations.checkString("tenantId", {
    value: getHeader(request, "x-amz-tenant-id"),
    min: 1,
    max: 256,
    pattern: "[a-zA-Z0-9\\._:\\/=+\\-@ ]+",
  });
}

function findVersion({
  found,
  qualifier = LATEST,
  arn,
}: ResolvedFunction): FunctionVersion {
  const version = found?.resolve(qualifier);
  if (version) return version;
  throw createFunctionNotFoundError(
    arn.endsWith(`:${qualifier}`) ? arn : `${arn}:${qualifier}`,
  );
}

function readTenantId(
  version: FunctionVersion,
  request: HttpRequest,
): string | undefined {
  const tenantId = getHeader(request, "x-amz-tenant-id");
  const { isolatesTenants } = version.of.definition;
  if (isolatesTenants === (tenantId !== undefined)) return tenantId;
  throw createLambdaError(
    "InvalidParameterValueException",
    isolatesTenants
      ? "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again."
      : "The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.",
  );
}

function checkPayload(
  payload: Uint8Array,
  { type, name }: { readonly type: string; readonly name: string },
): void {
  const limit =
    type === "Event" ? ASYNCHRONOUS_LIMIT_BYTES : SYNCHRONOUS_LIMIT_BYTES;
  if (payload.byteLength > limit)
    throw createLambdaError(
      "RequestTooLargeException",
      `Request must be smaller than ${limit} bytes for the ${name} operation`,
    );
  try {
    parsePayload(payload);
  } catch (error) {
    throw createLambdaError(
      "InvalidRequestContentException",
      `Could not parse request body into json: Could not parse payload into json: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
