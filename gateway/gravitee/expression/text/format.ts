import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { toDecimal } from "../values/arithmetic";
import {
  isInteger,
  isNumeric,
  toDouble,
  type Numeric,
} from "../values/numbers";
import { setScale } from "../values/rounding";
import { toUpperCase } from "./case";
import { groupThousands } from "./groupThousands";
import { toJavaText } from "../values/toText";
import type { Value } from "../values/Value";

/** Plain text is taken in limited parts: `+` over megabytes can overflow the stack of the regular expression engine. */
const PART =
  /%(?:(\d{1,9})\$)?([-#+ 0,(]{0,7})(\d{1,10})?(?:\.(\d{1,10}))?([a-zA-Z%])|[^%]{1,4096}|%/g;

/** Maximum number of decimal places. */
const MOST_DIGITS = 300;

/** Steps of formatting a number. */
const NUMBER = 8_192;

/** A format specifier, such as `%05d`. */
interface Specifier {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/**
 * Formats values like Java's `String.format`. Supports `%s`, `%d`, `%x`, `%o`, `%f`, `%e`, `%c`, `%b`, `%n` and `%%`, with
 * flags, width and precision.
 */
export function format(
  pattern: string,
  values: readonly Value[],
  meter: Meter,
): string {
  let text = "";
  let next = 0;
  for (const match of pattern.matchAll(PART)) {
    const [whole, index, flags = "", width = "0", precision, letter] = match;
    meter.step();
    if (letter === undefined && whole !== "%") {
      meter.takeText(whole.length);
      text += whole;
      continue;
    }
    if (letter === "n" || letter === "%") {
      text += letter === "n" ? "\n" : "%";
      continue;
    }
    const at = index === undefined ? next++ : Number(index) - 1;
    const value = values[at];
    if (letter === undefined || value === undefined)
      return fail(`the format specifier ${whole} has no argument`);
    const specifier: Specifier = {
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      letter,
    };
    meter.takeText(specifier.width);
    if (isNumeric(value)) meter.charge(NUMBER);
    const part = padded(toPart(value, specifier, meter), specifier);
    meter.takeText(part.length);
    text += part;
  }
  return text;
}

function padded(part: string, { flags, width }: Specifier): string {
  if (flags.includes("-")) return part.padEnd(width);
  if (!flags.includes("0")) return part.padStart(width);
  const sign = /^[-+ ]/.exec(part)?.[0] ?? "";
  return sign + part.slice(sign.length).padStart(width - sign.length, "0");
}

function toPart(value: Value, specifier: Specifier, meter: Meter): string {
  const { letter, precision } = specifier;
  const lower = letter.toLowerCase();
  if (lower === "b") return String(value !== null && value !== false);
  if (lower === "s" || value === null) {
    const text = toJavaText(value, meter).slice(0, precision);
    return letter === "S" ? toUpperCase(text, meter) : text;
  }
  if (lower === "c") return toCharacter(value);
  if (!isNumeric(value)) return fail(`%${letter} requires a number`);
  if (lower === "f" || lower === "e") return fraction(value, specifier);
  if (!isInteger(value) || !["d", "x", "o"].includes(lower))
    return fail(
      lower === "d" || lower === "x" || lower === "o"
        ? `%${letter} requires an integer`
        : `unknown format specifier %${letter}; the specifiers are %s, %d, %x, %o, %f, %e, %c, %b and %n`,
    );
  if (lower === "d")
    return signed(
      value < 0,
      grouped(BigInt(value < 0 ? -value : value).toString(), specifier),
      specifier,
    );
  const text = BigInt.asUintN(
    value < 0 && value >= -2_147_483_648 ? 32 : 4096,
    BigInt(value),
  ).toString(lower === "x" ? 16 : 8);
  return letter === "X" ? text.toUpperCase() : text;
}

function toCharacter(value: Value): string {
  if (typeof value === "string" && isOneCharacter(value)) return value;
  const code = isNumeric(value) ? toDouble(value) : -1;
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : fail("%c requires a character");
}

function isOneCharacter(text: string): boolean {
  return text.length <= 2 && Array.from(text).length === 1;
}

function fraction(value: Numeric, specifier: Specifier): string {
  const digits = specifier.precision ?? 6;
  if (digits > MOST_DIGITS)
    return fail(`a number must have at most ${MOST_DIGITS} decimal places`);
  const double = toDouble(value);
  if (!Number.isFinite(double)) return String(double);
  if (specifier.letter.toLowerCase() === "e") {
    const [number = "", power = ""] = double
      .toExponential(Math.min(digits, 100))
      .split("e");
    const text = `${number}e${power.replace(/^([+-])(\d)$/, "$10$2")}`;
    return specifier.letter === "E" ? text.toUpperCase() : text;
  }
  const cut = setScale(toDecimal(value), {
    scale: digits,
    rounding: "HALF_UP",
  });
  const text = cut.toPlainString().replace(/^-/, "");
  const [whole = "", part] = text.split(".");
  const number =
    grouped(whole, specifier) + (part === undefined ? "" : `.${part}`);
  return signed(double < 0, number, specifier);
}

function grouped(digits: string, { flags }: Specifier): string {
  return flags.includes(",") ? groupThousands(digits) : digits;
}

function signed(
  isNegative: boolean,
  number: string,
  { flags }: Specifier,
): string {
  if (isNegative) return flags.includes("(") ? `(${number})` : `-${number}`;
  if (flags.includes("+")) return `+${number}`;
  return flags.includes(" ") ? ` ${number}` : number;
}
