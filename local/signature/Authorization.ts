/** A parsed `Authorization` header of Signature Version 4. */
export interface Authorization {
  /** Access key ID, or the serial number of a certificate in decimal digits. */
  readonly accessKeyId: string;

  /** Date of the credential scope, `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;

  /** Last part of the credential scope; always `aws4_request` in a valid one. */
  readonly terminator: string;

  /** Lower-case names of the signed headers, in the client's order. */
  readonly signedHeaders: readonly string[];

  /** Signature in hexadecimal digits; 64 of them for an access key. */
  readonly signature: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Parses the header. Returns AWS's message if it is incomplete. */
export function parseAuthorization(
  header: string,
  algorithm = ALGORITHM,
): Authorization | { readonly incomplete: string } {
  if (!header.startsWith(`${algorithm} `))
    return {
      incomplete: `Authorization header requires the algorithm '${algorithm}'.`,
    };
  const parts = new Map<string, string>();
  for (const part of header.slice(algorithm.length).split(",")) {
    const equals = part.indexOf("=");
    if (equals < 0)
      return {
        incomplete:
          "Authorization header has a part that is not a valid key=value pair (missing equal-sign).",
      };
    parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const missing = ["Credential", "Signature", "SignedHeaders"]
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (missing.length > 0) return { incomplete: missing.join(" ") };
  return readParts(parts);
}

function readParts(
  parts: ReadonlyMap<string, string>,
): Authorization | { readonly incomplete: string } {
  const credential = (parts.get("Credential") ?? "").split("/");
  const [accessKeyId, date, region, service, terminator] = credential;
  if (
    credential.length !== 5 ||
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined
  )
    return {
      incomplete: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got ${credential.length} of them.`,
    };
  return {
    accessKeyId,
    date,
    region,
    service,
    terminator,
    signedHeaders: (parts.get("SignedHeaders") ?? "").split(";"),
    signature: parts.get("Signature") ?? "",
  };
}
