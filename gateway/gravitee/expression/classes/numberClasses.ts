import { fail } from "../errors/Fault";
import { method, type Method } from "../members/Method";
import { toBits, toFloat } from "../methods/numberMethods";
import { calculate } from "../values/arithmetic";
import { compareNumbers } from "../values/compare";
import {
  isInteger,
  isNumeric,
  Real,
  textOfNumber,
  toDouble,
  toInteger,
  type Numeric,
} from "../values/numbers";
import { readNumberText } from "../values/readNumberText";
import { kindOf } from "../values/kindOf";
import type { Value } from "../values/Value";
import type { JavaClass } from "../members/JavaClass";

/** `T(Integer)`, `T(Long)` and `T(Short)`. */
export const integerClasses: readonly JavaClass[] = [
  integerClass("Integer", 32),
  integerClass("Long", 64),
  integerClass("Short", 16),
];

/** `T(Double)` and `T(Float)`. */
export const doubleClasses: readonly JavaClass[] = [
  doubleClass("Double", (number) => Real.of(toDouble(number))),
  doubleClass("Float", toFloat),
];

function integerClass(name: string, bits: 16 | 32 | 64): JavaClass {
  const most = 2n ** BigInt(bits - 1) - 1n;
  const read = method(["any", "int?"], (_, [value, radix = 10]) =>
    isNumeric(value)
      ? toBits(value, bits)
      : parse(value, { radix, most, name }),
  );
  const unsigned = (radix: number): Method<null> =>
    method(["number"], (_, [value]) =>
      BigInt.asUintN(bits, BigInt(toBits(value, bits))).toString(radix),
    );
  return {
    name: `java.lang.${name}`,
    constants: {
      MAX_VALUE: toInteger(most),
      MIN_VALUE: toInteger(-most - 1n),
    },
    construct: read,
    isInstance: (value) => kindOf(value) === "integer",
    statics: new Map<string, Method<null>>([
      ...shared(),
      ["valueOf", read],
      [name === "Integer" ? "parseInt" : `parse${name}`, read],
      ["toHexString", unsigned(16)],
      ["toBinaryString", unsigned(2)],
      ["toOctalString", unsigned(8)],
      [
        "signum",
        method(["number"], (_, [value]) => Math.sign(toDouble(value))),
      ],
    ]),
  };
}

function doubleClass(
  name: string,
  convert: (number: Numeric) => number | Real,
): JavaClass {
  const read = method(["any"], (_, [value]) => convert(toNumeric(value, name)));
  return {
    name: `java.lang.${name}`,
    constants: {
      MAX_VALUE: Real.of(name === "Float" ? 3.4028235e38 : Number.MAX_VALUE),
      MIN_VALUE: name === "Float" ? 1.4e-45 : Number.MIN_VALUE,
    },
    construct: read,
    isInstance: (value) => kindOf(value) === "double",
    statics: new Map<string, Method<null>>([
      ...shared(),
      ["valueOf", read],
      [`parse${name}`, read],
      ["toString", method(["number"], (_, [x]) => textOfNumber(convert(x)))],
      ["isNaN", method(["number"], (_, [x]) => Number.isNaN(toDouble(x)))],
      [
        "isInfinite",
        method(["number"], (_, [x]) => Math.abs(toDouble(x)) === Infinity),
      ],
    ]),
  };
}

/** The static methods that all number classes have. */
function shared(): [string, Method<null>][] {
  const two = (run: (x: Numeric, y: Numeric) => Numeric): Method<null> =>
    method(["number", "number"], (_, [x, y]) => run(x, y));
  return [
    ["compare", two((x, y) => compareNumbers(x, y))],
    ["max", two((x, y) => (compareNumbers(x, y) < 0 ? y : x))],
    ["min", two((x, y) => (compareNumbers(x, y) > 0 ? y : x))],
    ["sum", two((x, y) => calculate("+", x, y))],
    [
      "toString",
      method(["number", "int?"], (_, [x, radix = 10]) =>
        isInteger(x) && radix >= 2 && radix <= 36
          ? x.toString(radix)
          : textOfNumber(x),
      ),
    ],
  ];
}

/** Maximum length of an integer and of a double, in characters. */
const LONGEST = 100;
const LONGEST_DOUBLE = 400;

function parse(
  value: Value,
  { radix, most, name }: { radix: number; most: bigint; name: string },
): number | bigint {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, radix);
  const text =
    typeof value === "string" && value.length <= LONGEST
      ? value.toLowerCase()
      : "";
  const unsigned = text.replace(/^[+-]/, "");
  const isValid =
    unsigned !== "" &&
    Array.from(unsigned).every((each) => digits.includes(each));
  let number = 0n;
  if (isValid)
    for (const each of unsigned)
      number = number * BigInt(radix) + BigInt(digits.indexOf(each));
  if (text.startsWith("-")) number = -number;
  return isValid && number <= most && number >= -most - 1n
    ? toInteger(number)
    : fail(`the value is not a valid ${name}`);
}

function toNumeric(value: Value, name: string): Numeric {
  if (isNumeric(value)) return value;
  const trimmed = typeof value === "string" ? value.trim() : "";
  const text = trimmed.length <= LONGEST_DOUBLE ? trimmed : "";
  const read = /^[+-]?(NaN|Infinity)$/.test(text)
    ? Number(text.replace(/^[+-]NaN$/, "NaN"))
    : readNumberText(text.replace(/[fd]$/i, ""));
  return read ?? fail(`the value is not a valid ${name}`);
}
