import type { BuiltIn } from "./BuiltIn";
import { jsonEscape, xmlEscape } from "./escapes";

/** The functions, by name. */
export const FUNCTIONS: ReadonlyMap<string, BuiltIn> = new Map([
  ["xmlEscape", xmlEscape],
  ["jsonEscape", jsonEscape],
]);
