import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import { CacheControl } from "./CacheControl";
import type { CacheRequest, VariantRule } from "./CacheRequest";
import { TRACE_HEADERS } from "./sentParts";

/** Statuses whose responses are complete and final by definition (RFC 9110, 15.1), except 206, and 405, 414 and 501. */
const STORABLE = new Set([200, 203, 204, 300, 301, 308, 404, 410]);

/** Headers of responses that are for one client, or are not the whole response. */
const FORBIDDEN_HEADERS = ["set-cookie", "content-range", "trailer"];

/** Directives with which a shared cache must not use a response without asking the origin again. */
const FORBIDDEN_DIRECTIVES = ["no-store", "private", "no-cache"];

/** Directives that allow a response to a request with `Authorization` in a shared cache (RFC 9111, 3.5). */
const PERMITTING_DIRECTIVES = ["public", "s-maxage", "must-revalidate"];

/** Larger values of `Age` count as this one (RFC 9111, 1.2.2). */
const MAX_AGE_SECONDS = 2 ** 31;

/** Most headers by which a response may vary. */
const MAX_VARY = 20;

/** What is known when the headers of a response have arrived. */
export interface ResponseContext {
  readonly request: CacheRequest;
  /** Lifetime of responses that do not say theirs, in milliseconds. */
  readonly ttlMs: number;
  /** Names of headers by which all responses vary. */
  readonly vary: readonly string[];
  readonly maxEntryBytes: number;
  /** When the request was sent and when the response arrived, in milliseconds since 1970. */
  readonly sentAt: number;
  readonly arrivedAt: number;
}

/** How a response can be cached. */
export interface Assessment {
  readonly rule: VariantRule;
  readonly bornAt: number;
  readonly expiresAt: number;
}

/** Decides by the headers of a response whether it can be cached, and for how long. `undefined` if it cannot. */
export function assessResponse(
  response: GatewayResponse,
  context: ResponseContext,
): Assessment | undefined {
  const { headers, status, body } = response;
  if (!STORABLE.has(status)) return undefined;
  if (FORBIDDEN_HEADERS.some((name) => headers.has(name))) return undefined;
  if ((body.length ?? 0) > context.maxEntryBytes) return undefined;
  // It never ends, and each client has a stream of its own.
  if (/^text\/event-stream\b/i.test(headers.get("content-type") ?? ""))
    return undefined;
  const control = new CacheControl(headers.get("cache-control"));
  if (FORBIDDEN_DIRECTIVES.some((name) => control.has(name))) return undefined;
  const isAuthorized = context.request.header("authorization") !== undefined;
  if (isAuthorized && !PERMITTING_DIRECTIVES.some((name) => control.has(name)))
    return undefined;
  const names = readVary(headers, context.vary);
  if (!names) return undefined;
  const bornAt = context.arrivedAt - ageOnArrival(headers, context);
  const expiresAt = bornAt + lifetimeOf(headers, control, context);
  if (expiresAt <= context.arrivedAt) return undefined;
  const isPersonal = !control.has("public") && !control.has("s-maxage");
  return { rule: { names, isPersonal }, bornAt, expiresAt };
}

/** The headers by which a response varies, in lower case and sorted. `undefined` if it is different for every request. */
function readVary(
  headers: HeaderList,
  configured: readonly string[],
): readonly string[] | undefined {
  const names = (headers.get("vary") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  if (names.includes("*") || names.some((name) => TRACE_HEADERS.has(name)))
    return undefined;
  // Origins that forget these are common.
  if (headers.has("content-encoding")) names.push("accept-encoding");
  if ((headers.get("access-control-allow-origin") ?? "*") !== "*")
    names.push("origin");
  const unique = [...new Set([...names, ...configured])].sort();
  return unique.length > MAX_VARY ? undefined : unique;
}

const readDate = (value: string | undefined): number | undefined => {
  const time = value === undefined ? NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
};

/** Age of a response when it arrived, in milliseconds: RFC 9111, 4.2.3. */
function ageOnArrival(
  headers: HeaderList,
  { sentAt, arrivedAt }: ResponseContext,
): number {
  // Of several values, the first counts (RFC 9111, 5.1).
  const [first = ""] = (headers.get("age") ?? "").split(",", 1);
  const age = /^\d+$/.test(first.trim())
    ? Math.min(Number(first), MAX_AGE_SECONDS)
    : 0;
  const date = readDate(headers.get("date")) ?? arrivedAt;
  const corrected = age * 1_000 + (arrivedAt - sentAt);
  return Math.max(0, arrivedAt - date, corrected);
}

/** How long a response is fresh since it was made, in milliseconds: RFC 9111, 4.2.1. */
function lifetimeOf(
  headers: HeaderList,
  control: CacheControl,
  { ttlMs, arrivedAt }: ResponseContext,
): number {
  const seconds = control.seconds("s-maxage") ?? control.seconds("max-age");
  if (seconds !== undefined) return seconds * 1_000;
  const expires = headers.get("expires");
  if (expires === undefined) return ttlMs;
  const date = readDate(headers.get("date")) ?? arrivedAt;
  // An invalid date, such as 0, is in the past.
  return Math.max(0, (readDate(expires) ?? 0) - date);
}
