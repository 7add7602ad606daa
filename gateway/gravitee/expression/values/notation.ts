import { fail } from "../errors/Fault";
import { mapChunks } from "../metering/mapChunks";
import type { Meter } from "../metering/Meter";
import { isNumeric, textOfNumber } from "./numbers";

/** Maximum depth of a list that is written as JSON. */
const DEEPEST = 100;

/** The lists that come from a JSON document. They are converted to strings as JSON. */
const fromJson = new WeakSet<readonly unknown[]>();

/** Marks the lists in a value as coming from a JSON document. */
export function markLists(value: unknown, meter: Meter): void {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== "object" || next === null || isNumeric(next)) continue;
    meter.step();
    if (Array.isArray(next)) {
      if (fromJson.has(next)) continue;
      fromJson.add(next);
    }
    for (const inner of Object.values(next)) pending.push(inner);
  }
}

/** Whether a list comes from a JSON document. */
export function isFromJson(list: readonly unknown[]): boolean {
  return fromJson.has(list);
}

/** Writes a list as JSON without whitespace. */
export function jsonNotation(list: readonly unknown[], meter: Meter): string {
  const text = write(list, { meter, depth: 0 });
  meter.takeText(text.length);
  return text;
}

function write(value: unknown, at: { meter: Meter; depth: number }): string {
  at.meter.step();
  if (isNumeric(value)) return textOfNumber(value);
  if (typeof value === "string") return `"${escapeJson(value, at.meter)}"`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (at.depth >= DEEPEST)
    return fail(`lists and maps are nested more than ${DEEPEST} levels deep`);
  const next = { meter: at.meter, depth: at.depth + 1 };
  if (Array.isArray(value))
    return `[${value.map((item) => write(item, next)).join(",")}]`;
  const members = Object.entries(value).map(
    ([name, member]) =>
      `"${escapeJson(name, at.meter)}":${write(member, next)}`,
  );
  return `{${members.join(",")}}`;
}

/** Steps of escaping a character. */
const ESCAPING = 4;

/** Escapes a string for use inside a JSON string. */
export function escapeJson(text: string, meter: Meter): string {
  return mapChunks(text, { perCharacter: ESCAPING, meter }, (chunk) =>
    JSON.stringify(chunk).slice(1, -1),
  );
}
