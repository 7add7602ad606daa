import type { Attempt } from "./Attempt";
import { MAX_ATTEMPTS } from "../connection/retry";
import { VERSION } from "../connection/version";
import type { UnsignedLambdaRequest } from "../http/lambdaCodecs";
import { sign } from "../http/signature";
import type { WireRequest } from "../http/transport";

export const USER_AGENT = `aws-lambda-connector/${VERSION} lang/js md/nodejs#${process.versions.node}`;

/**
 * Whether this is a function itself: it passes on by whom it was called, so that Lambda can stop functions that call each
 * other for ever ({@link https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html | recursive loops}).
 */
const IN_LAMBDA = process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;

/** A question to Lambda as it goes out: where, as whom, signed. */
export function signRequest(
  question: UnsignedLambdaRequest,
  attempt: Attempt,
): WireRequest {
  const { call, credentials: keys, request } = attempt;
  const { shared } = call;
  const { method, query, headers, body } = question;
  const origin = shared.clients.lambdaEndpoint(request.region);
  const { protocol, hostname, port, host, basePath } = origin;
  const path = basePath + question.path;
  const signed = sign(
    { method, path, query, headers: { ...headers, host }, body },
    {
      keys,
      service: "lambda",
      region: origin.region,
      now: shared.clock.now() + shared.skewMs,
    },
  );
  // What is added from here on may change on the way without breaking the signature.
  if (method === "POST")
    signed["content-length"] = String(body?.byteLength ?? 0);
  signed["user-agent"] = USER_AGENT;
  signed["amz-sdk-invocation-id"] = request.id;
  signed["amz-sdk-request"] = `attempt=${attempt.number}; max=${MAX_ATTEMPTS}`;
  if (IN_LAMBDA) {
    const trace = process.env["_X_AMZN_TRACE_ID"];
    if (trace !== undefined) signed["x-amzn-trace-id"] = trace;
  }
  return {
    method,
    protocol,
    hostname,
    port,
    path: query === "" ? path : `${path}?${query}`,
    headers: signed,
    body,
  };
}
