import * as crypto from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import type { Derivation } from "./steps";

/** A password-based key derivation with a number of hash iterations. */
export interface KeyParameters {
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
  /** Name of the hash, as Node knows it. */
  readonly hash: string;
  /** Length of the key, in bytes. */
  readonly length: number;
}

const pbkdf2 = promisify(crypto.pbkdf2);

/** PBKDF2 ({@link https://www.rfc-editor.org/rfc/rfc8018#section-5.2 | RFC 8018, 5.2}), in a thread of Node's pool. */
export function derivePbkdf2(parameters: KeyParameters): Derivation {
  const { password, salt, iterations, hash, length } = parameters;
  return {
    iterations,
    deriveSync: () =>
      crypto.pbkdf2Sync(password, salt, iterations, length, hash),
    derive: () => pbkdf2(password, salt, iterations, length, hash),
  };
}

/** The parameters of scrypt. */
export interface ScryptParameters extends Pick<
  KeyParameters,
  "password" | "salt" | "length"
> {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** scrypt ({@link https://www.rfc-editor.org/rfc/rfc7914 | RFC 7914}), in a thread of Node's pool. */
export function deriveScrypt(parameters: ScryptParameters): Derivation {
  const { password, salt, length, ...rest } = parameters;
  const { cost, blockSize, parallelization } = rest;
  const options = { ...rest, maxmem: 256 * cost * blockSize };
  return {
    // Each takes about as long as an iteration of the others.
    iterations: cost * blockSize * parallelization,
    deriveSync: () => crypto.scryptSync(password, salt, length, options),
    derive: () =>
      new Promise((resolve, reject) => {
        crypto.scrypt(password, salt, length, options, (error, key) => {
          if (error) reject(error);
          else resolve(key);
        });
      }),
  };
}

/** What a key of a PKCS#12 file is for. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** Time for which the derivation of a PKCS#12 key runs before other events are handled, in milliseconds. */
const SLICE_MS = 5;

/**
 * The key derivation of PKCS#12 ({@link https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2 | RFC 7292, B.2}). Node does not
 * have it, so it runs in slices.
 */
export function derivePkcs12(
  parameters: KeyParameters,
  purpose: number,
): Derivation {
  const { iterations, length, hash } = parameters;
  const { length: hashLength } = crypto.hash(hash, "", "buffer");
  return {
    iterations: iterations * Math.ceil(length / hashLength),
    deriveSync: () => {
      const slices = createSlices(parameters, purpose);
      for (;;) {
        const { done, value } = slices.next();
        if (done) return value;
      }
    },
    derive: async (signal) => {
      const slices = createSlices(parameters, purpose);
      let endsAt = performance.now() + SLICE_MS;
      for (;;) {
        const { done, value } = slices.next();
        if (done) return value;
        if (performance.now() < endsAt) continue;
        await nextTurn();
        signal.throwIfAborted();
        endsAt = performance.now() + SLICE_MS;
      }
    },
  };
}

/** Iterations between two looks at the clock. */
const SLICE_ITERATIONS = 500;

/** Derives a key, and yields after every few hundred iterations. */
function* createSlices(
  { password, salt, iterations, hash, length }: KeyParameters,
  purpose: number,
): Generator<undefined, Buffer> {
  const blockBytes = /sha(384|512)/.test(hash) ? 128 : 64;
  const diversifier = Buffer.alloc(blockBytes, purpose);
  const input = Buffer.concat([
    repeatToBlocks(salt, blockBytes),
    repeatToBlocks(password, blockBytes),
  ]);
  const blocks: Buffer[] = [];
  for (let filled = 0; ;) {
    let digest = crypto.hash(
      hash,
      Buffer.concat([diversifier, input]),
      "buffer",
    );
    for (let iteration = 1; iteration < iterations; iteration++) {
      digest = crypto.hash(hash, digest, "buffer");
      if (iteration % SLICE_ITERATIONS === 0) yield;
    }
    blocks.push(digest);
    filled += digest.length;
    if (filled >= length) return Buffer.concat(blocks).subarray(0, length);
    const addend = repeatToBlocks(digest, blockBytes).subarray(0, blockBytes);
    for (let at = 0; at < input.length; at += blockBytes)
      addOneAnd(input.subarray(at, at + blockBytes), addend);
  }
}

/** Repeats bytes to a multiple of the block length; empty bytes stay empty. */
function repeatToBlocks(bytes: Buffer, blockBytes: number): Buffer {
  const length = blockBytes * Math.ceil(bytes.length / blockBytes);
  return length === 0 ? bytes : Buffer.alloc(length, bytes);
}

/** Adds `addend` and 1 to a number in big-endian bytes, modulo its length. */
function addOneAnd(number: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let at = number.length - 1; at >= 0; at--) {
    carry += (number[at] ?? 0) + (addend[at] ?? 0);
    number[at] = carry & 0xff;
    carry >>= 8;
  }
}
