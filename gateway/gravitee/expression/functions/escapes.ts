import { mapChunks } from "../metering/mapChunks";
import type { Meter } from "../metering/Meter";
import { elementsOf } from "../values/elements";
import { joined, toJavaText, toText } from "../values/toText";
import type { Value } from "../values/Value";
import type { BuiltIn } from "./BuiltIn";

/** Steps per character. Most characters are copied; those that are escaped are counted by the length of the result. */
const PER_CHARACTER = 8;

/** `#xmlEscape(x)` escapes a value for use in XML. */
export const xmlEscape: BuiltIn = {
  least: 1,
  most: 1,
  usage: "#xmlEscape(value)",
  prepare:
    () =>
    ([value = null], { meter }) => {
      const text = toPlain(value, meter);
      if (text === null) return null;
      return mapChunks(text, { perCharacter: PER_CHARACTER, meter }, (chunk) =>
        chunk.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? each),
      );
    },
};

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** `#jsonEscape(x)` escapes a value for use in a JSON string. The result is ASCII. */
export const jsonEscape: BuiltIn = {
  least: 1,
  most: 1,
  usage: "#jsonEscape(value)",
  prepare:
    () =>
    ([value = null], { meter }) => {
      const text = toPlain(value, meter);
      if (text === null) return null;
      return mapChunks(text, { perCharacter: PER_CHARACTER, meter }, (chunk) =>
        JSON.stringify(chunk)
          .slice(1, -1)
          .replace(/[^ -.0-~]/g, toEscape),
      );
    },
};

function toEscape(each: string): string {
  if (each === "/") return "\\/";
  const code = each.charCodeAt(0).toString(16).toUpperCase();
  return `\\u${code.padStart(4, "0")}`;
}

/** The string to escape. The values of a list are joined by spaces. */
function toPlain(value: Value, meter: Meter): string | null {
  if (!Array.isArray(value)) return toText(value, meter);
  const parts = elementsOf(value, meter).map((item) => toJavaText(item, meter));
  return joined(parts, { meter, separator: " " });
}
