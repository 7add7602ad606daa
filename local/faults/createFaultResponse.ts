import type { Call } from "../state/ApiCall";
import { encodeError } from "../protocol/encodeError";
import type { HttpAnswer } from "../http/HttpResponse";
import { refuse } from "../protocol/createCommonError";
import type { Service } from "../protocol/Service";
import { ServiceError } from "../protocol/ServiceError";
import type {
  ExpiredTokenFault,
  GarbageFault,
  StatusFault,
  ThrottleFault,
} from "./Fault";

type AnsweringFault =
  StatusFault | ThrottleFault | ExpiredTokenFault | GarbageFault;

/** The answer that takes the place of the operation's own. */
export function answerOfFault(fault: AnsweringFault, call: Call): HttpAnswer {
  if (fault.kind === "garbage")
    return {
      status: 200,
      headers: { "Content-Type": "text/html" },
      body: '<!doctype html><p class="of another host">&hellip; {"half": ',
    };
  if (fault.kind === "status" && fault.html !== undefined)
    return {
      status: fault.status,
      headers: { "Content-Type": "text/html" },
      body: fault.html,
    };
  return encodeError(errorOf(fault, call.route.service), {
    service: call.route.service,
    requestId: call.requestId,
  });
}

const CODES: Record<Service, string> = {
  lambda: "ServiceException",
  sts: "InternalFailure",
  ssm: "InternalServerError",
  rolesanywhere: "InternalServerException",
};

function errorOf(
  fault: StatusFault | ThrottleFault | ExpiredTokenFault,
  service: Service,
): ServiceError {
  if (fault.kind === "expired-token")
    return refuse(service, {
      kind: "expired-token",
      message: "The security token included in the request is expired",
    });
  if (fault.kind === "status")
    return new ServiceError({
      status: fault.status,
      code: fault.code ?? CODES[service],
      message: fault.message ?? "Injected fault.",
    });
  const { retryAfterSeconds } = fault;
  return refuse(service, {
    kind: "throttled",
    message: "Rate exceeded",
    ...(service === "lambda" && {
      message: "Rate Exceeded.",
      members: { Reason: "ConcurrentInvocationLimitExceeded" },
    }),
    ...(retryAfterSeconds !== undefined && {
      headers: { "Retry-After": String(retryAfterSeconds) },
    }),
  });
}
