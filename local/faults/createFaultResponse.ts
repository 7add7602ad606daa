import { encodeError } from "../protocol/encodeError";
import type { HttpResponse } from "../http/HttpResponse";
import { createCommonError } from "../protocol/createCommonError";
import type { Route } from "../protocol/Route";
import type { Service } from "../protocol/Service";
import { INTERNAL_ERROR_CODES, ServiceError } from "../protocol/ServiceError";
import type {
  ExpiredTokenFault,
  GarbageFault,
  StatusFault,
  ThrottleFault,
} from "./Fault";

type RespondingFault =
  StatusFault | ThrottleFault | ExpiredTokenFault | GarbageFault;

/** Creates the response of a fault that replaces the response of the operation. */
export function createFaultResponse(
  fault: RespondingFault,
  { route, requestId }: { readonly route: Route; readonly requestId: string },
): HttpResponse {
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
  const { service } = route;
  return encodeError(createFaultError(fault, service), { service, requestId });
}

function createFaultError(
  fault: StatusFault | ThrottleFault | ExpiredTokenFault,
  service: Service,
): ServiceError {
  if (fault.kind === "expired-token")
    return createCommonError(service, {
      kind: "expired-token",
      message: "The security token included in the request is expired",
    });
  if (fault.kind === "status")
    return new ServiceError({
      status: fault.status,
      code: fault.code ?? INTERNAL_ERROR_CODES[service],
      message: fault.message ?? "Injected fault.",
    });
  const { retryAfterSeconds } = fault;
  return createCommonError(service, {
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
