import { createHmac, hash } from "node:crypto";
import type { CredentialsLike } from "../../../domain";
import { HmacKey } from "../hash/HmacKey";
import { percentEncode } from "./percentEncode";

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method: string;
  /** Path as sent: every segment is percent-encoded. */
  readonly path: string;
  /** Query as sent, sorted by name; an empty string if there is none. */
  readonly query: string;
  /** Headers to sign, with names in lower case. Must include `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** Who signs a request, for which service and region, and when. */
export interface SigningParameters {
  readonly credentials: CredentialsLike;
  readonly service: string;
  readonly region: string;
  /** Time of signing, in ms since 1970. */
  readonly now: number;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const EMPTY_BODY_HASH =
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * Signs a request with Signature Version 4 and returns its headers, including the signature.
 *
 * Source: {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}.
 */
export function sign(
  request: UnsignedRequest,
  { credentials, service, region, now }: SigningParameters,
): Record<string, string> {
  const date = toAmzDate(now);
  const bodyHash = hashBody(request);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-content-sha256": bodyHash,
    "x-amz-date": date,
  };
  if (credentials.sessionToken !== undefined)
    headers["x-amz-security-token"] = credentials.sessionToken;
  const { signedHeaders, canonicalRequest } = toCanonicalRequest(
    request,
    headers,
    bodyHash,
  );
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const signature = getSigningKey(credentials, scope).sign(
    `${ALGORITHM}\n${date}\n${scope}\n${sha256Hex(canonicalRequest)}`,
  );
  headers["authorization"] =
    `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return headers;
}

/** Returns the SHA-256 hash of a request's body, in hexadecimal. */
export function hashBody({ body }: UnsignedRequest): string {
  return body && body.byteLength > 0 ? sha256Hex(body) : EMPTY_BODY_HASH;
}

/** Returns the canonical request that client and server both hash, and the names of its headers, separated by semicolons. */
export function toCanonicalRequest(
  { method, path, query }: UnsignedRequest,
  headers: Readonly<Record<string, string>>,
  bodyHash: string,
): { readonly signedHeaders: string; readonly canonicalRequest: string } {
  const names = Object.keys(headers).sort();
  let canonicalHeaders = "";
  for (const name of names)
    canonicalHeaders += `${name}:${trimHeaderValue(headers[name] ?? "")}\n`;
  const signedHeaders = names.join(";");
  const canonicalRequest = `${method}\n${toCanonicalPath(path)}\n${query}\n${canonicalHeaders}\n${signedHeaders}\n${bodyHash}`;
  return { signedHeaders, canonicalRequest };
}

let lastSecond = NaN;
let lastAmzDate = "";

/** Formats a time like `20261120T120000Z`. Reuses the last result within the same second. */
export function toAmzDate(now: number): string {
  const second = Math.floor(now / 1_000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastAmzDate = new Date(second * 1_000)
      .toISOString()
      .replace(/[-:]|\.\d{3}/g, "");
  }
  return lastAmzDate;
}

/** Matches paths whose segments contain only letters, digits and `-._~%`; no segment is empty, `.` or `..`. */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~%-]+)+\/?$/;

/**
 * Encodes each segment a second time, as Signature Version 4 requires: a colon is sent as `%3A` and signed as `%253A`. Also
 * removes empty segments and dot segments, as the server does before it verifies the signature. Only custom endpoints have
 * them.
 */
function toCanonicalPath(path: string): string {
  if (PLAIN_PATH.test(path)) return path.replaceAll("%", "%25");
  const segments: string[] = [];
  for (const segment of path.split("/"))
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".")
      segments.push(percentEncode(segment));
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

/** Removes spaces at both ends and replaces several spaces with one. */
function trimHeaderValue(value: string): string {
  return value.includes(" ") ? value.trim().replace(/ +/g, " ") : value;
}

/**
 * Signing keys by credential scope, for each credentials object. Saves four HMACs per request. A WeakMap, because the
 * credentials objects belong to the caller or the AWS SDK and cannot have a field for the keys; the keys are released with
 * the object.
 */
const signingKeys = new WeakMap<CredentialsLike, Map<string, HmacKey>>();

/** Above this number of scopes for one credentials object, its signing keys are discarded and the cache starts again. */
const MAX_SCOPES = 50;

function getSigningKey(credentials: CredentialsLike, scope: string): HmacKey {
  let keys = signingKeys.get(credentials);
  if (!keys || keys.size > MAX_SCOPES) {
    keys = new Map();
    signingKeys.set(credentials, keys);
  }
  let key = keys.get(scope);
  if (!key) {
    const secret = Buffer.from(`AWS4${credentials.secretAccessKey}`);
    key = new HmacKey(scope.split("/").reduce<Buffer>(hmac, secret));
    keys.set(scope, key);
  }
  return key;
}

function hmac(key: Buffer, content: string): Buffer {
  return createHmac("sha256", key).update(content).digest();
}

/** Returns the SHA-256 hash of a string or of bytes, in hexadecimal. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash("sha256", content);
}
