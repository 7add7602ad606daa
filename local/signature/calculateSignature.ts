import { createHmac } from "node:crypto";
import type { HttpRequest } from "../http/HttpRequest";
import type { Authorization } from "./Authorization";
import { createStringToSign } from "./createStringToSign";

/** Calculates the signature of a request. */
export function calculateSignature(toSign: {
  readonly request: HttpRequest;
  readonly authorization: Authorization;

  /** Key for the date, region and service, from {@link deriveSigningKey}. */
  readonly key: Uint8Array;
}): string {
  const stringToSign = createStringToSign("AWS4-HMAC-SHA256", toSign);
  return createHmac("sha256", toSign.key).update(stringToSign).digest("hex");
}
