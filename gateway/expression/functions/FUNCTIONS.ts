import type { BuiltIn } from "./BuiltIn";
import { jsonEscape, xmlEscape } from "./escapes";
import { jsonPath } from "./jsonPath";

/** The functions, by name. */
export const FUNCTIONS: ReadonlyMap<string, BuiltIn> = new Map([
  ["jsonPath", jsonPath],
  ["xmlEscape", xmlEscape],
  ["jsonEscape", jsonEscape],
]);
