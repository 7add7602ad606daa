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
import { toJavaText } from "../values/toText";
import type { Value } from "../values/Value";

const PART = /%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])|[^%]+|%/g;

/** The most digits behind a point. */
const MOST_DIGITS = 300;

/** One place in a pattern where a value stands. */
interface Slot {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** A text by a pattern, as Java's `String.format`: `%s`, `%d`, `%x`, `%o`, `%f`, `%e`, `%c`, `%b`, `%n`, `%%`, with flags, width and precision. */
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
      return fail(`the pattern has ${whole}, for which there is no value`);
    const slot: Slot = {
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      letter,
    };
    meter.takeText(slot.width);
    const part = padded(fill(value, slot, meter), slot);
    meter.takeText(part.length);
    text += part;
  }
  return text;
}

function padded(part: string, { flags, width }: Slot): string {
  if (flags.includes("-")) return part.padEnd(width);
  if (!flags.includes("0")) return part.padStart(width);
  const sign = /^[-+ ]/.exec(part)?.[0] ?? "";
  return sign + part.slice(sign.length).padStart(width - sign.length, "0");
}

function fill(value: Value, slot: Slot, meter: Meter): string {
  const { letter, precision } = slot;
  const lower = letter.toLowerCase();
  if (lower === "b") return String(value !== null && value !== false);
  if (lower === "s" || value === null) {
    const text = toJavaText(value, meter).slice(0, precision);
    return letter === "S" ? text.toUpperCase() : text;
  }
  if (lower === "c") return toCharacter(value);
  if (!isNumeric(value)) return fail(`%${letter} takes a number`);
  if (lower === "f" || lower === "e") return fraction(value, slot);
  if (!isInteger(value) || !["d", "x", "o"].includes(lower))
    return fail(
      lower === "d" || lower === "x" || lower === "o"
        ? `%${letter} takes an integer`
        : `there is no %${letter}: s, d, x, o, f, e, c, b, n are`,
    );
  if (lower === "d")
    return signed(
      value < 0,
      grouped(BigInt(value < 0 ? -value : value).toString(), slot),
      slot,
    );
  const text = BigInt.asUintN(
    value < 0 && value >= -2_147_483_648 ? 32 : 4096,
    BigInt(value),
  ).toString(lower === "x" ? 16 : 8);
  return letter === "X" ? text.toUpperCase() : text;
}

function toCharacter(value: Value): string {
  if (typeof value === "string" && Array.from(value).length === 1) return value;
  const code = isNumeric(value) ? toDouble(value) : -1;
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : fail("%c takes a character");
}

function fraction(value: Numeric, slot: Slot): string {
  const digits = slot.precision ?? 6;
  if (digits > MOST_DIGITS)
    return fail(`a number has ${MOST_DIGITS} digits behind the point at most`);
  const double = toDouble(value);
  if (!Number.isFinite(double)) return String(double);
  if (slot.letter.toLowerCase() === "e") {
    const [number = "", power = ""] = double
      .toExponential(Math.min(digits, 100))
      .split("e");
    const text = `${number}e${power.replace(/^([+-])(\d)$/, "$10$2")}`;
    return slot.letter === "E" ? text.toUpperCase() : text;
  }
  const cut = setScale(toDecimal(value), {
    scale: digits,
    rounding: "HALF_UP",
  });
  const text = cut.toPlainString().replace(/^-/, "");
  const [whole = "", part] = text.split(".");
  const number = grouped(whole, slot) + (part === undefined ? "" : `.${part}`);
  return signed(double < 0, number, slot);
}

function grouped(digits: string, { flags }: Slot): string {
  return flags.includes(",")
    ? digits.replace(/\B(?=(?:\d{3})+$)/g, ",")
    : digits;
}

function signed(isBelow: boolean, number: string, { flags }: Slot): string {
  if (isBelow) return flags.includes("(") ? `(${number})` : `-${number}`;
  if (flags.includes("+")) return `+${number}`;
  return flags.includes(" ") ? ` ${number}` : number;
}
