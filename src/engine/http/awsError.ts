import { isNonEmptyString } from "../text/isNonEmptyString";
import { JsonDepthError, parseJson } from "../text/parseJson";
import type { WireResponse } from "./transport";

/** What the AWS SDK keeps about a response, with the SDK's names. */
export interface ResponseMetadata {
  readonly httpStatusCode: number;
  readonly requestId?: string | undefined;
}

/** AWS rejected the request. Has the shape of the AWS SDK's errors. */
export class AwsError extends Error {
  readonly $fault: "client" | "server";
  readonly $metadata: ResponseMetadata;
  readonly $response: WireResponse;

  constructor(
    override readonly name: string,
    message: string,
    response: WireResponse,
  ) {
    super(message);
    this.$fault = response.statusCode < 500 ? "client" : "server";
    this.$metadata = toResponseMetadata(response);
    this.$response = response;
  }
}

/** A response body is not in AWS's format. */
export class UnreadableBodyError extends Error {
  override readonly name = "UnreadableBodyError";
  readonly $metadata: ResponseMetadata;

  constructor(response: Omit<WireResponse, "body">, cause: unknown) {
    super(describeUnreadableBody(cause), { cause });
    this.$metadata = toResponseMetadata(response);
  }
}

function describeUnreadableBody(cause: unknown): string {
  if (cause instanceof JsonDepthError) return `the body is ${cause.message}`;
  return cause === undefined || cause instanceof SyntaxError
    ? "the body is not JSON"
    : "the body is not in AWS's format";
}

/** Returns the status and the request ID of a response. */
export function toResponseMetadata({
  statusCode,
  headers,
}: Omit<WireResponse, "body">): ResponseMetadata {
  const requestId =
    headers["x-amzn-requestid"] ??
    headers["x-amzn-request-id"] ??
    headers["x-amz-request-id"];
  return { httpStatusCode: statusCode, requestId };
}

/** Replaces the request ID of a response. */
export function withRequestId<Response extends Omit<WireResponse, "body">>(
  response: Response,
  requestId: string,
): Response {
  // The first header that is read.
  const headers = { ...response.headers, "x-amzn-requestid": requestId };
  return { ...response, headers };
}

/**
 * Parses a JSON body. An empty body is an empty object.
 *
 * @throws {@link UnreadableBodyError} if the body is not JSON, or is nested too deeply.
 */
export function parseJsonBody(response: WireResponse): unknown {
  if (response.body.byteLength === 0) return {};
  const { buffer, byteOffset, byteLength } = response.body;
  const json = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  try {
    return parseJson(json);
  } catch (cause) {
    throw new UnreadableBodyError(response, cause);
  }
}

/**
 * Parses a JSON body that can contain a secret: nothing of it is in the error.
 *
 * @throws {@link UnreadableBodyError} if the body is not JSON, or is nested too deeply.
 */
export function parseSecretJsonBody({ body, ...head }: WireResponse): unknown {
  const { buffer, byteOffset, byteLength } = body;
  const json = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  try {
    return parseJson(json);
  } catch (error) {
    // Node's message for invalid JSON quotes the body.
    const cause = error instanceof JsonDepthError ? error : undefined;
    throw new UnreadableBodyError(head, cause);
  }
}

/**
 * Converts an error response of the restJson1 protocol. The error code is in a header or in the body; the message field has
 * two spellings.
 *
 * Source: {@link https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html | AWS restJson1 protocol}.
 *
 * @throws {@link UnreadableBodyError} if the body is not JSON.
 */
export function toAwsError(response: WireResponse): AwsError {
  const body = parseErrorBody(response);
  return createJsonError(
    [response.headers["x-amzn-errortype"], findCode(body), body.__type],
    body,
    response,
  );
}

/**
 * Converts an error response of the awsJson1_1 protocol, which differs in where the error code is looked for first.
 *
 * Source: {@link https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html | AWS JSON 1.1 protocol}.
 *
 * @throws {@link UnreadableBodyError} if the body is not JSON.
 */
export function toJsonRpcError(response: WireResponse): AwsError {
  const body = parseErrorBody(response);
  return createJsonError(
    [body.__type, findCode(body), response.headers["x-amzn-errortype"]],
    body,
    response,
  );
}

function parseErrorBody(response: WireResponse): ErrorBody {
  const json = parseJsonBody(response);
  return typeof json === "object" ? (json ?? {}) : {};
}

function createJsonError(
  codes: readonly unknown[],
  body: ErrorBody,
  response: WireResponse,
): AwsError {
  const code = codes.find(isCode);
  const message = [body.message, body.Message].find(isNonEmptyString);
  return new AwsError(
    code === undefined ? "Unknown" : toShortCode(String(code)),
    message ?? "UnknownError",
    response,
  );
}

interface ErrorBody {
  readonly __type?: unknown;
  readonly message?: unknown;
  readonly Message?: unknown;
}

/** Returns the field `code`; services differ in its upper and lower case. */
function findCode(body: ErrorBody): unknown {
  const name = Object.keys(body).find((key) => key.toLowerCase() === "code");
  return (body as Record<string, unknown>)[name ?? "code"];
}

function isCode(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Removes the namespace before a code, and a URL or further codes after it. */
function toShortCode(code: string): string {
  const [first = ""] = code.split(/[,:]/);
  return first.split("#")[1] ?? first;
}

/** Something other than AWS, such as a captive portal, responded with a success status and an HTML page. */
export class HtmlPageError extends Error {
  override readonly name = "HtmlPageError";

  constructor(readonly statusCode: number) {
    super(`HTTP status ${statusCode} with an HTML page`);
  }
}

/** Whether a successful response is an HTML page from a captive portal or a proxy instead of AWS's response. */
export function isHtmlPage({ statusCode, headers }: WireResponse): boolean {
  return (
    statusCode < 300 &&
    headers["content-type"]?.startsWith("text/html") === true &&
    headers["x-amzn-requestid"] === undefined
  );
}
