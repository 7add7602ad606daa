import type { CredentialsLike } from "../../../domain";
import { sign, toAmzDate } from "./signature";
import type { WireRequest } from "./transport";

/** With what a request is signed again, and when. */
export interface RenewalParameters {
  readonly credentials: CredentialsLike;
  /** How long ago the request was signed, in ms. */
  readonly ageMs: number;
}

/** Headers that `sign` adds. */
const ADDED_BY_SIGNING = new Set([
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
]);

/**
 * Returns the headers of a request that the AWS SDK signed some time ago, signed for the present: service, region and signed
 * headers stay the same. A request with another kind of signature, or none, is returned as it is.
 */
export function renewSignature(
  { method, path, headers, body }: WireRequest,
  { credentials, ageMs }: RenewalParameters,
): Readonly<Record<string, string>> {
  const now = parseAmzDate(headers["x-amz-date"]) + ageMs;
  const [, region, service, names] =
    SIGNATURE.exec(headers["authorization"] ?? "") ?? [];
  if (Number.isNaN(now) || toAmzDate(now) === headers["x-amz-date"])
    return headers;
  if (region === undefined || service === undefined || !names) return headers;
  const toSign: Record<string, string> = {};
  for (const name of names.split(";"))
    if (!ADDED_BY_SIGNING.has(name)) toSign[name] = headers[name] ?? "";
  const [pathname = "", query = ""] = path.split("?", 2);
  const request = {
    method,
    path: pathname,
    query: query.split("&").sort().join("&"),
    headers: toSign,
    body: typeof body === "string" ? Buffer.from(body) : body,
  };
  return {
    ...headers,
    ...sign(request, { credentials, region, service, now }),
  };
}

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), /;

function parseAmzDate(date = ""): number {
  return Date.parse(
    date.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      "$1-$2-$3T$4:$5:$6Z",
    ),
  );
}
