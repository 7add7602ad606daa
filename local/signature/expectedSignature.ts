import { createHmac } from "node:crypto";
import type { WireRequest } from "../http/HttpRequest";
import type { Authorization } from "./Authorization";
import { stringToSign } from "./stringToSign";

/** The signature that a request must carry when it was signed with this key. */
export function expectedSignature(given: {
  readonly request: WireRequest;
  readonly authorization: Authorization;

  /** Key of the day, region and service, from {@link signingKey}. */
  readonly key: Uint8Array;
}): string {
  const text = stringToSign("AWS4-HMAC-SHA256", given);
  return createHmac("sha256", given.key).update(text).digest("hex");
}
