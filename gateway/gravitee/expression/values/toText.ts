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

/** Maximum nesting depth of lists and maps that are converted. */
export const DEEPEST = 100;

/** Converts a value to a string as Spring does. The values of a list are joined by commas; a map cannot be converted. */
export function toText(value: Value, meter: Meter): string | null {
  if (typeof value === "string") return value;
  if (value === null) return null;
  return convert(value, { meter, depth: 0 });
}

/** The state of a conversion. */
interface Printing {
  readonly meter: Meter;
  readonly depth: number;
}

function convert(value: Value, printing: Printing): string {
  const scalar = textOfScalar(value);
  if (scalar !== undefined) return scalar;
  if (value instanceof Uint8Array)
    return fail("a byte array cannot be converted to a string");
  if (!Array.isArray(value))
    return fail(
      `${nameOf(value)} cannot be converted to a string; read one of its properties, or write '' + before it`,
    );
  const parts = within(printing, (next) =>
    eachOf(value as unknown[], printing.meter, (item) => convert(item, next)),
  );
  return joined(parts, { meter: printing.meter, separator: "," });
}

/** Formats a value like Java's `toString`: `{k=[1, 2]}`. */
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
    return `[${joined(parts, { meter, separator: ", " })}]`;
  }
  if (kindOf(value) !== "map")
    return fail(`${nameOf(value)} cannot be converted to a string`);
  const map = value as Dictionary;
  const parts = within(printing, (next) =>
    keysOf(map, meter).map(
      (key) => `${print(key, next)}=${print(readKey(map, key), next)}`,
    ),
  );
  return `{${joined(parts, { meter, separator: ", " })}}`;
}

/** Converts a scalar value to a string. Returns undefined for any other value. */
function textOfScalar(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (isNumeric(value)) return textOfNumber(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof JavaObject) return value.toString();
  if (value instanceof Bean) return undefined;
  return value instanceof Date ? textOfDate(value) : undefined;
}

/** Formats a date like Java's `Date.toString`, in UTC. */
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
    fail(`lists and maps are nested more than ${DEEPEST} levels deep`);
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

/** Joins strings. */
export function joined(
  parts: readonly string[],
  { meter, separator }: { meter: Meter; separator: string },
): string {
  let length = 0;
  for (const part of parts) length += part.length + separator.length;
  meter.takeText(length);
  return parts.join(separator);
}
