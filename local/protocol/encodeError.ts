import { isModelled, messageKeyOf } from "./createLambdaError";
import type { HttpAnswer } from "../http/HttpResponse";
import type { Service } from "./Service";
import type { ServiceError } from "./ServiceError";
import { xml } from "./encodeXml";

/** Writes an error in the protocol of the service that answers. */
export function encodeError(
  error: ServiceError,
  from: { readonly service: Service; readonly requestId: string },
): HttpAnswer {
  if (from.service === "sts") return encodeForQuery(error, from.requestId);
  if (from.service === "rolesanywhere") return encodeForAnywhere(error);
  return from.service === "ssm" ? encodeForJson(error) : encodeForRest(error);
}

function encodeForAnywhere(error: ServiceError): HttpAnswer {
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

function encodeForRest(error: ServiceError): HttpAnswer {
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
      ...(isModelled(error.code) && { Type: type }),
      [messageKeyOf(error.code)]: error.message,
    }),
  };
}

function encodeForQuery(error: ServiceError, requestId: string): HttpAnswer {
  return {
    status: error.status,
    headers: { "Content-Type": "text/xml", ...error.headers },
    body: xml("ErrorResponse", {
      Error: {
        Type: error.status < 500 ? "Sender" : "Receiver",
        Code: error.code,
        Message: error.message,
      },
      RequestId: requestId,
    }),
  };
}

// These two write their message with a capital; the rest of the service does not.
const CAPITAL = ["AccessDeniedException", "InternalServerError"];

function encodeForJson(error: ServiceError): HttpAnswer {
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
