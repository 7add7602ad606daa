import { authenticateX509 } from "../rolesanywhere/authenticateX509";
import type { ApiCall } from "../state/ApiCall";
import type { Cloud } from "../state/Cloud";
import { createFaultResponse } from "../faults/createFaultResponse";
import type { Interruption, Fault } from "../faults/Fault";
import { authenticate } from "../iam/authenticate";
import type { JournalEntry } from "../journal/RequestJournal";
import { operations } from "./operations";
import { encodeError } from "../protocol/encodeError";
import type { HttpResponse } from "../http/HttpResponse";
import {
  NOT_AVAILABLE,
  NOT_AVAILABLE_STATUS,
  createNotAvailableError,
} from "../protocol/createCommonError";
import { findOperationName, type Route } from "../protocol/Route";
import type { Service } from "../protocol/Service";
import { INTERNAL_ERROR_CODES, ServiceError } from "../protocol/ServiceError";
import type { HttpRequest } from "../http/HttpRequest";

/** A response, and how to interrupt it. */
export interface PlannedResponse {
  /** Undefined if no response is sent. */
  readonly response?: HttpResponse;

  /** Undefined if the complete response is sent. */
  readonly interruption?: Interruption;
}

interface IncomingRequest {
  readonly request: HttpRequest;

  /** Undefined if the request is not for a known service. */
  readonly route: Route | undefined;
  readonly requestId: string;
  readonly entry: JournalEntry;
}

/** Authenticates a request, applies an injected fault and runs the operation. */
export async function handleRequest(
  cloud: Cloud,
  received: IncomingRequest,
): Promise<PlannedResponse> {
  const { route, requestId } = received;
  if (!route)
    return { response: createUnknownServiceResponse(received.entry.operation) };
  try {
    const { caller, region } = authenticateCaller(
      cloud,
      received.request,
      route.service,
    );
    received.entry.accountId = caller.accountId;
    const call = {
      cloud,
      request: received.request,
      route,
      caller,
      region,
      requestId,
    };
    const fault = cloud.faults.takeFor(received.entry);
    if (!fault) return { response: await runOperation(call) };
    received.entry.fault = fault.kind;
    return await applyFault(fault, call);
  } catch (error) {
    return { response: toErrorResponse(error, { route, requestId }) };
  }
}

/** Authenticates the caller, by access key or certificate. */
function authenticateCaller(
  cloud: Cloud,
  request: HttpRequest,
  service: Service,
): Pick<ApiCall, "caller" | "region"> {
  const { clock, accountId } = cloud.settings;
  const now = clock();
  if (service === "rolesanywhere")
    return authenticateX509({ request, accountId, now });
  const { credentials, region } = authenticate({
    request,
    service,
    store: cloud.credentials,
    now,
  });
  return { caller: credentials.caller, region };
}

async function runOperation(call: ApiCall): Promise<HttpResponse> {
  const operation = findOperationName(call.route);
  if (!operation)
    throw createNotAvailableError(call.route.service, call.route.operation);
  return await operations[operation](call);
}

async function applyFault(
  fault: Fault,
  call: ApiCall,
): Promise<PlannedResponse> {
  switch (fault.kind) {
    case "reset":
      return fault.when === "before-run"
        ? { interruption: fault }
        : { response: await tryOperation(call), interruption: fault };
    case "truncate":
      return { response: await tryOperation(call), interruption: fault };
    case "silence":
      return fault.frames === undefined
        ? { interruption: fault }
        : { response: await tryOperation(call), interruption: fault };
    case "garbage":
      return fault.frames === undefined
        ? { response: createFaultResponse(fault, call) }
        : { response: await tryOperation(call), interruption: fault };
    case "delay":
      return (await call.cloud.timers.wait(fault.ms))
        ? { response: await runOperation(call) }
        : { interruption: { kind: "silence" } };
    default:
      return { response: createFaultResponse(fault, call) };
  }
}

/** Runs the operation. An error becomes a response, which can be interrupted too. */
async function tryOperation(call: ApiCall): Promise<HttpResponse> {
  try {
    return await runOperation(call);
  } catch (error) {
    return toErrorResponse(error, call);
  }
}

function toErrorResponse(
  error: unknown,
  { route, requestId }: Pick<ApiCall, "route" | "requestId">,
): HttpResponse {
  const { service } = route;
  return encodeError(toServiceError(error, service), { service, requestId });
}

// Any other error is a bug in the embedded AWS and is reported as one.
function toServiceError(error: unknown, service: Service): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError({
    status: 500,
    code: INTERNAL_ERROR_CODES[service],
    message: `Internal error of the embedded AWS: ${error instanceof Error ? error.message : String(error)}`,
  });
}

function createUnknownServiceResponse(operation: string): HttpResponse {
  return {
    status: NOT_AVAILABLE_STATUS,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-ErrorType": NOT_AVAILABLE,
    },
    body: JSON.stringify({
      __type: NOT_AVAILABLE,
      message: `${operation}: the embedded AWS of aws-lambda-connector supports Lambda, STS, Parameter Store (SSM) and IAM Roles Anywhere only.`,
    }),
  };
}
