import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "./admit";
import { Bean } from "./Bean";
import { readKey, keysOf } from "./dictionaries";
import { JavaObject } from "./JavaObject";
import { kindOf, nameOf } from "./kindOf";
import { isNumeric, textOfNumber } from "./numbers";
import { isFromJson, jsonNotation } from "./notation";
import type { Dictionary, Value } from "./Value";

/** How deep lists and maps may stand in one another where they are printed. */
export const DEEPEST = 100;

/** A value as Spring converts it to a String: the values of a list with commas between; a map has no conversion. */
export function toText(value: Value, meter: Meter): string | null {
  if (typeof value === "string") return value;
  if (value === null) return null;
  return convert(value, { meter, depth: 0 });
}

/** Where printing is. */
interface Printing {
  readonly meter: Meter;
  readonly depth: number;
}

function convert(value: Value, printing: Printing): string {
  const scalar = textOfScalar(value);
  if (scalar !== undefined) return scalar;
  if (value instanceof Uint8Array) return fail("bytes do not convert to text");
  if (!Array.isArray(value))
    return fail(
      `${nameOf(value)} does not convert to text: read a part of it, or put '' + before it`,
    );
  const parts = within(printing, (next) =>
    eachOf(value as unknown[], printing.meter, (item) => convert(item, next)),
  );
  return joined(parts, { meter: printing.meter, comma: "," });
}

/** A value as Java's `toString` prints it: `{k=[1, 2]}`. */
export function toJavaText(value: Value, meter: Meter): string {
  return print(value, { meter, depth: 0 });
}

function print(value: Value, printing: Printing): string {
  const scalar = textOfScalar(value);
  if (scalar !== undefined) return scalar;
  const { meter } = printing;
  if (Array.isArray(value)) {
    const list = value as unknown[];
    if (isFromJson(list)) return jsonNotation(list, meter);
    const parts = within(printing, (next) =>
      eachOf(list, meter, (item) => print(item, next)),
    );
    return `[${joined(parts, { meter, comma: ", " })}]`;
  }
  if (kindOf(value) !== "map") return fail(`${nameOf(value)} has no text`);
  const map = value as Dictionary;
  const parts = within(printing, (next) =>
    keysOf(map, meter).map(
      (key) => `${print(key, next)}=${print(readKey(map, key), next)}`,
    ),
  );
  return `{${joined(parts, { meter, comma: ", " })}}`;
}

/** The text of what holds nothing else. Absent: it does. */
function textOfScalar(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (isNumeric(value)) return textOfNumber(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof JavaObject) return value.toString();
  if (value instanceof Bean) return undefined;
  return value instanceof Date ? textOfDate(value) : undefined;
}

/** As Java's Date prints itself, in UTC. */
function textOfDate(date: Date): string {
  const [, day = "", month = "", year = "", time = ""] =
    /^\w+, (\d+) (\w+) (-?\d+) (\S+)/.exec(date.toUTCString()) ?? [];
  return `${date.toUTCString().slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}

function within<Result>(
  { meter, depth }: Printing,
  run: (next: Printing) => Result,
): Result {
  if (depth >= DEEPEST)
    fail(`lists and maps stand in one another more than ${DEEPEST} deep`);
  return run({ meter, depth: depth + 1 });
}

function eachOf(
  list: readonly unknown[],
  meter: Meter,
  toPart: (item: Value) => string,
): string[] {
  const parts: string[] = [];
  for (let at = 0; at < list.length; at++) {
    meter.step();
    parts.push(toPart(admit(ownValue(list, at))));
  }
  return parts;
}

function joined(
  parts: readonly string[],
  { meter, comma }: { meter: Meter; comma: string },
): string {
  let length = 0;
  for (const part of parts) length += part.length + comma.length;
  meter.takeText(length);
  return parts.join(comma);
}
