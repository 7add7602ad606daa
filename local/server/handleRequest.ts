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
import { ServiceError } from "../protocol/ServiceError";
import type { HttpRequest } from "../http/HttpRequest";

/** What is to go out, and how the connection ends if it does not end well. */
export interface PlannedResponse {
  /** Absent: nothing goes out. */
  readonly response?: HttpResponse;

  /** Absent: the answer goes out whole. */
  readonly interruption?: Interruption;
}

interface IncomingRequest {
  readonly request: HttpRequest;

  /** Absent: the request is for no service that is known here. */
  readonly route: Route | undefined;
  readonly requestId: string;
  readonly entry: JournalEntry;
}

/** Answers a request: believes it, lets it meet its fault, carries it out. */
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
    const { service } = route;
    return {
      response: encodeError(toServiceError(error, service), {
        service,
        requestId,
      }),
    };
  }
}

/** Who signed a request: with a key of AWS's, or with that of a certificate. */
function authenticateCaller(
  cloud: Cloud,
  request: HttpRequest,
  service: Service,
): Pick<ApiCall, "caller" | "region"> {
  const { clock, accountId } = cloud.settings;
  const now = clock();
  if (service === "rolesanywhere")
    return authenticateX509({ request, accountId, now });
  const { credentials: keys } = cloud;
  const { credentials: key, region } = authenticate({
    request,
    service,
    keys,
    now,
  });
  return { caller: key.caller, region };
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

/** Carries out; a refusal is an answer that can be cut like any other. */
async function tryOperation(call: ApiCall): Promise<HttpResponse> {
  try {
    return await runOperation(call);
  } catch (error) {
    const { service } = call.route;
    return encodeError(toServiceError(error, service), {
      service,
      requestId: call.requestId,
    });
  }
}

const INTERNAL_ERROR_CODES: Record<Service, string> = {
  lambda: "ServiceException",
  sts: "InternalFailure",
  ssm: "InternalServerError",
  rolesanywhere: "InternalServerException",
};

// Whatever is no error of a service is a defect of this embedded AWS, and is told as one.
function toServiceError(error: unknown, service: Service): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError({
    status: 500,
    code: INTERNAL_ERROR_CODES[service],
    message: `A defect of the embedded AWS: ${error instanceof Error ? error.message : String(error)}`,
  });
}

function createUnknownServiceResponse(what: string): HttpResponse {
  return {
    status: NOT_AVAILABLE_STATUS,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-ErrorType": NOT_AVAILABLE,
    },
    body: JSON.stringify({
      __type: NOT_AVAILABLE,
      message: `${what}: the embedded AWS of aws-lambda-connector has Lambda, STS, the Parameter Store of SSM and Roles Anywhere; this request is for none of them.`,
    }),
  };
}
