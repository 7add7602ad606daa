import { createHmac } from "node:crypto";
import type { HttpRequest } from "../http/HttpRequest";
import type { Authorization } from "./Authorization";
import { createStringToSign } from "./createStringToSign";

/** The signature that a request must carry when it was signed with this key. */
export function calculateSignature(given: {
  readonly request: HttpRequest;
  readonly authorization: Authorization;

  /** Key of the day, region and service, from {@link signingKey}. */
  readonly key: Uint8Array;
}): string {
  const text = createStringToSign("AWS4-HMAC-SHA256", given);
  return createHmac("sha256", given.key).update(text).digest("hex");
}
