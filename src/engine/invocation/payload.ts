import { types } from "node:util";
import type { Issue } from "../../errors";

const MB = 1024 * 1024;

/**
 * Most bytes that Lambda takes, by invocation type
 * ({@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html | quotas}).
 */
export const PAYLOAD_LIMITS: Readonly<Record<string, number>> = {
  RequestResponse: 6 * MB,
  Event: MB,
  DryRun: 6 * MB,
};

/** The two ways of giving a payload, and what bounds it. */
export interface PayloadSource {
  readonly payload?: unknown;
  readonly payloadJson?: string;
  readonly invocationType?: string;
}

/**
 * The bytes to send: a `Uint8Array` as it is, JSON text as it is, any other value as `JSON.stringify` writes it.
 * `undefined` where there is nothing to send. What cannot be sent is noted in `issues`.
 */
export function toPayloadBytes(
  source: PayloadSource,
  issues: Issue[],
): Uint8Array | undefined {
  const { payload, payloadJson, invocationType = "RequestResponse" } = source;
  if (payload !== undefined && payloadJson) {
    const message = "payload and payloadJson cannot go together; give one";
    issues.push({ path: "payloadJson", rule: "conflict", message });
    return undefined;
  }
  const path = payloadJson ? "payloadJson" : "payload";
  const bytes = payloadJson
    ? checkedText(payloadJson, issues)
    : serialise(payload, issues);
  const most = PAYLOAD_LIMITS[invocationType] ?? 6 * MB;
  if (bytes && bytes.byteLength > most)
    issues.push({
      path,
      rule: "size",
      message: `${path} has ${bytes.byteLength.toLocaleString("en")} bytes, and Lambda takes at most ${most.toLocaleString("en")} for ${invocationType}; store it elsewhere and send a reference`,
    });
  return bytes;
}

function checkedText(text: string, issues: Issue[]): Uint8Array | undefined {
  try {
    JSON.parse(text);
    return Buffer.from(text);
  } catch {
    const message =
      "payloadJson takes JSON text; for a plain text, give it as payload";
    issues.push({ path: "payloadJson", rule: "json", message });
    return undefined;
  }
}

function serialise(payload: unknown, issues: Issue[]): Uint8Array | undefined {
  if (payload === undefined) return undefined;
  if (types.isUint8Array(payload)) return payload;
  let reason = notJson(payload);
  try {
    const text = reason === undefined ? stringify(payload) : undefined;
    if (text !== undefined) return Buffer.from(text);
    reason ??= "it is no JSON value";
  } catch (error) {
    reason = whyNot(error, payload);
  }
  const message = `payload cannot be written as JSON: ${reason}`;
  issues.push({ path: "payload", rule: "json", message });
  return undefined;
}

/** Its own type leaves out that a value may have no text. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/** Values that `JSON.stringify` would quietly turn into something else. */
function notJson(payload: unknown): string | undefined {
  if (ArrayBuffer.isView(payload) || types.isAnyArrayBuffer(payload))
    return "bytes are sent as a Uint8Array";
  if (types.isMap(payload)) return "a Map is no JSON value; use an object";
  if (types.isSet(payload)) return "a Set is no JSON value; use a list";
  if (types.isPromise(payload)) return "it is a promise; await it first";
  if (typeof payload === "number" && !Number.isFinite(payload))
    return "it is no finite number";
  return undefined;
}

function whyNot(error: unknown, payload: unknown): string {
  const bigInt = findBigInt(payload);
  if (bigInt !== undefined)
    return `${bigInt} is a BigInt; convert it to a number or a text`;
  if (error instanceof RangeError) return "it is nested too deep";
  if (error instanceof TypeError && error.message.includes("circular"))
    return "it contains itself";
  return "one of its getters or toJSON methods threw";
}

/** Where the first BigInt stands; looked for only when something went wrong. */
function findBigInt(payload: unknown): string | undefined {
  const seen = new Set<unknown>();
  const look = (value: unknown, path: string): string | undefined => {
    if (typeof value === "bigint") return path;
    if (typeof value !== "object" || value === null || seen.has(value))
      return undefined;
    seen.add(value);
    for (const [key, child] of Object.entries(value)) {
      const found = look(
        child,
        Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  };
  try {
    return look(payload, "payload");
  } catch {
    return undefined;
  }
}
