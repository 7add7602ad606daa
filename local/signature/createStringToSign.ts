import { createHash } from "node:crypto";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import type { Authorization } from "./Authorization";
import { createCanonicalRequest } from "./createCanonicalRequest";

/** The text that is signed for a request, whichever algorithm signs it. */
export function createStringToSign(
  algorithm: string,
  given: {
    readonly request: HttpRequest;
    readonly authorization: Authorization;
  },
): string {
  const { request, authorization } = given;
  const canonical = createCanonicalRequest(
    request,
    authorization.signedHeaders,
  );
  return [
    algorithm,
    getHeader(request, "x-amz-date") ?? "",
    `${authorization.date}/${authorization.region}/${authorization.service}/aws4_request`,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
}
