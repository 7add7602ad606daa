import { TransportError } from "../../errors";
import type { Call } from "./Call";
import { isError } from "../text/isError";
import { isPermanent, isCertificateError } from "./classifyFailure";
import { withoutFinalPeriod } from "../text/toSentence";
import { describeExecution, nextStep, errorText } from "./describeCall";
import { capitalize, attachDescription } from "../text/errorDescription";
import type { WireError } from "../http/transport";

/** What happened on the wire, and what to look at. */
const WIRE_ADVICE: Readonly<Record<string, readonly [string, string?]>> = {
  ECONNREFUSED: [
    "nothing listens there",
    "check the endpoint and that the service is up",
  ],
  ENOTFOUND: ["there is no such host", "check the region and the endpoint"],
  EAI_AGAIN: ["the name could not be resolved", "check the network"],
  CONNECT_TIMEOUT: [
    "no connection in time",
    "check the network, the proxy, connectTimeoutMs",
  ],
  ECONNRESET: ["the connection was closed before the answer"],
  TRUNCATED: ["the answer broke off in the middle"],
  PROXY: ["the proxy opened no tunnel", "check the proxy"],
  EPIPE: ["the connection was closed while the request was sent"],
  EPROTO: [
    "what answered does not speak TLS",
    "check the protocol of the endpoint",
  ],
  ERR_INVALID_CHAR: [
    "the request holds characters that HTTP has no place for",
    "check the credentials",
  ],
};

/** The same for whole families of codes; the system's own words stand beside. */
function adviceOn(code: string, words: string): readonly [string, string?] {
  if (isCertificateError(code))
    return [
      `the certificate is not trusted (${words})`,
      "check the endpoint, or give the authority's certificate as ca",
    ];
  if (code.startsWith("HPE_"))
    return [
      `what answered does not speak HTTP as it should (${words})`,
      "check the endpoint and the proxy",
    ];
  return [words];
}

/** What is told where the wire brought no whole answer. */
export function toTransportError(error: WireError, call: Call): TransportError {
  const { code, proxy } = error;
  const [what, check] =
    WIRE_ADVICE[code] ??
    adviceOn(code, withoutFinalPeriod(errorText(error, call)));
  const look = proxy === undefined ? check : "check the proxy";
  const happened = `${goal(error)} (${code}): ${refusedByProxy(error) ?? what}`;
  const told = [happened, look].filter(Boolean).join("; ");
  return attachDescription(
    new TransportError({
      operation: call.operation,
      message: `${call.operation}: ${told}${describeExecution(call)}.${nextStep(call)}`,
      retryable: !isPermanent(code),
      execution: call.execution,
      cause: call.secrets.toCause(error),
    }),
    { what: happened, advice: look && capitalize(look) },
  );
}

function goal({ proxy, host, cause }: WireError): string {
  if (proxy !== undefined) return `no way to AWS through the proxy ${proxy}`;
  const place = host ?? (isError(cause) ? address(cause) : undefined);
  return `no answer from AWS${place === undefined ? "" : ` at ${place}`}`;
}

/** A proxy that answers, and opens no tunnel: its status is in what `hpagent` throws. */
function refusedByProxy({ code, message }: WireError): string | undefined {
  const status = /^Bad response: (\d{3})$/.exec(message)?.[1];
  if (code !== "PROXY" || status === undefined) return undefined;
  return `the proxy opened no tunnel, and answered ${status}${status === "407" ? ": it wants a user and password in its URL" : ""}`;
}

function address(error: Error): string | undefined {
  const { address, hostname, port } = error as NodeJS.ErrnoException & {
    address?: string;
    hostname?: string;
    port?: number;
  };
  const host = hostname ?? address;
  return host === undefined || port === undefined ? host : `${host}:${port}`;
}
