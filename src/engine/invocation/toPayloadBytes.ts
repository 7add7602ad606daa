import { types } from "node:util";
import type { Issue } from "../../errors";
import { JsonDepthError, MAX_JSON_DEPTH, parseJson } from "../text/parseJson";
import { formatNumber } from "../text/formatNumber";

const MB = 1024 * 1024;

/**
 * Lambda's size limits of a payload in bytes, by invocation type.
 *
 * Source: {@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html | Lambda quotas}.
 */
export const MAX_PAYLOAD_BYTES: Readonly<Record<string, number>> = {
  RequestResponse: 6 * MB,
  Event: MB,
  DryRun: 6 * MB,
};

/** The two fields that can contain the payload, and the field that determines its size limit. */
export interface PayloadSource {
  readonly payload?: unknown;
  readonly payloadJson?: string;
  readonly invocationType?: string;
}

/**
 * Returns the bytes to send: a `Uint8Array` and a JSON string unchanged, any other value serialized with `JSON.stringify`.
 * Returns `undefined` if there is no payload. Adds an issue if the payload is invalid.
 */
export function toPayloadBytes(
  source: PayloadSource,
  issues: Issue[],
): Uint8Array | undefined {
  const { payload, payloadJson, invocationType = "RequestResponse" } = source;
  if (payload !== undefined && payloadJson) {
    const message =
      "payloadJson cannot be combined with payload; omit one of them";
    issues.push({ path: "payloadJson", rule: "conflict", message });
    return undefined;
  }
  const path = payloadJson ? "payloadJson" : "payload";
  const bytes = payloadJson
    ? encodeJsonString(payloadJson, issues)
    : serialize(payload, issues);
  const maxBytes = MAX_PAYLOAD_BYTES[invocationType] ?? 6 * MB;
  if (bytes && bytes.byteLength > maxBytes)
    issues.push({
      path,
      rule: "size",
      message: `${path} must have at most ${formatNumber(maxBytes)} bytes for ${invocationType}, but has ${formatNumber(bytes.byteLength)}; store it elsewhere and send a reference`,
    });
  return bytes;
}

function encodeJsonString(
  json: string,
  issues: Issue[],
): Uint8Array | undefined {
  try {
    parseJson(json);
    return Buffer.from(json);
  } catch (error) {
    issues.push({
      path: "payloadJson",
      ...(error instanceof JsonDepthError
        ? {
            rule: "depth",
            message: `payloadJson must be nested at most ${MAX_JSON_DEPTH} levels deep; send it as bytes in payload`,
          }
        : {
            rule: "json",
            message:
              "payloadJson must be a JSON string; use payload to send any other string",
          }),
    });
    return undefined;
  }
}

function serialize(payload: unknown, issues: Issue[]): Uint8Array | undefined {
  if (payload === undefined) return undefined;
  if (types.isUint8Array(payload)) return payload;
  let problem = findUnsupportedType(payload);
  try {
    const json = problem === undefined ? stringify(payload) : undefined;
    if (json !== undefined) return Buffer.from(json);
    problem ??= "it is not a JSON value";
  } catch (error) {
    problem = describeError(error, payload);
  }
  const message = `payload cannot be serialized as JSON because ${problem}`;
  issues.push({ path: "payload", rule: "json", message });
  return undefined;
}

/** TypeScript's declaration omits that the result can be `undefined`. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/** Describes values that `JSON.stringify` would silently convert to something else. */
function findUnsupportedType(payload: unknown): string | undefined {
  if (ArrayBuffer.isView(payload) || types.isAnyArrayBuffer(payload))
    return "binary data must be a Uint8Array";
  if (types.isMap(payload)) return "a Map is not a JSON value; use an object";
  if (types.isSet(payload)) return "a Set is not a JSON value; use an array";
  if (types.isPromise(payload)) return "it is a promise; await it first";
  if (typeof payload === "number" && !Number.isFinite(payload))
    return "it is not a finite number";
  return undefined;
}

function describeError(error: unknown, payload: unknown): string {
  const path = findBigInt(payload);
  if (path !== undefined)
    return `${path} is a BigInt; convert it to a number or a string`;
  if (error instanceof RangeError) return "it is nested too deeply";
  if (error instanceof TypeError && error.message.includes("circular"))
    return "it contains a circular reference";
  return "one of its getters or toJSON methods threw an error";
}

/** Returns the path of the first BigInt. Called only after serialization has failed. */
function findBigInt(payload: unknown): string | undefined {
  const visited = new Set<unknown>();
  const search = (value: unknown, path: string): string | undefined => {
    if (typeof value === "bigint") return path;
    if (typeof value !== "object" || value === null || visited.has(value))
      return undefined;
    visited.add(value);
    for (const [key, child] of Object.entries(value)) {
      const found = search(
        child,
        Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  };
  try {
    return search(payload, "payload");
  } catch {
    return undefined;
  }
}
