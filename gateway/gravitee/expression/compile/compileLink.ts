import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { methodOf } from "../methods/methodOf";
import type { Link } from "../syntax/Node";
import { Bean } from "../values/Bean";
import { nameOf } from "../values/kindOf";
import { readIndex } from "../values/readIndex";
import { readBean } from "../values/readBean";
import { readProperty } from "../methods/readProperty";
import type { Value } from "../values/Value";
import { compileOverElements } from "./compileOverElements";
import { constantPattern } from "./compileRow";
import type { Compiling, Frame, Run } from "../scope/Frame";
import { placed } from "./placed";
import { toArgumentCount } from "./toArgumentCount";

/** A compiled link: computes the next value of a path from the value on its left. */
export type Next = (value: Value, frame: Frame) => Value;

/** Compiles a property, method, index, selection or projection. */
export function compileLink(link: Link, compiling: Compiling): Next {
  const { at, isSafe } = link;
  const next = compileUnsafe(link, compiling);
  return (value, frame) =>
    isSafe && value === null ? null : placed(at, () => next(value, frame));
}

function compileUnsafe(link: Link, compiling: Compiling): Next {
  switch (link.kind) {
    case "property": {
      const { name } = link;
      return (value, { meter }) => readProperty(value, name, meter);
    }
    case "index": {
      const index = compiling.compile(link.index, compiling.place);
      return (value, frame) => readIndex(value, index(frame), frame.meter);
    }
    case "method":
      return compileMethod(link, compiling);
    default:
      return compileOverElements(link, compiling);
  }
}

/** The methods whose first argument is a regular expression. */
const WITH_PATTERN = new Set([
  "matches",
  "replaceAll",
  "replaceFirst",
  "split",
]);

function compileMethod(
  { name, args }: Extract<Link, { kind: "method" }>,
  compiling: Compiling,
): Next {
  const runs: Run[] = args.map((arg, index) =>
    index === 0 && WITH_PATTERN.has(name)
      ? constantPattern(arg, compiling)
      : compiling.compile(arg, compiling.place),
  );
  return (value, frame) => {
    if (value === null)
      return fail(
        `the method ${name} cannot be called on null; use ?.${name}() if the value may be null`,
      );
    if (value instanceof Bean && runs.length === 0)
      return readGetter(value, name, frame.meter);
    const method = methodOf(value, name);
    if (!method) return fail(`${nameOf(value)} has no method ${name}`);
    if (!method.accepts(runs.length))
      return fail(
        `the method ${name} of ${nameOf(value)} cannot be called with ${toArgumentCount(runs.length)}`,
      );
    const given = runs.map((run) => run(frame));
    return method.call(value, given, frame.meter);
  };
}

/** Reads a property of a bean by its Java getter, such as `getContent()`. */
function readGetter(bean: Bean, name: string, meter: Meter): Value {
  const [, first = "", rest = ""] = /^(?:get|is)([A-Z])(.*)$/.exec(name) ?? [];
  const property = first.toLowerCase() + rest;
  return bean.has(property)
    ? readBean(bean, property, meter)
    : fail(`${bean.beanName} has no method ${name}`);
}
