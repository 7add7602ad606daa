import type { IncomingMessage } from "node:http";
import type { HttpRequest } from "../http/HttpRequest";
import { getHeader } from "../http/HttpRequest";
import { readBody, readHead, type RequestHead } from "../http/readRequest";
import {
  findTimeProblem,
  parseAuthorization,
  parseSigningTime,
} from "../signature";
import type { Cloud } from "../state/Cloud";

/** Maximum size of a body; no operation accepts more. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Maximum size of the body of a request that will certainly be rejected. STS names its operation in
 * the body, and the journal contains it.
 */
const REJECTED_BODY_LIMIT_BYTES = 64 * 1024;

/**
 * Receives a request. The body of a request that is not signed, or not with known credentials, is
 * not read if it is large. Returns undefined if the body is larger than any operation accepts.
 */
export async function receiveRequest(
  cloud: Cloud,
  message: IncomingMessage,
): Promise<HttpRequest | undefined> {
  const head = readHead(message);
  const isPlausible = isPlausiblySigned(head, cloud);
  const body = await readBody(
    message,
    isPlausible ? BODY_LIMIT_BYTES : REJECTED_BODY_LIMIT_BYTES,
  );
  if (body) return { ...head, body };
  return isPlausible
    ? undefined
    : { ...head, body: Buffer.alloc(0), isUnread: true };
}

/** Whether the headers can belong to a valid signature. If not, authentication fails for any body. */
function isPlausiblySigned(
  head: RequestHead,
  { credentials, settings }: Cloud,
): boolean {
  const request = { ...head, body: Buffer.alloc(0) };
  const header = getHeader(request, "authorization") ?? "";
  const signedAt = parseSigningTime(getHeader(request, "x-amz-date") ?? "");
  if (
    signedAt === undefined ||
    findTimeProblem(signedAt, settings.clock()) !== undefined
  )
    return false;
  if (header.startsWith("AWS4-X509-"))
    return getHeader(request, "x-amz-x509") !== undefined;
  const authorization = parseAuthorization(header);
  return (
    "accessKeyId" in authorization &&
    credentials.find(authorization.accessKeyId) !== undefined
  );
}
