import { hash } from "node:crypto";

const ALGORITHM = "sha256";

/** Size of the blocks that SHA-256 hashes, in bytes. */
const BLOCK_BYTES = 64;

/**
 * A key that signs many messages with HMAC-SHA256, as RFC 2104 defines it: two hashes, each of a padded key and the data.
 * `createHmac` creates an object outside of JavaScript's heap for each message, which costs 7 % of the CPU time of an
 * invocation.
 *
 * Source: {@link https://www.rfc-editor.org/rfc/rfc2104#section-2 | RFC 2104}.
 */
export class HmacKey {
  readonly #innerKey: Buffer;
  readonly #outerKey: Buffer;

  /** @param key - Up to 64 bytes. RFC 2104 hashes a longer key first; the signing keys of AWS have 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.byteLength > BLOCK_BYTES)
      throw new RangeError(`the key must have at most ${BLOCK_BYTES} bytes`);
    this.#innerKey = pad(key, 0x36);
    this.#outerKey = pad(key, 0x5c);
  }

  /** Returns the signature of a message, in hexadecimal. */
  sign(message: string): string {
    const inner = hash(
      ALGORITHM,
      Buffer.concat([this.#innerKey, Buffer.from(message)]),
      "binary",
    );
    return hash(
      ALGORITHM,
      Buffer.concat([this.#outerKey, Buffer.from(inner, "binary")]),
    );
  }
}

/** Combines each byte of a key, filled up with zeros, with the same byte. */
function pad(key: Uint8Array, byte: number): Buffer {
  const padded = Buffer.alloc(BLOCK_BYTES, byte);
  key.forEach((each, index) => {
    padded[index] = each ^ byte;
  });
  return padded;
}
