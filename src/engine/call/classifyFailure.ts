import { isError } from "../text/isError";
import type { RetryReason } from "../connection/retry";
import {
  isClockError,
  isOutdatedByMessage,
  isSignatureOutdated,
} from "./clockErrors";
import { areCredentialsRejected, lookUpServiceError } from "./serviceErrors";
import type { ServiceRequest } from "../connection/sdkClients";
import { HtmlPageError } from "../http/awsError";
import { WireError } from "../http/transport";
import { ProxyError } from "../sockets/SocketError";

/** What a failed attempt means for the next attempt and for the function. */
export interface AttemptFailure {
  /** Whether the request may have taken effect in spite of the failure. */
  readonly mayHaveTakenEffect: boolean;
  /** Why another attempt may succeed. `undefined`: it would not. */
  readonly retryReason?: RetryReason | undefined;
  /** How long AWS asks the client to wait, in milliseconds. `undefined`: it does not ask. */
  readonly retryAfterMs?: number | undefined;
  /** How far AWS's clock is ahead of this machine's, in milliseconds, if AWS rejected the request because of its time. */
  readonly skewMs?: number | undefined;
  /** Whether AWS rejected the signature as too old or too new, although the clock is right. */
  readonly isSignatureOutdated?: boolean;
  /** Whether AWS rejected the credentials as expired or unknown. */
  readonly credentialsRejected?: boolean;
}

/** The state of the failed attempt. */
interface AttemptState {
  /** Whether the request may have begun to reach AWS. */
  readonly sent: boolean;
  /** Current time, in milliseconds since 1970. */
  readonly now: number;
  /** The clock difference with which the attempt was signed, in milliseconds. Defaults to 0. */
  readonly skewMs?: number;
  /** Lambda sends its error code in a header, the other services in the body. Defaults to Lambda. */
  readonly service?: ServiceRequest["service"];
}

/** The AWS SDK's name for an error response whose body has no code. */
const NO_CODE = "Unknown";

/** AWS accepts requests that are up to 15 minutes off; the AWS SDK corrects its clock from 4 minutes on. */
const MIN_SKEW_MS = 240_000;

/** A server's `Date` outside these limits is ignored. This machine's clock is not limited: without a battery, it starts in 1970. */
const EARLIEST_DATE = Date.UTC(2015, 0);
const LATEST_DATE = Date.UTC(2100, 0);

type Headers = Readonly<Record<string, string>>;

/** An error as the AWS SDK and the direct codecs throw it. */
interface ServiceException extends Error {
  readonly $fault?: "client" | "server";
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Headers };
}

/**
 * Decides from an attempt's failure whether the request may have taken effect and whether another attempt may succeed:
 *
 * | failure | took effect? | another attempt |
 * | --- | --- | --- |
 * | no connection, for whatever reason: refused, host not found, timeout, too many open files | no | may succeed |
 * | no connection: certificate not trusted, no TLS, proxy requires other credentials | no | fails again |
 * | not sent: a character that HTTP does not allow | no | fails again |
 * | connection lost after the request may have begun to arrive | maybe | may succeed |
 * | error response in AWS's format | by its code, see `serviceErrors` | by its code |
 * | response not in AWS's format, status 500 and above | maybe | may succeed |
 * | response not in AWS's format, status below 500 | maybe | fails again |
 *
 * Source: {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | API_Invoke} for the responses. The rest
 * follows from TCP: without a connection, nothing is delivered.
 */
export function classifyFailure(
  thrown: unknown,
  { sent, now, skewMs = 0, service = "lambda" }: AttemptState,
): AttemptFailure {
  if (!isError(thrown)) return { mayHaveTakenEffect: sent };
  if (thrown instanceof WireError)
    return {
      mayHaveTakenEffect: sent,
      retryReason: isPermanent(thrown) ? undefined : "transient",
    };
  const { $metadata, $fault, $response } = thrown as ServiceException;
  const status = $metadata?.httpStatusCode;
  if (status === undefined || thrown instanceof HtmlPageError)
    return { mayHaveTakenEffect: sent };
  if ($fault === undefined)
    return {
      mayHaveTakenEffect: sent,
      retryReason: status >= 500 ? "transient" : undefined,
    };
  const headers = $response?.headers ?? {};
  const { mayHaveRun, retryReason } = lookUpServiceError(thrown.name, status);
  // A proxy in between can respond with any status: trust only a code in the place where this service puts it.
  const isFromService =
    service === "lambda"
      ? headers["x-amzn-errortype"] !== undefined
      : thrown.name !== NO_CODE;
  const certain = isFromService && !mayHaveRun;
  const time = compareClocks(headers, { now, skewMs });
  return {
    mayHaveTakenEffect: sent && !certain,
    retryReason,
    retryAfterMs: readRetryAfterMs(headers, now),
    skewMs: typeof time === "number" && isClockError(thrown) ? time : undefined,
    isSignatureOutdated:
      time === "right"
        ? isSignatureOutdated(thrown)
        : time === "unknown" && isOutdatedByMessage(thrown),
    credentialsRejected: areCredentialsRejected(thrown),
  };
}

/** How far AWS's clock is ahead in ms, if the time with which the attempt was signed was wrong; otherwise whether it was right. */
function compareClocks(
  headers: Headers,
  { now, skewMs }: Required<Pick<AttemptState, "now" | "skewMs">>,
): number | "right" | "unknown" {
  const date = Date.parse(headers["date"] ?? "");
  // Any server can send any date. Signing with an impossible one would fail, and the connection could not recover.
  if (!(date >= EARLIEST_DATE && date < LATEST_DATE)) return "unknown";
  const ms = date - now;
  return Math.abs(ms - skewMs) >= MIN_SKEW_MS ? ms : "right";
}

/**
 * How long AWS asks the client to wait, in milliseconds: `Retry-After` in seconds or as an HTTP date, or
 * `x-amz-retry-after` in milliseconds.
 */
export function readRetryAfterMs(
  headers: Headers,
  now: number,
): number | undefined {
  const ms = headers["x-amz-retry-after"];
  if (ms !== undefined && /^\d+$/.test(ms)) return Number(ms);
  const retryAfter = headers["retry-after"] ?? "";
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  // `Date.parse` alone accepts almost anything, for example `-3`.
  const until = retryAfter.endsWith(" GMT") ? Date.parse(retryAfter) : NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** Whether another attempt would fail in the same way. */
export function isPermanent({ code, cause }: WireError): boolean {
  if (cause instanceof ProxyError) return cause.isPermanent;
  return (
    code === "ABORTED" ||
    code === "INTERIM" ||
    code === "TOO_LARGE" ||
    code === "NO_LENGTH" ||
    code === "ERR_INVALID_CHAR" ||
    isCertificateError(code)
  );
}

/** Whether TLS failed: the server's certificate is not trusted, or it does not speak TLS. */
export function isCertificateError(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|^EPROTO$|^ERR_(TLS|SSL|OSSL)/.test(code);
}
