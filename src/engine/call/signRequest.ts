import { VERSION } from "../connection/version";
import type { UnaddressedRequest } from "../codecs/Codec";
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

/** Addresses a request, and signs it for this attempt when it is sent, unless it is anonymous. */
export function signRequest(
  unaddressed: UnaddressedRequest,
  attempt: Attempt,
): WireRequest {
  const { method, query, body } = unaddressed;
  const { service } = attempt.serviceRequest;
  const { region } = attempt.request;
  const endpoint = attempt.call.shared.clients.endpoint(service, region);
  const { protocol, hostname, port } = endpoint;
  const path = endpoint.basePath + unaddressed.path;
  const target = {
    method,
    protocol,
    hostname,
    port,
    path: query === "" ? path : `${path}?${query}`,
    body,
  };
  const headers = { ...unaddressed.headers, host: endpoint.host };
  const toSign = { method, path, query, headers, body };
  return signedWhenSent(target, () => {
    const signed: Record<string, string> = unaddressed.isAnonymous
      ? headers
      : sign(toSign, {
          credentials: attempt.credentials,
          service,
          region: endpoint.region,
          now: attempt.signingTime(),
        });
    addUnsignedHeaders(signed, unaddressed, attempt);
    return signed;
  });
}

/** Adds headers that are not signed: proxies may change them. */
function addUnsignedHeaders(
  headers: Record<string, string>,
  { method, body }: UnaddressedRequest,
  attempt: Attempt,
): void {
  if (method === "POST")
    headers["content-length"] = String(body?.byteLength ?? 0);
  addAttemptHeaders(headers, attempt);
  if (!IN_LAMBDA) return;
  const trace = process.env["_X_AMZN_TRACE_ID"];
  if (trace !== undefined) headers["x-amzn-trace-id"] = trace;
}

/** Adds unsigned headers that name this client and number the attempt. */
export function addAttemptHeaders(
  headers: Record<string, string>,
  attempt: Attempt,
): void {
  headers["user-agent"] = USER_AGENT;
  Object.assign(headers, attempt.headers);
}
