import { fail } from "../errors/Fault";
import { method, type Method, type Methods } from "../members/Method";
import { encode } from "../text/charsets";
import { JavaObject } from "../values/JavaObject";
import type { Value } from "../values/Value";

/** Which of the ways it is. */
type Way = "base64" | "base64url" | "mime";

/** What writes bytes as Base64. */
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

  /** The bytes as text. */
  encode(bytes: Uint8Array): string {
    const buffer = Buffer.from(bytes);
    const isUrl = this.way === "base64url";
    const text = buffer.toString(isUrl ? "base64url" : "base64");
    if (!this.isPadded) return text.replace(/=+$/, "");
    if (isUrl) return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
    return this.way === "mime" ? text.replace(/.{76}(?=.)/g, "$&\r\n") : text;
  }
}

/** What reads Base64. */
export class Base64Decoder extends JavaObject {
  readonly className = "Base64.Decoder";

  constructor(readonly way: Way) {
    super();
  }

  toString(): string {
    return this.className;
  }

  /** The bytes of a text. */
  decode(text: string): Uint8Array {
    const known =
      this.way === "base64url" ? /^[\w-]*={0,2}$/ : /^[A-Za-z0-9+/]*={0,2}$/;
    const isRead = this.way === "mime" || known.test(text);
    return isRead ? Buffer.from(text, "base64") : fail("the text is no Base64");
  }
}

/** What an encoder can be asked. */
export const ENCODER_METHODS: Methods<Base64Encoder> = new Map<
  string,
  Method<Base64Encoder>
>([
  [
    "encodeToString",
    method(["any"], (encoder, [value], meter) => {
      const bytes = toBytes(value);
      meter.takeText(2 * bytes.length);
      return encoder.encode(bytes);
    }),
  ],
  [
    "encode",
    method(["any"], (encoder, [value], meter) => {
      const bytes = toBytes(value);
      meter.takeText(2 * bytes.length);
      return encode(encoder.encode(bytes));
    }),
  ],
  ["withoutPadding", method([], ({ way }) => new Base64Encoder(way, false))],
]);

/** What a decoder can be asked. */
export const DECODER_METHODS: Methods<Base64Decoder> = new Map<
  string,
  Method<Base64Decoder>
>([
  [
    "decode",
    method(["any"], (decoder, [value], meter) => {
      const text =
        typeof value === "string"
          ? value
          : Buffer.from(toBytes(value)).toString("latin1");
      meter.takeText(text.length);
      return decoder.decode(text);
    }),
  ],
]);

/** Bytes; of a text those that it has as UTF-8. */
function toBytes(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return typeof value === "string"
    ? encode(value)
    : fail("Base64 is made of bytes, for example of 'text'.getBytes()");
}
