import { authenticateX509 } from "../rolesanywhere/authenticateX509";
import type { Call } from "../state/ApiCall";
import type { Cloud } from "../state/Cloud";
import { answerOfFault } from "../faults/createFaultResponse";
import type { Cut, Fault } from "../faults/Fault";
import { authenticate } from "../iam/authenticate";
import type { JournalEntry } from "../journal/RequestJournal";
import { operations } from "./operations";
import { encodeError } from "../protocol/encodeError";
import type { HttpAnswer } from "../http/HttpResponse";
import {
  NOT_AVAILABLE,
  NOT_AVAILABLE_STATUS,
  notAvailable,
} from "../protocol/createCommonError";
import { operationOf, type Route } from "../protocol/Route";
import type { Service } from "../protocol/Service";
import { ServiceError } from "../protocol/ServiceError";
import type { WireRequest } from "../http/HttpRequest";

/** What is to go out, and how the connection ends if it does not end well. */
export interface Delivery {
  /** Absent: nothing goes out. */
  readonly answer?: HttpAnswer;

  /** Absent: the answer goes out whole. */
  readonly cut?: Cut;
}

interface Received {
  readonly request: WireRequest;

  /** Absent: the request is for no service that is known here. */
  readonly route: Route | undefined;
  readonly requestId: string;
  readonly entry: JournalEntry;
}

/** Answers a request: believes it, lets it meet its fault, carries it out. */
export async function answerRequest(
  cloud: Cloud,
  received: Received,
): Promise<Delivery> {
  const { route, requestId } = received;
  if (!route) return { answer: answerUnknown(received.entry.operation) };
  try {
    const { caller, region } = believe(cloud, received.request, route.service);
    received.entry.accountId = caller.accountId;
    const call = {
      cloud,
      request: received.request,
      route,
      caller,
      region,
      requestId,
    };
    const fault = cloud.faults.take(received.entry);
    if (!fault) return { answer: await carryOut(call) };
    received.entry.fault = fault.kind;
    return await meet(fault, call);
  } catch (error) {
    const { service } = route;
    return {
      answer: encodeError(toServiceError(error, service), {
        service,
        requestId,
      }),
    };
  }
}

/** Who signed a request: with a key of AWS's, or with that of a certificate. */
function believe(
  cloud: Cloud,
  request: WireRequest,
  service: Service,
): Pick<Call, "caller" | "region"> {
  const { clock, accountId } = cloud.settings;
  const now = clock();
  if (service === "rolesanywhere")
    return authenticateX509({ request, accountId, now });
  const { keys } = cloud;
  const { key, region } = authenticate({ request, service, keys, now });
  return { caller: key.caller, region };
}

async function carryOut(call: Call): Promise<HttpAnswer> {
  const operation = operationOf(call.route);
  if (!operation) throw notAvailable(call.route.service, call.route.operation);
  return await operations[operation](call);
}

async function meet(fault: Fault, call: Call): Promise<Delivery> {
  switch (fault.kind) {
    case "reset":
      return fault.when === "before-run"
        ? { cut: fault }
        : { answer: await attempt(call), cut: fault };
    case "truncate":
      return { answer: await attempt(call), cut: fault };
    case "silence":
      return fault.frames === undefined
        ? { cut: fault }
        : { answer: await attempt(call), cut: fault };
    case "garbage":
      return fault.frames === undefined
        ? { answer: answerOfFault(fault, call) }
        : { answer: await attempt(call), cut: fault };
    case "delay":
      return (await call.cloud.afterwards.wait(fault.ms))
        ? { answer: await carryOut(call) }
        : { cut: { kind: "silence" } };
    default:
      return { answer: answerOfFault(fault, call) };
  }
}

/** Carries out; a refusal is an answer that can be cut like any other. */
async function attempt(call: Call): Promise<HttpAnswer> {
  try {
    return await carryOut(call);
  } catch (error) {
    const { service } = call.route;
    return encodeError(toServiceError(error, service), {
      service,
      requestId: call.requestId,
    });
  }
}

const DEFECTS: Record<Service, string> = {
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
    code: DEFECTS[service],
    message: `A defect of the embedded AWS: ${error instanceof Error ? error.message : String(error)}`,
  });
}

function answerUnknown(what: string): HttpAnswer {
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
