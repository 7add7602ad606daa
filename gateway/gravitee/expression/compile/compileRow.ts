import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import type { Further, Node, Operator } from "../syntax/Node";
import { TemplateError } from "../errors/TemplateError";
import { calculate, negate } from "../values/arithmetic";
import { compareValues, isBetween, isEqual } from "../values/compare";
import { classOf } from "../classes/CLASSES";
import { getRe2 } from "../libraries/peers";
import { toPattern } from "../text/Pattern";
import { nameOf } from "../values/kindOf";
import { isNumeric } from "../values/numbers";
import { plus, times } from "../values/plus";
import { sizeOf } from "../values/sizeOf";
import { toText } from "../values/toText";
import { toBoolean } from "../values/toBoolean";
import type { Value } from "../values/Value";
import type { Compiling, Frame, Run } from "../scope/Frame";
import { atParse, placed } from "./placed";

type Apply = (left: Value, right: Value, meter: Meter) => Value;

/** Compiles a chain of binary operators of equal precedence. */
export function compileRow(
  node: Extract<Node, { kind: "row" }>,
  { place, compile }: Compiling,
): Run {
  const first = compile(node.first, place);
  // A loop, so that a long chain does not overflow the stack.
  const nexts = node.rest.map((further) =>
    compileFurther(further, { place, compile }),
  );
  return (frame) => {
    let value = first(frame);
    for (const next of nexts) value = next(value, frame);
    return value;
  };
}

/** Compiles an operator and its right operand. */
function compileFurther(
  { operator, right, at }: Further,
  { place, compile }: Compiling,
): (left: Value, frame: Frame) => Value {
  if (operator === "instanceof") return compileInstanceOf({ right, at, place });
  const other =
    operator === "matches"
      ? constantPattern(right, { place, compile })
      : compile(right, place);
  const apply = APPLY[operator];
  return (left, frame) => {
    const value = other(frame);
    return placed(at, () => {
      frame.meter.charge(OPERATION + sizeOf(left) + sizeOf(value));
      return apply(left, value, frame.meter);
    });
  };
}

/** Steps of any operation, in addition to the sizes of its operands. */
const OPERATION = 64;

const APPLY: Readonly<Record<Exclude<Operator, "instanceof">, Apply>> = {
  "+": plus,
  "-": (left, right) => arithmetic("-", left, right),
  "*": times,
  "/": (left, right) => arithmetic("/", left, right),
  "%": (left, right) => arithmetic("%", left, right),
  "^": (left, right) => arithmetic("^", left, right),
  "==": isEqual,
  "!=": (left, right, meter) => !isEqual(left, right, meter),
  "<": (left, right, meter) => compareValues(left, right, meter) < 0,
  "<=": (left, right, meter) => compareValues(left, right, meter) <= 0,
  ">": (left, right, meter) => compareValues(left, right, meter) > 0,
  ">=": (left, right, meter) => compareValues(left, right, meter) >= 0,
  matches: (left, right, meter) => {
    const text = toText(left, meter);
    return text !== null && toPattern(right, meter).matches(text, meter);
  },
  between: isBetween,
};

const PARTICIPLES = {
  "-": "subtracted",
  "/": "divided",
  "%": "divided",
  "^": "raised to a power",
} as const;

function arithmetic(
  operator: keyof typeof PARTICIPLES,
  left: Value,
  right: Value,
): Value {
  return isNumeric(left) && isNumeric(right)
    ? calculate(operator, left, right)
    : fail(
        `${nameOf(left)} and ${nameOf(right)} cannot be ${PARTICIPLES[operator]}`,
      );
}

/**
 * Compiles a regular expression while the template is parsed, if it is a literal. For any other expression, only loads
 * the regular expression library, so that a missing package is reported at the same time.
 */
export function constantPattern(
  node: Node,
  { place, compile }: Compiling,
): Run {
  const refuse = (reason: string): never => {
    throw new TemplateError(reason, { text: place.text, offset: node.at });
  };
  if (node.kind !== "literal" || typeof node.value !== "string") {
    atParse(() => getRe2(), refuse);
    return compile(node, place);
  }
  const { value } = node;
  const pattern = atParse(() => toPattern(value), refuse);
  return () => pattern;
}

function compileInstanceOf({
  right,
  at,
  place,
}: {
  right: Node;
  at: number;
  place: { text: string };
}): (left: Value) => Value {
  if (right.kind !== "type")
    throw new TemplateError(
      "instanceof must be followed by a class, for example T(String)",
      { text: place.text, offset: at },
    );
  const { name } = right;
  const { isInstance = () => false } = atParse(
    () => classOf(name),
    (reason) => {
      throw new TemplateError(reason, { text: place.text, offset: right.at });
    },
  );
  return isInstance;
}

/** Compiles a sign before a number, or `!`. */
export function compileUnary(
  node: Extract<Node, { kind: "unary" }>,
  { place, compile }: Compiling,
): Run {
  const { operator, at } = node;
  const of = compile(node.of, place);
  if (operator === "!")
    return (frame) =>
      placed(
        at,
        () =>
          !(
            toBoolean(of(frame), frame.meter) ??
            fail("null cannot be converted to a boolean")
          ),
      );
  return (frame) => {
    const value = of(frame);
    return placed(at, () => {
      if (!isNumeric(value)) return fail(`${nameOf(value)} is not a number`);
      return operator === "-" ? negate(value) : value;
    });
  };
}
