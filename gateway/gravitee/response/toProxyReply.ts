import { isReservedHeader } from "../../http/headerRules";
import { isObject, type JsonObject } from "../../../src/internal";
import type { StepResponse } from "../../route/verdict/StepResponse";

/**
 * Translates a payload in the format of API Gateway's Lambda proxy integration, version 1.0 or 2.0. A payload without `statusCode` is
 * sent as it is, with status 200, as in version 2.0.
 *
 * @throws Error naming the member that is not valid.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html | AWS Lambda
 * proxy integrations}
 */
export function toProxyReply(payload: unknown): StepResponse {
  if (!isObject(payload) || !("statusCode" in payload))
    return {
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: toJson(payload),
    };
  const { statusCode, body, isBase64Encoded } = payload;
  const headers = readHeaders(payload);
  const hasType = Object.keys(headers).includes("content-type");
  return {
    status: readStatus(statusCode),
    headers: hasType
      ? headers
      : { ...headers, "content-type": "application/json" },
    body: readBody(body, isBase64Encoded),
  };
}

function toJson(payload: unknown): string {
  if (typeof payload === "string") return payload;
  return payload === undefined ? "" : JSON.stringify(payload);
}

function readStatus(statusCode: unknown): number {
  const isNumber =
    typeof statusCode === "number" ||
    (typeof statusCode === "string" && /^\d{3}$/.test(statusCode));
  if (!isNumber) throw new Error("statusCode must be a number");
  return Number(statusCode);
}

function readBody(
  body: unknown,
  isBase64Encoded: unknown,
): string | Uint8Array {
  if (body === undefined || body === null) return "";
  if (typeof body !== "string") throw new Error("body must be a string");
  if (isBase64Encoded !== true) return body;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body) || body.length % 4 !== 0)
    throw new Error("body must be valid Base64");
  return Buffer.from(body, "base64");
}

/** Whether a JSON value is sent as a header, as API Gateway does. */
const isScalar = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);

/** Names are in lower case. Cookies come first, then `multiValueHeaders`, then `headers`; equal values are sent once. */
function readHeaders(payload: JsonObject): Record<string, string[]> {
  // Sets, because a function may return very many values.
  const headers = new Map<string, Set<string>>();
  const add = (name: string, value: unknown): void => {
    if (!isScalar(value))
      throw new Error(
        `the header ${JSON.stringify(name)} must be a string, a number or a boolean`,
      );
    const key = name.toLowerCase();
    // The server writes the headers that frame a message itself.
    if (isReservedHeader(key)) return;
    const values = headers.get(key) ?? new Set();
    headers.set(key, values.add(String(value)));
  };
  for (const cookie of readArray(payload, "cookies")) add("set-cookie", cookie);
  const multiple = readObject(payload, "multiValueHeaders");
  for (const name of Object.keys(multiple))
    for (const value of readArray(multiple, name)) add(name, value);
  for (const [name, value] of Object.entries(readObject(payload, "headers")))
    add(name, value);
  return Object.fromEntries(
    [...headers].map(([name, values]) => [name, [...values]]),
  );
}

function readObject(fields: JsonObject, name: string): JsonObject {
  const value = fields[name] ?? {};
  if (!isObject(value)) throw new Error(`${name} must be an object`);
  return value;
}

function readArray(fields: JsonObject, name: string): readonly unknown[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw new Error(`${name} must be an array`);
  return value;
}
