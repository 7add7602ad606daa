import { isLambdaErrorCode, getMessageKey } from "./createLambdaError";
import type { HttpResponse } from "../http/HttpResponse";
import type { Service } from "./Service";
import type { ServiceError } from "./ServiceError";
import { encodeXml } from "./encodeXml";

/** Encodes an error in the protocol of its service. */
export function encodeError(
  error: ServiceError,
  from: { readonly service: Service; readonly requestId: string },
): HttpResponse {
  if (from.service === "sts") return encodeForQuery(error, from.requestId);
  if (from.service === "rolesanywhere") return encodeForRolesAnywhere(error);
  return from.service === "ssm" ? encodeForJson(error) : encodeForRest(error);
}

function encodeForRolesAnywhere(error: ServiceError): HttpResponse {
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-ErrorType": error.code,
      ...error.headers,
    },
    body: JSON.stringify({ message: error.message }),
  };
}

function encodeForRest(error: ServiceError): HttpResponse {
  const type = error.status < 500 ? "User" : "Service";
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-ErrorType": error.code,
      ...error.headers,
    },
    body: JSON.stringify({
      ...error.members,
      ...(isLambdaErrorCode(error.code) && { Type: type }),
      [getMessageKey(error.code)]: error.message,
    }),
  };
}

function encodeForQuery(error: ServiceError, requestId: string): HttpResponse {
  return {
    status: error.status,
    headers: { "Content-Type": "text/xml", ...error.headers },
    body: encodeXml("ErrorResponse", {
      Error: {
        Type: error.status < 500 ? "Sender" : "Receiver",
        Code: error.code,
        Message: error.message,
      },
      RequestId: requestId,
    }),
  };
}

// These errors have a `Message`; all others of the service have a `message`.
const CAPITAL = ["AccessDeniedException", "InternalServerError"];

function encodeForJson(error: ServiceError): HttpResponse {
  const key = CAPITAL.includes(error.code) ? "Message" : "message";
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      ...error.headers,
    },
    body: JSON.stringify({
      __type: error.code,
      ...error.members,
      ...(error.message !== "" && { [key]: error.message }),
    }),
  };
}
