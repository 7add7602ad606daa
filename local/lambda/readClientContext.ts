import { getHeader, type HttpRequest } from "../http/HttpRequest";
import { createLambdaError } from "../protocol/createLambdaError";

const LIMIT_BYTES = 3583;

/** Reads the client context of a synchronous invocation. Returns undefined if there is none. */
export function readClientContext(
  request: HttpRequest,
  invocationType: string,
): unknown {
  const header = getHeader(request, "x-amz-client-context");
  if (header === undefined || header === "" || invocationType === "Event")
    return undefined;
  if (header.length > LIMIT_BYTES)
    throw createLambdaError(
      "InvalidRequestContentException",
      `Client context must be at most ${LIMIT_BYTES} bytes.`,
    );
  const context = parse(Buffer.from(header, "base64").toString("utf8"));
  if (typeof context === "object" && context !== null) return context;
  throw createLambdaError(
    "InvalidRequestContentException",
    "Client context must be a valid Base64-encoded JSON object.",
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
