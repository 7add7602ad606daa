import { isError } from "../text/isError";
import type { RetryReason } from "../connection/retry";
import {
  areCredentialsRejected,
  isClockError,
  lookUpServiceError,
} from "./serviceErrors";
import type { ServiceRequest } from "../connection/sdkClients";
import { NotAwsError } from "../http/awsError";
import { WireError } from "../http/transport";

/** What a failed attempt means for the next one, and for a function that was to run. */
export interface AttemptFailure {
  /** Whether what was asked can have been done all the same. */
  readonly mayHaveTakenEffect: boolean;
  /** Why another attempt may help. Absent: it does not. */
  readonly retryReason?: RetryReason | undefined;
  /** For how long AWS wants to be left alone, in ms. Absent: it did not say. */
  readonly retryAfterMs?: number | undefined;
  /** AWS refused because of the time, and its own clock is so many ms ahead of ours. Absent: it did not. */
  readonly skewMs?: number | undefined;
  /** AWS refused because of the keys: they have expired, or it does not know them. */
  readonly credentialsRejected?: boolean;
}

/** What an attempt was sent with. */
interface AttemptState {
  /** Whether it may have begun to arrive. */
  readonly sent: boolean;
  readonly now: number;
  /** By how much AWS's clock was taken to be ahead when it was signed, in ms. Absent: not at all. */
  readonly skewMs?: number;
  /** Who was asked: Lambda writes its code into a header, the others write theirs into the body. Absent: Lambda. */
  readonly service?: ServiceRequest["service"];
}

/** What the AWS SDK calls a refusal whose body has no code. */
const NO_CODE = "Unknown";

/** AWS takes requests up to 15 minutes off; the SDK corrects its clock from 4 minutes on. */
const SKEW_MS = 240_000;

type Headers = Readonly<Record<string, string>>;

/** An error as the AWS SDK throws it, and as we do. */
interface Answered extends Error {
  readonly $fault?: "client" | "server";
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Headers };
}

/**
 * The table of what certainly did not happen and what may have happened, by how an attempt failed:
 *
 * | failure | done? | another attempt |
 * | --- | --- | --- |
 * | no connection: refused, no such host, time-out, no tunnel | no | may help |
 * | no connection: the certificate is not trusted, no TLS | no | does not help |
 * | not sent: a character that HTTP has no place for | no | does not help |
 * | connection lost after the request may have begun to arrive | perhaps | may help |
 * | AWS refuses, in its own format | by its code, see `serviceErrors` | by its code |
 * | an answer that is not AWS's, 500 and above | perhaps | may help |
 * | an answer that is not AWS's, below 500 | perhaps | does not help |
 *
 * Source: {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | API_Invoke} for the answers; TCP for the
 * rest: what was never connected has delivered nothing.
 */
export function classifyFailure(
  thrown: unknown,
  { sent, now, skewMs = 0, service = "lambda" }: AttemptState,
): AttemptFailure {
  if (!isError(thrown)) return { mayHaveTakenEffect: sent };
  if (thrown instanceof WireError)
    return {
      mayHaveTakenEffect: sent,
      retryReason: isPermanent(thrown.code) ? undefined : "transient",
    };
  const { $metadata, $fault, $response } = thrown as Answered;
  const status = $metadata?.httpStatusCode;
  if (status === undefined || thrown instanceof NotAwsError)
    return { mayHaveTakenEffect: sent };
  if ($fault === undefined)
    return {
      mayHaveTakenEffect: sent,
      retryReason: status >= 500 ? "transient" : undefined,
    };
  const headers = $response?.headers ?? {};
  const { mayHaveRun, retryReason: hope } = lookUpServiceError(
    thrown.name,
    status,
  );
  // In the service's own way: somebody between here and there can answer with any status.
  const isOwn =
    service === "lambda"
      ? headers["x-amzn-errortype"] !== undefined
      : thrown.name !== NO_CODE;
  const certain = isOwn && !mayHaveRun;
  return {
    mayHaveTakenEffect: sent && !certain,
    retryReason: hope,
    retryAfterMs: readRetryAfterMs(headers, now),
    skewMs: isClockError(thrown) ? skew(headers, { now, skewMs }) : undefined,
    credentialsRejected: areCredentialsRejected(thrown),
  };
}

/** By how much AWS's clock is ahead, where the time that the attempt was signed with was off. */
function skew(
  headers: Headers,
  { now, skewMs }: Required<Pick<AttemptState, "now" | "skewMs">>,
): number | undefined {
  const ms = Date.parse(headers["date"] ?? "") - now;
  return Math.abs(ms - skewMs) >= SKEW_MS ? ms : undefined;
}

/** AWS's wish to be left alone for a while, in ms: seconds, an HTTP date, or milliseconds under a name of its own. */
export function readRetryAfterMs(
  headers: Headers,
  now: number,
): number | undefined {
  const ms = headers["x-amz-retry-after"];
  if (ms !== undefined && /^\d+$/.test(ms)) return Number(ms);
  const wish = headers["retry-after"] ?? "";
  if (/^\d+(\.\d+)?$/.test(wish)) return Number(wish) * 1_000;
  // Left to itself, `Date.parse` takes almost anything for a date, `-3` among it.
  const until = wish.endsWith(" GMT") ? Date.parse(wish) : NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** It will fail in the same way a moment later. */
export function isPermanent(code: string): boolean {
  return (
    code === "ABORTED" ||
    code === "ERR_INVALID_CHAR" ||
    isCertificateError(code)
  );
}

/** The other side cannot be trusted. */
export function isCertificateError(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|^EPROTO$|^ERR_TLS|^ERR_SSL/.test(code);
}
