import type { WireResponse } from "./transport";

/** What the AWS SDK keeps about an answer, under its own names. */
export interface Metadata {
  readonly httpStatusCode: number;
  readonly requestId?: string | undefined;
}

/** AWS answered, and refused; of the same shape as the AWS SDK's own errors. */
export class AwsError extends Error {
  readonly $fault: "client" | "server";
  readonly $metadata: Metadata;
  readonly $response: WireResponse;

  constructor(
    override readonly name: string,
    message: string,
    response: WireResponse,
  ) {
    super(message);
    this.$fault = response.statusCode < 500 ? "client" : "server";
    this.$metadata = metadataOf(response);
    this.$response = response;
  }
}

/** An answer that is not in AWS's format. */
export class UnreadableBodyError extends Error {
  override readonly name = "Unreadable";
  readonly $metadata: Metadata;

  constructor(response: WireResponse, cause: unknown) {
    super("the body is not JSON", { cause });
    this.$metadata = metadataOf(response);
  }
}

/** Status and request id of an answer. */
export function metadataOf({
  statusCode,
  headers,
}: Omit<WireResponse, "body">): Metadata {
  const requestId =
    headers["x-amzn-requestid"] ??
    headers["x-amzn-request-id"] ??
    headers["x-amz-request-id"];
  return { httpStatusCode: statusCode, requestId };
}

/**
 * The JSON of a body; an empty one is an empty object.
 *
 * @throws {@link Unreadable} where it is none.
 */
export function readJsonBody(response: WireResponse): unknown {
  if (response.body.byteLength === 0) return {};
  const { buffer, byteOffset, byteLength } = response.body;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableBodyError(response, cause);
  }
}

/**
 * What an answer of restJson1 refuses: the code stands in the header, else in the body; the message has two spellings.
 *
 * @throws {@link Unreadable} where it is not in AWS's format.
 */
export function toAwsError(response: WireResponse): AwsError {
  const body = readJsonBody(response);
  const told = (typeof body === "object" ? (body ?? {}) : {}) as Told;
  const places = [
    response.headers["x-amzn-errortype"],
    codeIn(told),
    told.__type,
  ];
  const spelling = places.find(isSpelling);
  const words = [told.message, told.Message].find(isWords);
  return new AwsError(
    spelling === undefined ? "Unknown" : plainCode(String(spelling)),
    words ?? "UnknownError",
    response,
  );
}

interface Told {
  readonly __type?: unknown;
  readonly message?: unknown;
  readonly Message?: unknown;
}

/** Services write the member's name in any case. */
function codeIn(told: Told): unknown {
  const name = Object.keys(told).find((key) => key.toLowerCase() === "code");
  return (told as Record<string, unknown>)[name ?? "code"];
}

function isSpelling(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function isWords(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** A code may be followed by a list or a link, and led by a namespace. */
function plainCode(spelling: string): string {
  const [first = ""] = spelling.split(/[,:]/);
  return first.split("#")[1] ?? first;
}

/** Somebody between here and AWS answered, and said that all was well. */
export class NotAwsError extends Error {
  override readonly name = "NotAwsError";

  constructor(readonly statusCode: number) {
    super(`HTTP status ${statusCode} with a page`);
  }
}

/** A page that a portal or a proxy shows in place of AWS's answer. */
export function isHtmlPage({ statusCode, headers }: WireResponse): boolean {
  return (
    statusCode < 300 &&
    headers["content-type"]?.startsWith("text/html") === true &&
    headers["x-amzn-requestid"] === undefined
  );
}
