import { createHash, createHmac } from "node:crypto";
import { headerOf, type WireRequest } from "../http/WireRequest";
import type { Authorization } from "./Authorization";
import { canonicalRequest } from "./canonicalRequest";

/** The signature that a request must carry when it was signed with this key. */
export function expectedSignature(given: {
  readonly request: WireRequest;
  readonly authorization: Authorization;

  /** Key of the day, region and service, from {@link signingKey}. */
  readonly key: Uint8Array;
}): string {
  const { request, authorization } = given;
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const text = [
    "AWS4-HMAC-SHA256",
    headerOf(request, "x-amz-date") ?? "",
    `${authorization.date}/${authorization.region}/${authorization.service}/aws4_request`,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  return createHmac("sha256", given.key).update(text).digest("hex");
}
