import * as crypto from "node:crypto";
import type { CredentialsLike } from "../../../domain";
import { encode } from "./encode";

/** A request that is to be signed. */
export interface Unsigned {
  readonly method: string;
  /** As it goes out: every segment percent-encoded. */
  readonly path: string;
  /** As it goes out, sorted by name; empty where there is none. */
  readonly query: string;
  /** Names in lower case; all of them are signed, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** By whom, for what and when. */
export interface SigningScope {
  readonly credentials: CredentialsLike;
  readonly service: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const NO_BODY =
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * The headers of a request with its signature, Version 4
 * ({@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | AWS's steps}).
 */
export function sign(
  request: Unsigned,
  { credentials, service, region, now }: SigningScope,
): Record<string, string> {
  const time = toTime(now);
  const hash = bodyHash(request);
  const signed: Record<string, string> = {
    ...request.headers,
    "x-amz-content-sha256": hash,
    "x-amz-date": time,
  };
  if (credentials.sessionToken !== undefined)
    signed["x-amz-security-token"] = credentials.sessionToken;
  const { list, canonical } = canonicalOf(request, signed, hash);
  const place = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const signature = hmac(
    signingKey(credentials, place),
    `${ALGORITHM}\n${time}\n${place}\n${sha256(canonical)}`,
  ).toString("hex");
  signed["authorization"] =
    `${ALGORITHM} Credential=${credentials.accessKeyId}/${place}, SignedHeaders=${list}, Signature=${signature}`;
  return signed;
}

/** SHA-256 of a body, in hexadecimal digits. */
export function bodyHash({ body }: Unsigned): string {
  return body && body.byteLength > 0 ? sha256(body) : NO_BODY;
}

/** A request in the one spelling that both sides sign, and the names of the headers in it. */
export function canonicalOf(
  { method, path, query }: Unsigned,
  headers: Readonly<Record<string, string>>,
  hash: string,
): { readonly list: string; readonly canonical: string } {
  const names = Object.keys(headers).sort();
  let lines = "";
  for (const name of names)
    lines += `${name}:${trimmed(headers[name] ?? "")}\n`;
  const list = names.join(";");
  const canonical = `${method}\n${encodePath(path)}\n${query}\n${lines}\n${list}\n${hash}`;
  return { list, canonical };
}

let second = NaN;
let written = "";

/** `20261120T120000Z`; the same text serves for a second. */
export function toTime(now: number): string {
  const current = Math.floor(now / 1_000);
  if (current !== second) {
    second = current;
    written = new Date(current * 1_000)
      .toISOString()
      .replace(/[-:]|\.\d{3}/g, "");
  }
  return written;
}

/** Segments of letters, digits and `-._~%`, none of them empty or made of dots. */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~%-]+)+\/?$/;

/**
 * Every segment is encoded once more than it is on the wire: a colon is `%3A` there, and `%253A` here. Empty segments and
 * dots, which only an endpoint of one's own can have, are resolved, as the other side does before it checks.
 */
function encodePath(path: string): string {
  if (PLAIN_PATH.test(path)) return path.replaceAll("%", "%25");
  const segments: string[] = [];
  for (const segment of path.split("/"))
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(encode(segment));
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

/** Spaces at the ends do not count, and several in a row count as one. */
function trimmed(value: string): string {
  return value.includes(" ") ? value.trim().replace(/ +/g, " ") : value;
}

/** Signing keys by whose they are, then by day, region and service: four hashes that need not be made again. */
const signingKeys = new WeakMap<CredentialsLike, Map<string, Buffer>>();

/** Places whose keys are kept for the same credentials. */
const MOST_PLACES = 50;

function signingKey(credentials: CredentialsLike, place: string): Buffer {
  let known = signingKeys.get(credentials);
  if (!known || known.size > MOST_PLACES) {
    known = new Map();
    signingKeys.set(credentials, known);
  }
  let key = known.get(place);
  if (!key) {
    key = place
      .split("/")
      .reduce<Buffer>(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`));
    known.set(place, key);
  }
  return key;
}

function hmac(key: Buffer, text: string): Buffer {
  return crypto.createHmac("sha256", key).update(text).digest();
}

type OneShot = (algorithm: string, text: string | Uint8Array) => string;

/** Node has hashed in one go since 20.12; before, an object is needed for it. */
const { hash = hashByObject } = crypto as unknown as { hash?: OneShot };

function hashByObject(algorithm: string, text: string | Uint8Array): string {
  return crypto.createHash(algorithm).update(text).digest("hex");
}

/** SHA-256 in hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return hash("sha256", text);
}
