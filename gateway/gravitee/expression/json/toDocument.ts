import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { keysOf, readKey } from "../values/dictionaries";
import { elementsOf } from "../values/elements";
import { kindOf, nameOf } from "../values/kindOf";
import { isNumeric, toDouble } from "../values/numbers";
import { DEEPEST, toText } from "../values/toText";
import type { Dictionary, Value } from "../values/Value";
import type { JsonDocument } from "./JsonDocument";

/**
 * Converts lists and maps to a JSON document. They are copied, so that no path can reach other objects of the application.
 */
export function toDocument(value: Value, meter: Meter): JsonDocument {
  const copy = { meter, depth: 0 };
  return {
    plain: copied(value, { ...copy, toNumber: toDouble }),
    exact: copied(value, { ...copy, toNumber: (number) => number }),
  };
}

interface Copying {
  readonly meter: Meter;
  readonly depth: number;
  readonly toNumber: (number: Parameters<typeof toDouble>[0]) => unknown;
}

function copied(value: Value, copying: Copying): unknown {
  const { meter, depth, toNumber } = copying;
  if (value === null || typeof value === "string" || typeof value === "boolean")
    return value;
  if (isNumeric(value)) return toNumber(value);
  if (depth >= DEEPEST)
    return fail(`lists and maps are nested more than ${DEEPEST} levels deep`);
  const next = { ...copying, depth: depth + 1 };
  meter.step();
  meter.take(32);
  if (Array.isArray(value))
    return elementsOf(value, meter).map((item) => copied(item, next));
  if (kindOf(value) !== "map")
    return fail(`${nameOf(value)} cannot be converted to JSON`);
  const map = value as Dictionary;
  const object: Record<string, unknown> = {};
  for (const key of keysOf(map, meter))
    Object.defineProperty(object, toText(key, meter) ?? "null", {
      value: copied(readKey(map, key), next),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return object;
}
