import { isObject, type Fields } from "../../route/Fields";
import { isReserved } from "../../http/headerRules";
import type { StepResponse } from "../../route/StepResponse";

/**
 * What a function answers in the shape that API Gateway takes, format 1.0 or 2.0, as a reply. An answer of another shape is sent as it
 * is, as format 2.0 does.
 *
 * @throws Error saying what of the shape is wrong.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html | AWS Lambda
 * proxy integrations}
 */
export function toProxyReply(answer: unknown): StepResponse {
  if (!isObject(answer) || !("statusCode" in answer))
    return {
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: textOf(answer),
    };
  const { statusCode, body, isBase64Encoded } = answer;
  const headers = headersOf(answer);
  const isTyped = Object.keys(headers).includes("content-type");
  return {
    status: statusOf(statusCode),
    headers: isTyped
      ? headers
      : { ...headers, "content-type": "application/json" },
    body: bodyOf(body, isBase64Encoded),
  };
}

function textOf(answer: unknown): string {
  if (typeof answer === "string") return answer;
  return answer === undefined ? "" : JSON.stringify(answer);
}

function statusOf(given: unknown): number {
  const isNumber =
    typeof given === "number" ||
    (typeof given === "string" && /^\d{3}$/.test(given));
  if (!isNumber) throw new Error("statusCode takes a number");
  return Number(given);
}

function bodyOf(body: unknown, isBase64Encoded: unknown): string | Uint8Array {
  if (body === undefined || body === null) return "";
  if (typeof body !== "string") throw new Error("body takes a text");
  if (isBase64Encoded !== true) return body;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body) || body.length % 4 !== 0)
    throw new Error("body is no Base64");
  return Buffer.from(body, "base64");
}

/** Names in lower case; values of `multiValueHeaders` before a single one that differs; cookies before both. */
function headersOf(answer: Fields): Record<string, string[]> {
  const headers: Record<string, string[]> = Object.create(null) as Record<
    string,
    string[]
  >;
  const add = (name: string, value: unknown): void => {
    if (typeof value !== "string" && typeof value !== "boolean")
      throw new Error(`the header ${JSON.stringify(name)} takes a text`);
    const key = name.toLowerCase();
    // What frames a message is written anew.
    if (isReserved(key)) return;
    const values = (headers[key] ??= []);
    if (!values.includes(String(value))) values.push(String(value));
  };
  for (const cookie of listAt(answer, "cookies")) add("set-cookie", cookie);
  const multiple = objectAt(answer, "multiValueHeaders");
  for (const name of Object.keys(multiple))
    for (const value of listAt(multiple, name)) add(name, value);
  for (const [name, value] of Object.entries(objectAt(answer, "headers")))
    add(name, value);
  return headers;
}

function objectAt(fields: Fields, name: string): Fields {
  const value = fields[name] ?? {};
  if (!isObject(value)) throw new Error(`${name} takes an object`);
  return value;
}

function listAt(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw new Error(`${name} takes a list`);
  return value;
}
