import type { Issue } from "../../errors";

/** Most bytes that Lambda takes, counted after base64. */
const MOST_BYTES = 3_583;

/** A client context as the header carries it: base64 of a JSON object, given as one or as its text. */
export function toClientContext(
  clientContext: unknown,
  issues: Issue[],
): string | undefined {
  if (clientContext === undefined) return undefined;
  const text = toJsonObjectText(clientContext);
  const encoded = text && Buffer.from(text).toString("base64");
  if (encoded && encoded.length <= MOST_BYTES) return encoded;
  issues.push({
    path: "clientContext",
    ...(encoded
      ? {
          rule: "size",
          message: `clientContext takes at most ${MOST_BYTES.toLocaleString("en")} bytes of base64, and has ${encoded.length.toLocaleString("en")}`,
        }
      : {
          rule: "json",
          message: "clientContext takes a JSON object, or its text",
        }),
  });
  return undefined;
}

/** The JSON text of an object that was given as one or as text; `undefined` where it is neither. */
export function toJsonObjectText(given: unknown): string | undefined {
  try {
    const text = typeof given === "string" ? given : JSON.stringify(given);
    const value: unknown = JSON.parse(text);
    const isObject =
      typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? text : undefined;
  } catch {
    return undefined;
  }
}
