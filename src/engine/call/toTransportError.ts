import { TransportError } from "../../errors";
import type { Call } from "./Call";
import { isError } from "../text/isError";
import { isPermanent, isCertificateError } from "./classifyFailure";
import { toSentence, removeFinalPeriod } from "../text/toSentence";
import { describeExecution, nextStep, errorText } from "./describeCall";
import { attachDescription } from "../text/errorDescription";
import { MAX_INTERIM_RESPONSES } from "../http/responseLimits";
import type { WireError } from "../http/transport";

/** What happened, and what to check, by the code of the failure. */
const FAILURES: Readonly<Record<string, readonly [string, string?]>> = {
  ECONNREFUSED: [
    "the connection was refused",
    "Check the endpoint and that the service is running",
  ],
  ENOTFOUND: ["the host was not found", "Check the region and the endpoint"],
  EAI_AGAIN: ["the host name could not be resolved", "Check the network"],
  CONNECT_TIMEOUT: [
    "the connection timed out",
    "Check the network, the proxy and connectTimeoutMs",
  ],
  ECONNRESET: ["the connection was closed before the response"],
  TRUNCATED: ["the connection was closed before the response was complete"],
  PROXY: ["the proxy did not open a tunnel", "Check the proxy"],
  INTERIM: [
    `there were more than ${MAX_INTERIM_RESPONSES} interim (1xx) responses`,
    "Check the endpoint and the proxy",
  ],
  EPIPE: ["the connection was closed while the request was sent"],
  EPROTO: ["the server does not speak TLS", "Check the endpoint's protocol"],
  ERR_INVALID_CHAR: [
    "the request contains characters that HTTP does not allow",
    "Check the credentials",
  ],
};

/** The same for groups of codes; the system's own message is added. */
function describeByGroup(
  code: string,
  message: string,
): readonly [string, string?] {
  if (isCertificateError(code))
    return [
      `the certificate is not trusted (${message})`,
      "Check the endpoint, or set ca to the certificate of its certificate authority",
    ];
  if (code.startsWith("HPE_"))
    return [
      `the response is not valid HTTP (${message})`,
      "Check the endpoint and the proxy",
    ];
  return [message];
}

/** Creates the error for a request that got no complete response. */
export function toTransportError(error: WireError, call: Call): TransportError {
  const { code, proxy } = error;
  const [reason, check] =
    FAILURES[code] ??
    describeByGroup(code, removeFinalPeriod(errorText(error, call)));
  const advice = proxy === undefined ? check : "Check the proxy";
  const what = call.secrets.hide(
    `${describeTarget(error)} (${code}) because ${proxyRefusal(error) ?? reason}`,
  );
  return attachDescription(
    new TransportError({
      operation: call.operation,
      message: `${call.operation}: ${what}${describeExecution(call)}.${advice ? ` ${toSentence(advice)}` : ""}${nextStep(call)}`,
      retryable: !isPermanent(code),
      execution: call.execution,
      cause: call.secrets.toCause(error),
    }),
    { what, advice },
  );
}

function describeTarget({ proxy, host, cause }: WireError): string {
  if (proxy !== undefined)
    return `there was no connection to AWS through the proxy ${proxy}`;
  const address = host ?? (isError(cause) ? readAddress(cause) : undefined);
  return `there was no response from AWS${address === undefined ? "" : ` at ${address}`}`;
}

/** The status with which a proxy refused to open a tunnel; it is in the message of the error that `hpagent` throws. */
function proxyRefusal({ code, message }: WireError): string | undefined {
  const status = /^Bad response: (\d{3})$/.exec(message)?.[1];
  if (code !== "PROXY" || status === undefined) return undefined;
  return `the proxy did not open a tunnel and responded with status ${status}${status === "407" ? " (its URL must contain a user and password)" : ""}`;
}

function readAddress(error: Error): string | undefined {
  const { address, hostname, port } = error as NodeJS.ErrnoException & {
    address?: string;
    hostname?: string;
    port?: number;
  };
  const host = hostname ?? address;
  return host === undefined || port === undefined ? host : `${host}:${port}`;
}
