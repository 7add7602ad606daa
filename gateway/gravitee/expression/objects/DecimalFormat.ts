import { fail } from "../errors/Fault";
import type { JavaClass } from "../members/JavaClass";
import { method, type Method, type Methods } from "../members/Method";
import { toDecimal } from "../values/arithmetic";
import { Decimal } from "../values/Decimal";
import { JavaObject } from "../values/JavaObject";
import { groupThousands } from "../text/groupThousands";
import { trimEnd } from "../text/trim";
import { setScale } from "../values/rounding";

const PATTERN = /^([^#0,.%]*)([#,]*[0,]*)(?:\.(0*)(#*))?(%?)([^#0,.%]*)$/;

/** Java's `DecimalFormat`, with patterns such as `#,##0.00`, an optional prefix and suffix, and `%`. */
export class DecimalFormat extends JavaObject {
  readonly className = "DecimalFormat";
  readonly #prefix: string;
  readonly #suffix: string;
  readonly #isPercent: boolean;
  readonly #isGrouped: boolean;
  readonly #leastWhole: number;
  readonly #least: number;
  readonly #most: number;

  constructor(pattern: string) {
    super();
    const match = pattern.length <= 100 ? PATTERN.exec(pattern) : null;
    const [
      ,
      prefix = "",
      whole = "",
      zeros = "",
      more = "",
      percent = "",
      suffix = "",
    ] =
      match ??
      fail(
        "the pattern is not a valid number format; use, for example, #,##0.00",
      );
    this.#prefix = prefix;
    this.#suffix = percent + suffix;
    this.#isPercent = percent !== "";
    this.#isGrouped = whole.includes(",");
    this.#leastWhole = whole.replace(/[^0]/g, "").length;
    this.#least = zeros.length;
    this.#most = zeros.length + more.length;
  }

  toString(): string {
    return this.className;
  }

  /** Formats a number, rounded half to even. */
  format(number: Decimal): string {
    const scaled = this.#isPercent
      ? new Decimal(number.digits * 100n, number.scale)
      : number;
    const rounded = setScale(scaled, {
      scale: this.#most,
      rounding: "HALF_EVEN",
    });
    const [whole = "", part = ""] = rounded
      .toPlainString()
      .replace("-", "")
      .split(".");
    const least = part.slice(0, this.#least);
    const more = trimEnd(part.slice(this.#least), "0");
    const digits = (
      whole === "0" && this.#leastWhole === 0 ? "" : whole
    ).padStart(this.#leastWhole, "0");
    const grouped = this.#isGrouped ? groupThousands(digits) : digits;
    const fraction = least + more;
    const text = `${grouped}${fraction === "" ? "" : `.${fraction}`}`;
    const sign = rounded.digits < 0n ? "-" : "";
    return `${sign}${this.#prefix}${text === "" ? "0" : text}${this.#suffix}`;
  }
}

/** `new java.text.DecimalFormat('#,##0.00')`. */
export const decimalFormatClass: JavaClass = {
  name: "java.text.DecimalFormat",
  construct: method(["text"], (_, [pattern]) => new DecimalFormat(pattern)),
};

/** Steps of formatting a number. */
const FORMATTING = 8_192;

/** The methods of Java's `DecimalFormat`. */
export const DECIMAL_FORMAT_METHODS: Methods<DecimalFormat> = new Map<
  string,
  Method<DecimalFormat>
>([
  [
    "format",
    method(["number"], (format, [number]) => format.format(toDecimal(number)), {
      call: FORMATTING,
    }),
  ],
]);
