import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { method, perUnit, type Method, type Methods } from "../members/Method";
import { encode } from "../text/charsets";
import { trimEnd } from "../text/trim";
import { JavaObject } from "../values/JavaObject";
import type { Value } from "../values/Value";

/** A variant of Base64. */
type Way = "base64" | "base64url" | "mime";

/** Java's `Base64.Encoder`. */
export class Base64Encoder extends JavaObject {
  readonly className = "Base64.Encoder";

  constructor(
    readonly way: Way,
    readonly isPadded = true,
  ) {
    super();
  }

  toString(): string {
    return this.className;
  }

  /** Encodes bytes to a string. */
  encode(bytes: Uint8Array): string {
    const buffer = Buffer.from(bytes);
    const isUrl = this.way === "base64url";
    const text = buffer.toString(isUrl ? "base64url" : "base64");
    if (!this.isPadded) return trimEnd(text, "=");
    if (isUrl) return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
    return this.way === "mime" ? text.replace(/.{76}(?=.)/g, "$&\r\n") : text;
  }
}

/** Java's `Base64.Decoder`. */
export class Base64Decoder extends JavaObject {
  readonly className = "Base64.Decoder";

  constructor(readonly way: Way) {
    super();
  }

  toString(): string {
    return this.className;
  }

  /**
   * Decodes a string to bytes.
   *
   * @throws Fault when the string is not valid Base64.
   */
  decode(text: string): Uint8Array {
    const known =
      this.way === "base64url" ? /^[\w-]*={0,2}$/ : /^[A-Za-z0-9+/]*={0,2}$/;
    const isValid = this.way === "mime" || known.test(text);
    return isValid
      ? Buffer.from(text, "base64")
      : fail("the string is not valid Base64");
  }
}

/** Steps per character or byte. */
const CONVERSION = 4;

/** The methods of Java's `Base64.Encoder`. */
export const ENCODER_METHODS: Methods<Base64Encoder> = new Map<
  string,
  Method<Base64Encoder>
>([
  [
    "encodeToString",
    method(
      ["any"],
      (encoder, [value], meter) => {
        const bytes = toBytes(value, meter);
        meter.takeText(2 * bytes.length);
        return encoder.encode(bytes);
      },
      perUnit(CONVERSION),
    ),
  ],
  [
    "encode",
    method(
      ["any"],
      (encoder, [value], meter) => {
        const bytes = toBytes(value, meter);
        meter.takeText(2 * bytes.length);
        return encode(encoder.encode(bytes), { meter });
      },
      perUnit(CONVERSION),
    ),
  ],
  ["withoutPadding", method([], ({ way }) => new Base64Encoder(way, false))],
]);

/** The methods of Java's `Base64.Decoder`. */
export const DECODER_METHODS: Methods<Base64Decoder> = new Map<
  string,
  Method<Base64Decoder>
>([
  [
    "decode",
    method(
      ["any"],
      (decoder, [value], meter) => {
        const text =
          typeof value === "string"
            ? value
            : Buffer.from(toBytes(value, meter)).toString("latin1");
        meter.takeText(text.length);
        return decoder.decode(text);
      },
      perUnit(CONVERSION),
    ),
  ],
]);

/** Converts a byte array, or a string as UTF-8, to bytes. */
function toBytes(value: Value, meter: Meter): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return typeof value === "string"
    ? encode(value, { meter })
    : fail(
        "the argument must be a byte array or a string, for example 'text'.getBytes()",
      );
}
