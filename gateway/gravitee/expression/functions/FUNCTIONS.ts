import type { BuiltIn } from "./BuiltIn";
import { jsonEscape, xmlEscape } from "./escapes";
import { jsonPath } from "./jsonPath";
import { xpath } from "./xpath";

/** The functions of the expression language, by name. */
export const FUNCTIONS: ReadonlyMap<string, BuiltIn> = new Map([
  ["jsonPath", jsonPath],
  ["xpath", xpath],
  ["xmlEscape", xmlEscape],
  ["jsonEscape", jsonEscape],
]);
