import type { InvokeFunctionResponse } from "../../../domain";
import { JsonDepthError, JsonSizeError, parseJson } from "../text/parseJson";

/**
 * Maximum number of commas and colons in a response that the package itself interprets. `JSON.parse` needs at most 50 ms for that
 * many, which it needs if they separate objects with different names.
 */
export const MAX_INTERPRETED_VALUES = 100_000;

/**
 * Parses a function's response for use inside the package, without blocking the event loop for long. `payload` has no such limit: it is
 * parsed only if the caller reads it.
 *
 * @returns `undefined` if the response is empty.
 * @throws Error naming the limit that the response exceeds, or that it is not JSON.
 */
export function interpretPayload({
  payloadText,
}: Pick<InvokeFunctionResponse, "payloadText">): unknown {
  if (payloadText === "") return undefined;
  try {
    return parseJson(payloadText, { maxValues: MAX_INTERPRETED_VALUES });
  } catch (cause) {
    throw new Error(`the function's response ${describe(cause)}`, { cause });
  }
}

function describe(cause: unknown): string {
  if (cause instanceof JsonSizeError) return `has ${cause.message}`;
  return cause instanceof JsonDepthError
    ? `is ${cause.message}`
    : "is not JSON";
}
