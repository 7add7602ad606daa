import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { elementsOf } from "../values/elements";
import { Real } from "../values/numbers";
import { sizeOf } from "../values/sizeOf";
import { joined } from "../values/toText";
import { aggregate, isAggregate } from "./aggregate";

/** A function call at the end of a path. */
export interface Ending {
  readonly name: string;
  readonly argument: string;
}

const OTHERS = ["length", "size", "keys", "first", "last", "index", "concat"];

/** Checks the name and the argument of a function at the end of a path. */
export function checkEnding(ending: Ending): Ending {
  const { name, argument } = ending;
  if (!isAggregate(name) && !OTHERS.includes(name))
    fail(
      `unknown path function ${name}(); the functions are ${OTHERS.join(", ")}, min, max, avg, sum and stddev`,
    );
  if (name === "index" ? !/^-?\d+$/.test(argument) : argument !== "")
    fail(
      name === "index"
        ? "the argument of index() in a path must be an integer"
        : `${name}() in a path must have no argument`,
    );
  return ending;
}

/** Applies the function to the value that the path selects. */
export function applyEnding(
  found: unknown,
  { name, argument }: Ending,
  meter: Meter,
): unknown {
  meter.charge(sizeOf(found));
  if (name === "length" || name === "size") return lengthOf(found);
  if (name === "keys") return keysOf(found);
  const list: readonly unknown[] = Array.isArray(found)
    ? found
    : fail(`${name}() can only be applied to a list`);
  switch (name) {
    case "first":
      return itemOf(list, 0);
    case "last":
      return itemOf(list, -1);
    case "index":
      return itemOf(list, Number(argument));
    case "concat":
      return joined(
        elementsOf(list, meter).filter((item) => typeof item === "string"),
        { meter, separator: "" },
      );
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
    : fail("keys() can only be applied to an object");
}

function itemOf(list: readonly unknown[], at: number): unknown {
  return list.length > 0 && at < list.length && -at <= list.length
    ? list.at(at)
    : fail(
        `the path selects item ${at}, but the list has length ${list.length}`,
      );
}
