import { parseJson } from "./parseJson";

/** Converts an object to JSON, or checks a JSON string. Returns `undefined` if the result is not a JSON object. */
export function toJsonObjectString(input: unknown): string | undefined {
  try {
    const json = typeof input === "string" ? input : JSON.stringify(input);
    const value = parseJson(json);
    const isObject =
      typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? json : undefined;
  } catch {
    return undefined;
  }
}
