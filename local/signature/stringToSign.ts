import { createHash } from "node:crypto";
import { headerOf, type WireRequest } from "../http/HttpRequest";
import type { Authorization } from "./Authorization";
import { canonicalRequest } from "./canonicalRequest";

/** The text that is signed for a request, whichever algorithm signs it. */
export function stringToSign(
  algorithm: string,
  given: {
    readonly request: WireRequest;
    readonly authorization: Authorization;
  },
): string {
  const { request, authorization } = given;
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  return [
    algorithm,
    headerOf(request, "x-amz-date") ?? "",
    `${authorization.date}/${authorization.region}/${authorization.service}/aws4_request`,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
}
