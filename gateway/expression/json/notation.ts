import type { Meter } from "../Meter";

/** Lists that came out of a JSON document: they print themselves as JSON. */
const fromJson = new WeakSet<readonly unknown[]>();

/** Marks the lists in a value of a JSON document. */
export function markLists(value: unknown, meter: Meter): void {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    meter.step();
    if (Array.isArray(next)) fromJson.add(next);
    for (const inner of Object.values(next)) open.push(inner);
  }
}

/** Whether a list came out of a JSON document. */
export function isFromJson(list: readonly unknown[]): boolean {
  return fromJson.has(list);
}

/** As JSON, without blanks. */
export function jsonNotation(list: readonly unknown[], meter: Meter): string {
  const text = JSON.stringify(list);
  meter.takeText(text.length);
  return text;
}
