import type { FilterFunction } from "json-p3";
import type { Meter } from "../metering/Meter";
import { loadJsonPath } from "../libraries/peers";
import { toPattern } from "../text/Pattern";
import { aggregate } from "./aggregate";

/** Tells the meter of the evaluation that runs. */
export type MeterNow = () => Meter;

type Call = (args: readonly unknown[], meter: Meter) => unknown;

/** The functions that the vendor's words for filters become, and the two of the standard that take regular expressions. */
export function filterFunctions(
  meterNow: MeterNow,
): ReadonlyMap<string, FilterFunction> {
  const { FunctionExpressionType: Type } = loadJsonPath();
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
    ["vendor_matches", is(matches)],
    ["vendor_in", is(([value, list]) => hasItem(listOf(list), value))],
    ["vendor_subset", is(([inner, list]) => isSubset(inner, listOf(list)))],
    ["vendor_any", is(([inner, list]) => isAny(inner, listOf(list)))],
    ["vendor_size", is(([value, size]) => sizeOf(value) === size)],
    ["vendor_empty", is(([value, is]) => (sizeOf(value) === 0) === is)],
    ["vendor_contains", is(([value, part]) => contains(value, part))],
    ...["min", "max", "sum", "avg"].map(
      (name) => [`vendor_${name}`, of(name)] as const,
    ),
  ]);
}

const matches: Call = ([text, pattern], meter) =>
  isText(text) && isText(pattern) && toPattern(pattern).matches(text, meter);

const search: Call = ([text, pattern], meter) =>
  isText(text) &&
  isText(pattern) &&
  toPattern(pattern).find(text, meter).next().done !== true;

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A list that stands in the path came as JSON; one of the document is there. */
function listOf(list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return list;
  if (!isText(list)) return [];
  try {
    const parsed: unknown = JSON.parse(list);
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

function sizeOf(value: unknown): number | undefined {
  return isText(value) || Array.isArray(value) ? value.length : undefined;
}

function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(value)) return value.includes(part);
  return isText(value) && isText(part) && value.includes(part);
}
