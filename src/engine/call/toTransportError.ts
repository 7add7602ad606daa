import { TransportError } from "../../errors";
import type { Call } from "./Call";
import { isError } from "../text/isError";
import { isPermanent, isCertificateError } from "./classifyFailure";
import { findUnreadable } from "../text/toCertificates";
import { toSentence, removeFinalPeriod } from "../text/toSentence";
import {
  describeExecution,
  describeFunction,
  errorText,
  nextStep,
} from "./describeCall";
import { attachDescription } from "../text/errorDescription";
import { MAX_INTERIM_RESPONSES } from "../http/responseLimits";
import type { WireError } from "../http/transport";
import { ProxyError } from "../sockets/SocketError";

/** What happened, and what to check, by the code of the failure. */
const FAILURES: Readonly<Record<string, readonly [string, string?]>> = {
  ECONNREFUSED: [
    "the connection was refused",
    "Check the endpoint and that the service is running",
  ],
  ENETUNREACH: ["the network is unreachable", "Check the network"],
  EHOSTUNREACH: ["the host is unreachable", "Check the network"],
  EADDRNOTAVAIL: [
    "no local port is free",
    "Lower maxSockets, or close other connections",
  ],
  ENOBUFS: ["the system has no memory for another socket"],
  EMFILE: [
    "too many files and sockets are open",
    "Lower maxSockets, or raise the process's limit of open files (ulimit -n)",
  ],
  ENFILE: ["too many files and sockets are open on this machine"],
  ETIMEDOUT: ["the connection timed out", "Check the network and the proxy"],
  ENOTFOUND: ["the host was not found", "Check the region and the endpoint"],
  EAI_AGAIN: ["the host name could not be resolved", "Check the network"],
  CONNECT_TIMEOUT: [
    "the connection timed out",
    "Check the network, the proxy and connectTimeoutMs",
  ],
  ECONNRESET: ["the connection was closed before the response"],
  TRUNCATED: ["the connection was closed before the response was complete"],
  PROXY: ["the proxy did not open a tunnel"],
  INTERIM: [
    `there were more than ${MAX_INTERIM_RESPONSES} interim (1xx) responses`,
    "Check the endpoint and the proxy",
  ],
  EPIPE: ["the connection was closed while the request was sent"],
  ERR_INVALID_CHAR: [
    "the request contains characters that HTTP does not allow",
    "Check the credentials",
  ],
};

/** Matches the codes of a response that is not TLS. */
const NO_TLS =
  /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL))$/;

/** The same for groups of codes; the system's own message is added. */
function describeByGroup(
  code: string,
  message: string,
): readonly [string, string?] {
  if (NO_TLS.test(code))
    return ["the server does not speak TLS", "Check the endpoint's protocol"];
  if (/^ERR_(SSL|TLS|OSSL)_/.test(code) && !code.includes("CERT"))
    return [`TLS could not be established (${message})`, "Check the endpoint"];
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
  const { code } = error;
  const { reason, advice } = describeFailure(error, call);
  const describe = (target: string): string =>
    call.secrets.hide(
      `${describeTarget(error)} (${code})${target} because ${reason}`,
    );
  return attachDescription(
    new TransportError({
      operation: call.operation,
      message: `${call.operation}: ${describe(describeFunction(call))}${describeExecution(call)}.${advice ? ` ${toSentence(advice)}` : ""}${nextStep(call)}`,
      retryable: !isPermanent(error),
      execution: call.execution,
      cause: call.secrets.toCause(error),
    }),
    { what: describe(""), advice },
  );
}

function describeFailure(
  error: WireError,
  call: Call,
): { readonly reason: string; readonly advice: string | undefined } {
  const { code, proxy, cause } = error;
  const message = removeFinalPeriod(errorText(error, call));
  if (cause instanceof ProxyError)
    return { reason: message, advice: cause.advice ?? CHECK_PROXY };
  const known = FAILURES[code];
  const [reason, check] = known ?? describeByGroup(code, message);
  return {
    // The addresses of the host and what happened at each.
    reason: known && hasErrors(cause) ? `${reason} (${message})` : reason,
    advice:
      findUnreadableAdvice(code, call) ??
      (proxy === undefined && code !== "PROXY" ? check : CHECK_PROXY),
  };
}

/** Why a certificate is not trusted although `ca` has its authority. */
function findUnreadableAdvice(
  code: string,
  { settings }: Call,
): string | undefined {
  if (settings.ca === undefined || !isCertificateError(code)) return undefined;
  const unreadable = findUnreadable(settings.ca);
  return unreadable === undefined
    ? undefined
    : `Correct ${unreadable} in ca or the file of AWS_CA_BUNDLE, which cannot be read`;
}

const CHECK_PROXY = "Check the proxy";

function hasErrors(cause: unknown): boolean {
  return isError(cause) && Array.isArray((cause as AggregateError).errors);
}

function describeTarget({ proxy, host, cause }: WireError): string {
  if (proxy !== undefined)
    return `there was no connection to AWS through the proxy ${proxy}`;
  const address = host ?? (isError(cause) ? readAddress(cause) : undefined);
  return `there was no response from AWS${address === undefined ? "" : ` at ${address}`}`;
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
