import type { FilterFunction } from "json-p3";
import { parseJson } from "../../../../src/internal";
import type { Meter } from "../metering/Meter";
import { getJsonPath } from "../libraries/peers";
import { indexIn } from "../metering/search";
import { toPattern } from "../text/Pattern";
import { sizeOf } from "../values/sizeOf";
import { aggregate } from "./aggregate";

/** Returns the meter of the current evaluation. */
export type MeterNow = () => Meter;

type Call = (args: readonly unknown[], meter: Meter) => unknown;

/**
 * The functions that replace the filter operators of Jayway JsonPath, and the two functions of RFC 9535 that have a regular
 * expression as argument.
 */
export function filterFunctions(
  meterNow: MeterNow,
): ReadonlyMap<string, FilterFunction> {
  const { FunctionExpressionType: Type } = getJsonPath();
  const make = (
    returnType: FilterFunction["returnType"],
    args: number,
    call: Call,
  ): FilterFunction => ({
    argTypes: Array.from({ length: args }, () => Type.ValueType),
    returnType,
    call: (...given) => call(given, meterNow()),
  });
  const is = (call: Call): FilterFunction => make(Type.LogicalType, 2, call);
  const of = (name: string): FilterFunction =>
    make(Type.ValueType, 1, ([list], meter) =>
      Array.isArray(list) ? aggregate(name, list, meter) : undefined,
    );
  return new Map([
    ["match", is(matches)],
    ["search", is(search)],
    ["jayway_matches", is(matches)],
    ["jayway_in", is(([value, list]) => hasItem(listOf(list), value))],
    ["jayway_subset", is(([inner, list]) => isSubset(inner, listOf(list)))],
    ["jayway_any", is(([inner, list]) => isAny(inner, listOf(list)))],
    ["jayway_size", is(([value, size]) => lengthOf(value) === size)],
    ["jayway_empty", is(([value, is]) => (lengthOf(value) === 0) === is)],
    ["jayway_contains", is(contains)],
    ...["min", "max", "sum", "avg"].map(
      (name) => [`jayway_${name}`, of(name)] as const,
    ),
  ]);
}

const matches: Call = ([text, pattern], meter) =>
  isText(text) &&
  isText(pattern) &&
  toPattern(pattern, meter).matches(text, meter);

const search: Call = ([text, pattern], meter) =>
  isText(text) &&
  isText(pattern) &&
  toPattern(pattern, meter).find(text, meter).next().done !== true;

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** The items of a list: a list in the document, or a list literal of the path, which is passed as JSON. */
function listOf(list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return list;
  if (!isText(list)) return [];
  try {
    const parsed: unknown = parseJson(list);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function hasItem(list: readonly unknown[], value: unknown): boolean {
  return list.includes(value);
}

function isSubset(inner: unknown, list: readonly unknown[]): boolean {
  const known = new Set(list);
  return Array.isArray(inner) && inner.every((item) => known.has(item));
}

function isAny(inner: unknown, list: readonly unknown[]): boolean {
  const known = new Set(list);
  return Array.isArray(inner) && inner.some((item) => known.has(item));
}

function lengthOf(value: unknown): number | undefined {
  return isText(value) || Array.isArray(value) ? value.length : undefined;
}

const contains: Call = ([value, part], meter) => {
  if (Array.isArray(value)) return value.includes(part);
  return (
    isText(value) &&
    isText(part) &&
    indexIn(value, { part, from: 0 }, meter) >= 0
  );
};

/** Steps of any call, and steps per character or element of an argument. */
const CALL = 256;
const PER_UNIT = 8;

/** Wraps a function so that it counts the sizes of its arguments before it runs. */
export function metered(
  unmetered: FilterFunction,
  meterNow: MeterNow,
): FilterFunction {
  const { argTypes, returnType } = unmetered;
  return {
    argTypes,
    returnType,
    call: (...given: unknown[]) => {
      let steps = CALL;
      for (const arg of given) steps += PER_UNIT * sizeOf(arg);
      meterNow().charge(steps);
      return unmetered.call(...given);
    },
  };
}
