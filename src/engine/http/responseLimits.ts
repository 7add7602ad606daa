/**
 * How much of a response is read. Everything that AWS sends is smaller; a larger body comes from another server, or from one
 * that wants to use up this process's memory.
 */
import { toResponseMetadata, type ResponseMetadata } from "./awsError";
import { WireError, type WireResponse } from "./transport";

/** Lambda's own limit of a function's response, in bytes, and some room in case it is raised slightly. */
export const MAX_PAYLOAD_RESPONSE_BYTES = 6_291_556 + 65_536;

/**
 * Largest page of `ListFunctions`, in bytes: 50 functions, each with 4 KB of environment variables (up to 24 KB with JSON
 * escapes) and at most 20 KB of other configuration.
 */
const MAX_PAGE_BYTES = 4_194_304;

/** Largest body of every other response and of every error, in bytes. AWS's are below 20 KB. */
export const MAX_BODY_BYTES = 262_144;

/** Interim (1xx) responses before the response of one request. AWS sends none; a proxy may send a few. */
export const MAX_INTERIM_RESPONSES = 8;

const MAX_BYTES: ReadonlyMap<string, number> = new Map([
  ["Invoke", MAX_PAYLOAD_RESPONSE_BYTES],
  ["ListFunctions", MAX_PAGE_BYTES],
]);

/** Returns the largest body of a successful response to an action, in bytes. */
export function maxBodyBytesOf(action: string): number {
  return MAX_BYTES.get(action) ?? MAX_BODY_BYTES;
}

/** Returns the largest body of a response with this status, in bytes. */
export function limitBodyBytes(
  statusCode: number,
  maxBodyBytes = MAX_BODY_BYTES,
): number {
  return statusCode < 300
    ? maxBodyBytes
    : Math.min(maxBodyBytes, MAX_BODY_BYTES);
}

/** The body of a response is larger than allowed. Nothing of it is used. */
export class ResponseTooLargeError extends WireError {
  readonly $metadata: ResponseMetadata;

  constructor(
    head: Omit<WireResponse, "body">,
    readonly maxBytes: number,
  ) {
    super("TOO_LARGE");
    this.$metadata = toResponseMetadata(head);
  }
}

/**
 * A successful response has neither a length nor chunks: it ends when the connection is closed, so a part of it looks like all
 * of it. AWS does not send such responses. Nothing of it is used.
 */
export class UnknownLengthError extends WireError {
  readonly $metadata: ResponseMetadata;

  constructor(head: Omit<WireResponse, "body">) {
    super("NO_LENGTH");
    this.$metadata = toResponseMetadata(head);
  }
}

/** Whether the headers of a response say where its body ends. Errors are errors in any case; 204 has no body. */
export function hasLength({
  statusCode,
  headers,
}: Omit<WireResponse, "body">): boolean {
  return (
    headers["content-length"] !== undefined ||
    headers["transfer-encoding"]?.toLowerCase() === "chunked" ||
    statusCode === 204 ||
    statusCode >= 300
  );
}

/**
 * Returns the response, after checking its body again, for transports that do not apply the limit.
 *
 * @throws {@link ResponseTooLargeError}.
 */
export function checkBodySize(
  response: WireResponse,
  maxBodyBytes: number,
): WireResponse {
  const { byteLength } = response.body;
  if (byteLength <= MAX_BODY_BYTES) return response;
  const maxBytes = limitBodyBytes(response.statusCode, maxBodyBytes);
  if (byteLength > maxBytes)
    throw new ResponseTooLargeError(response, maxBytes);
  return response;
}
