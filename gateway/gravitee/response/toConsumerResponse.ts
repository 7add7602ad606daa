import type { InvokeFunctionResponse } from "../../../src";
import { interpretPayload } from "../../../src/internal";
import { findProblem } from "../../route/verdict/findProblem";
import type { Change } from "../../route/verdict/Change";
import type { StepResponse } from "../../route/verdict/StepResponse";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { AWS_LAMBDA_ERRORS } from "../errors/AWS_LAMBDA_ERRORS";
import { PolicyError } from "../errors/PolicyError";
import { toProxyReply } from "./toProxyReply";

/** The response that `sendToConsumer` sends instead of the origin's. */
export function toConsumerResponse(
  result: InvokeFunctionResponse,
  { responseFormat }: PolicyOptions,
): StepResponse {
  if (responseFormat === "proxy") return readProxyPayload(result);
  const { statusCode: status, payloadBytes: body } = result;
  return { status, ...(body.length > 0 && { body }) };
}

/** What `sendToConsumer` changes in the origin's response. With `v3`, only the body. */
export function toResponseChange(
  result: InvokeFunctionResponse,
  { semantics, responseFormat }: PolicyOptions,
): Change {
  if (responseFormat === "proxy") {
    const { status, headers, body = "" } = readProxyPayload(result);
    return { status, body, ...(headers && { setHeaders: headers }) };
  }
  const { statusCode: status, payloadBytes: body } = result;
  return semantics === "v3" ? { body } : { status, body };
}

function readProxyPayload(result: InvokeFunctionResponse): StepResponse {
  try {
    const reply = toProxyReply(interpretPayload(result));
    const problem = findProblem(reply);
    if (problem === undefined) return reply;
    throw new Error(problem);
  } catch (cause) {
    throw new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, { cause });
  }
}
