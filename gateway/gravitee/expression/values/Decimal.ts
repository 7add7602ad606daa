/** A decimal number like Java's `BigDecimal`: the digits, and the number of them after the decimal point. */
export class Decimal {
  constructor(
    readonly digits: bigint,
    readonly scale: number,
  ) {}

  /** The integer part. */
  toBigInt(): bigint {
    return this.scale <= 0
      ? this.digits * 10n ** BigInt(-this.scale)
      : this.digits / 10n ** BigInt(this.scale);
  }

  /** Formats it as Java does: with an exponent if the scale is negative or the number is smaller than 0.000001. */
  toString(): string {
    const sign = this.digits < 0n ? "-" : "";
    const digits = sign ? (-this.digits).toString() : this.digits.toString();
    if (this.scale === 0) return sign + digits;
    const exponent = digits.length - 1 - this.scale;
    if (this.scale > 0 && exponent >= -6) return sign + this.#plain(digits);
    const first = digits.slice(0, 1);
    const rest = digits.slice(1);
    const power = `E${exponent >= 0 ? "+" : ""}${exponent}`;
    return `${sign}${first}${rest ? `.${rest}` : ""}${power}`;
  }

  /** Formats it without an exponent. */
  toPlainString(): string {
    const sign = this.digits < 0n ? "-" : "";
    const digits = sign ? (-this.digits).toString() : this.digits.toString();
    if (this.scale > 0) return sign + this.#plain(digits);
    return sign + (digits === "0" ? "0" : digits + "0".repeat(-this.scale));
  }

  #plain(digits: string): string {
    const padded = digits.padStart(this.scale + 1, "0");
    const point = padded.length - this.scale;
    return `${padded.slice(0, point)}.${padded.slice(point)}`;
  }
}

/** Maximum length of a decimal, in digits, and maximum number of decimal places. */
export const MOST_DIGITS = 1000;

/** Reads a decimal number. Returns undefined if the string is not a decimal number, or is too long. */
export function readDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(
    text.length > MOST_DIGITS ? "" : text,
  );
  if (!match) return undefined;
  const [, sign, whole = "", part = "", power = "0"] = match;
  if (whole + part === "") return undefined;
  const scale = part.length - Number(power);
  if (Math.abs(scale) > MOST_DIGITS) return undefined;
  return new Decimal(
    BigInt(`${sign === "-" ? "-" : ""}${whole}${part}`),
    scale,
  );
}

/** Scales the digits of two decimals to the same number of decimal places. */
export function aligned(
  a: Decimal,
  b: Decimal,
): { readonly left: bigint; readonly right: bigint; readonly scale: number } {
  const scale = Math.max(a.scale, b.scale);
  return {
    left: a.digits * 10n ** BigInt(scale - a.scale),
    right: b.digits * 10n ** BigInt(scale - b.scale),
    scale,
  };
}
