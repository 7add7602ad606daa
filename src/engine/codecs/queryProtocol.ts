import { AwsError, UnreadableBodyError } from "../http/awsError";
import { percentEncode } from "../http/percentEncode";
import type { WireResponse } from "../http/transport";
import { isNonEmptyString } from "../text/isNonEmptyString";
import type { UnaddressedRequest } from "./Codec";
import { findChild, findText, readXml, XmlError } from "./readXml";
import type { XmlElement } from "./readXml";

/** A field of a form, and its value. `undefined`: it is omitted. */
export type FormField = readonly [string, string | number | undefined];

/**
 * Encodes a request of the query protocol: a form with the action and its parameters.
 *
 * Source: {@link https://smithy.io/2.0/aws/protocols/aws-query-protocol.html | AWS query protocol}.
 */
export function encodeForm(fields: readonly FormField[]): UnaddressedRequest {
  let form = "";
  for (const [name, value] of fields)
    if (value !== undefined)
      form += `${form === "" ? "" : "&"}${name}=${percentEncode(String(value))}`;
  return {
    method: "POST",
    path: "/",
    query: "",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(form),
  };
}

/**
 * Reads the result of an action.
 *
 * @throws {@link UnreadableBodyError} if the body is not XML, or has no result of this action.
 */
export function readResult<Result>(
  response: WireResponse,
  action: string,
  read: (result: XmlElement) => Result,
): Result {
  return readBody(response, (root) => {
    const result = findChild(root, `${action}Result`);
    if (!result) throw new XmlError("it has no result of this action");
    return read(result);
  });
}

/**
 * Converts an error response of the query protocol.
 *
 * @throws {@link UnreadableBodyError} if the body is not XML, or has no error code.
 */
export function toQueryError(response: WireResponse): AwsError {
  if (response.body.byteLength === 0)
    return new AwsError("Unknown", "UnknownError", response);
  return readBody(response, (root) => {
    const error = findChild(findChild(root, "Errors") ?? root, "Error");
    const code = error && findText(error, "Code");
    if (!code) throw new XmlError("it has no error code");
    const message = findText(error, "Message");
    return new AwsError(
      toSdkName(code),
      isNonEmptyString(message) ? message : "UnknownError",
      response,
    );
  });
}

/** Codes of STS to whose names the AWS SDK, and AWS's other protocols, add `Exception`. */
const SHORTENED = new Set([
  "IDPCommunicationError",
  "IDPRejectedClaim",
  "InvalidIdentityToken",
  "MalformedPolicyDocument",
  "PackedPolicyTooLarge",
]);

function toSdkName(code: string): string {
  return SHORTENED.has(code) ? `${code}Exception` : code;
}

function readBody<Result>(
  response: WireResponse,
  read: (root: XmlElement) => Result,
): Result {
  const { buffer, byteOffset, byteLength } = response.body;
  const xml = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  try {
    return read(readXml(xml));
  } catch (cause) {
    throw new UnreadableBodyError(response, cause);
  }
}
