import { createHash } from "node:crypto";
import { getHeader, type HttpRequest } from "../http/HttpRequest";
import type { Authorization } from "./Authorization";
import { createCanonicalRequest } from "./createCanonicalRequest";

/** Creates the string to sign of Signature Version 4, for any algorithm. */
export function createStringToSign(
  algorithm: string,
  signed: {
    readonly request: HttpRequest;
    readonly authorization: Authorization;
  },
): string {
  const { request, authorization } = signed;
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
