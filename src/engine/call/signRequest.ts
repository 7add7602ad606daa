import { VERSION } from "../connection/version";
import type { UnsignedLambdaRequest } from "../http/lambdaCodecs";
import { sign } from "../http/signature";
import { signedWhenSent } from "../http/signedWhenSent";
import type { WireRequest } from "../http/transport";
import type { Attempt } from "./Attempt";

const USER_AGENT = `aws-lambda-connector/${VERSION} lang/js md/nodejs#${process.versions.node}`;

/**
 * Whether this process is itself a Lambda function. It then passes its trace ID on, so that Lambda can stop functions that
 * invoke each other in a loop
 * ({@link https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html | recursive loop detection}).
 */
const IN_LAMBDA = process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;

/** Addresses a Lambda request, and signs it for this attempt when it is sent. */
export function signRequest(
  unsigned: UnsignedLambdaRequest,
  attempt: Attempt,
): WireRequest {
  const { request, call } = attempt;
  const { method, query, headers, body } = unsigned;
  const endpoint = call.shared.clients.lambdaEndpoint(request.region);
  const { protocol, hostname, port, host, basePath, region } = endpoint;
  const path = basePath + unsigned.path;
  const toSign = { method, path, query, headers: { ...headers, host }, body };
  const target = {
    method,
    protocol,
    hostname,
    port,
    path: query === "" ? path : `${path}?${query}`,
    body,
  };
  return signedWhenSent(target, () => {
    const signed = sign(toSign, {
      credentials: attempt.credentials,
      service: "lambda",
      region,
      now: attempt.signingTime(),
    });
    // Headers added from here on are not signed: proxies may change them.
    if (method === "POST")
      signed["content-length"] = String(body?.byteLength ?? 0);
    addAttemptHeaders(signed, attempt);
    if (IN_LAMBDA) {
      const trace = process.env["_X_AMZN_TRACE_ID"];
      if (trace !== undefined) signed["x-amzn-trace-id"] = trace;
    }
    return signed;
  });
}

/** Adds unsigned headers that name this client and number the attempt. */
export function addAttemptHeaders(
  headers: Record<string, string>,
  attempt: Attempt,
): void {
  headers["user-agent"] = USER_AGENT;
  Object.assign(headers, attempt.headers);
}
