import { fail } from "../errors/Fault";
import { method, type Method } from "../members/Method";
import { calculate, negate } from "../values/arithmetic";
import { compareNumbers } from "../values/compare";
import {
  isInteger,
  Real,
  toDouble,
  truncate,
  type Numeric,
} from "../values/numbers";
import type { JavaClass } from "../members/JavaClass";

const DOUBLE = [
  "sqrt",
  "cbrt",
  "exp",
  "expm1",
  "log10",
  "log1p",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "floor",
  "ceil",
  "log",
] as const;

/** `T(Math)`. */
export const mathClass: JavaClass = {
  name: "java.lang.Math",
  constants: { PI: Math.PI, E: Math.E },
  statics: new Map<string, Method<null>>([
    ...DOUBLE.map((name) => [name, ofDouble((x) => Math[name](x))] as const),
    ["rint", ofDouble(roundHalfEven)],
    ["toRadians", ofDouble((x) => (x / 180) * Math.PI)],
    ["toDegrees", ofDouble((x) => (x / Math.PI) * 180)],
    ["signum", ofDouble(Math.sign)],
    ["random", method([], () => Real.of(Math.random()))],
    ["pow", ofTwo((x, y) => x ** y)],
    ["atan2", ofTwo(Math.atan2)],
    ["hypot", ofTwo(Math.hypot)],
    [
      "abs",
      method(["number"], (_, [x]) =>
        compareNumbers(x, 0) < 0 ? negate(x) : x,
      ),
    ],
    ["max", method(["number", "number"], (_, [x, y]) => choose(x, y, 1))],
    ["min", method(["number", "number"], (_, [x, y]) => choose(x, y, -1))],
    ["round", method(["number"], (_, [x]) => round(x))],
    ["floorDiv", method(["number", "number"], (_, [x, y]) => floorDiv(x, y))],
    [
      "floorMod",
      method(["number", "number"], (_, [x, y]) =>
        calculate("-", x, calculate("*", floorDiv(x, y), y)),
      ),
    ],
    ["addExact", exact("+")],
    ["subtractExact", exact("-")],
    ["multiplyExact", exact("*")],
    ["negateExact", method(["number"], (_, [x]) => negate(x))],
  ]),
};

function ofDouble(run: (x: number) => number): Method<null> {
  return method(["number"], (_, [x]) => Real.of(run(toDouble(x))));
}

function ofTwo(run: (x: number, y: number) => number): Method<null> {
  return method(["number", "number"], (_, [x, y]) =>
    Real.of(run(toDouble(x), toDouble(y))),
  );
}

function exact(operator: "+" | "-" | "*"): Method<null> {
  return method(["number", "number"], (_, [x, y]) => calculate(operator, x, y));
}

/** The greater or the smaller number. The result is a double unless both are integers or both are doubles. */
function choose(x: Numeric, y: Numeric, sign: 1 | -1): Numeric {
  const chosen = compareNumbers(x, y) * sign >= 0 ? x : y;
  return isInteger(x) === isInteger(y) ? chosen : Real.of(toDouble(chosen));
}

function round(x: Numeric): Numeric {
  return isInteger(x) ? x : truncate(Real.of(Math.floor(toDouble(x) + 0.5)));
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

function floorDiv(x: Numeric, y: Numeric): Numeric {
  if (!isInteger(x) || !isInteger(y))
    return fail("the arguments of floorDiv and floorMod must be integers");
  const whole = calculate("/", x, y);
  const isRest = compareNumbers(calculate("*", whole, y), x) !== 0;
  return isRest && x < 0 !== y < 0 ? calculate("-", whole, 1) : whole;
}
