import type { InvokeFunctionResponse } from "../../../src";
import { faultOf } from "../../route/applyChange";
import { toProxyReply } from "./toProxyReply";
import type { Change } from "../../route/Change";
import type { StepResponse } from "../../route/StepResponse";
import { AWS_LAMBDA_ERRORS, PolicyError } from "../errors/PolicyError";
import type { CompiledPolicy } from "../runtime/runPolicy";

/** A function's answer in the place of the origin's: the status of the call and the payload as it is, or what the payload says. */
export function toConsumerResponse(
  answered: InvokeFunctionResponse,
  { options }: CompiledPolicy,
): StepResponse {
  if (options.responseFormat === "proxy") return proxied(answered);
  const { statusCode: status, payloadBytes: body } = answered;
  return { status, ...(body.length > 0 && { body }) };
}

/** A function's answer in what the origin has sent: with `v3`, its body alone. */
export function toResponseChange(
  answered: InvokeFunctionResponse,
  job: CompiledPolicy,
): Change {
  const { semantics, responseFormat } = job.options;
  if (responseFormat === "proxy") {
    const { status, headers, body = "" } = proxied(answered);
    return { status, body, ...(headers && { setHeaders: headers }) };
  }
  const { statusCode: status, payloadBytes: body } = answered;
  return semantics === "v3" ? { body } : { status, body };
}

function proxied(answered: InvokeFunctionResponse): StepResponse {
  try {
    const reply = toProxyReply(answered.payload);
    const fault = faultOf(reply);
    if (fault === undefined) return reply;
    throw new Error(fault);
  } catch (cause) {
    throw new PolicyError(AWS_LAMBDA_ERRORS.invalidResponse, { cause });
  }
}
