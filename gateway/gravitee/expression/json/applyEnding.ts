import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { Real } from "../values/numbers";
import { aggregate, isAggregate } from "./aggregate";

/** A function at the end of a path. */
export interface Ending {
  readonly name: string;
  readonly argument: string;
}

const OTHERS = ["length", "size", "keys", "first", "last", "index", "concat"];

/** Looks whether there is such a function. */
export function checkEnding(ending: Ending): Ending {
  const { name, argument } = ending;
  if (!isAggregate(name) && !OTHERS.includes(name))
    fail(
      `the path ends in ${name}(), which is not there: ${OTHERS.join(", ")}, min, max, avg, sum and stddev are`,
    );
  if (name === "index" ? !/^-?\d+$/.test(argument) : argument !== "")
    fail(
      name === "index"
        ? "index() in a path takes a number"
        : `${name}() in a path takes nothing in its brackets`,
    );
  return ending;
}

/** What the function makes of what the path leads to. */
export function applyEnding(
  found: unknown,
  { name, argument }: Ending,
  meter: Meter,
): unknown {
  if (name === "length" || name === "size") return lengthOf(found);
  if (name === "keys") return keysOf(found);
  const list: readonly unknown[] = Array.isArray(found)
    ? found
    : fail(`${name}() of what is no list`);
  switch (name) {
    case "first":
      return itemOf(list, 0);
    case "last":
      return itemOf(list, -1);
    case "index":
      return itemOf(list, Number(argument));
    case "concat":
      return list.filter((item) => typeof item === "string").join("");
    default:
      return Real.of(aggregate(name, list, meter));
  }
}

function lengthOf(found: unknown): number | null {
  if (typeof found === "string" || Array.isArray(found)) return found.length;
  return typeof found === "object" && found !== null
    ? Object.keys(found).length
    : null;
}

function keysOf(found: unknown): string[] {
  return typeof found === "object" && found !== null && !Array.isArray(found)
    ? Object.keys(found)
    : fail("keys() of what is no object");
}

function itemOf(list: readonly unknown[], at: number): unknown {
  return list.length > 0 && at < list.length && -at <= list.length
    ? list.at(at)
    : fail(`the path asks for item ${at} of a list of ${list.length}`);
}
