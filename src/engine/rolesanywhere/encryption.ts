import { createDecipheriv } from "node:crypto";
import {
  childOf,
  childrenOf,
  INTEGER,
  SEQUENCE,
  toInteger,
  toOctets,
  toOid,
  type Asn1,
} from "./asn1";
import { decryptRc2, LOAD_FORGE } from "./decryptRc2";
import {
  derivePbkdf2,
  derivePkcs12,
  deriveScrypt,
  PURPOSE,
  type KeyParameters,
} from "./deriveKey";
import { hashOfHmac } from "./hashNames";
import type { KeyLimits } from "./KeyLimits";
import type { Derivation, Steps } from "./steps";

/** The algorithm is not supported. */
export class UnsupportedAlgorithmError extends Error {
  override readonly name = "UnsupportedAlgorithmError";
}

/** A passphrase, and what the file may ask of this process. */
export interface Unlocking {
  readonly passphrase: string;
  readonly limits: KeyLimits;
}

/** Encrypted bytes, and how to decrypt them. */
export interface Encryption {
  readonly derivations: readonly Derivation[];
  /** Throws if the keys are wrong. */
  readonly decrypt: (keys: readonly Buffer[]) => Buffer;
}

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const SCRYPT = "1.3.6.1.4.1.11591.4.11";

type Cipher = readonly [name: string, keyBytes: number];

const CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  ["2.16.840.1.101.3.4.1.2", ["aes-128-cbc", 16]],
  ["2.16.840.1.101.3.4.1.22", ["aes-192-cbc", 24]],
  ["2.16.840.1.101.3.4.1.42", ["aes-256-cbc", 32]],
  ["1.2.840.113549.3.7", ["des-ede3-cbc", 24]],
]);

const RC2 = "rc2";
const TWO_KEYS = "des-ede-cbc";

/** Ciphers of PKCS#12's own encryption. */
const PKCS12_CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  ["1.2.840.113549.1.12.1.3", ["des-ede3-cbc", 24]],
  ["1.2.840.113549.1.12.1.4", [TWO_KEYS, 16]],
  ["1.2.840.113549.1.12.1.5", [RC2, 16]],
  ["1.2.840.113549.1.12.1.6", [RC2, 5]],
]);

/**
 * Reads how bytes are encrypted with a passphrase, and checks the limits. Nothing is decrypted yet.
 *
 * @throws {@link UnsupportedAlgorithmError}, or `InvalidCertificateError` if a limit is exceeded.
 */
export function readEncryption(
  algorithm: Asn1,
  encrypted: Buffer,
  unlocking: Unlocking,
): Encryption {
  const oid = toOid(childOf(algorithm, 0));
  const parameters = childOf(algorithm, 1);
  if (oid === PBES2) return readPbes2(parameters, encrypted, unlocking);
  const [salt, iterations] = childrenOf(parameters);
  if (!salt || iterations?.tag !== INTEGER)
    throw new UnsupportedAlgorithmError(oid);
  unlocking.limits.checkIterations(toInteger(iterations));
  const [cipher, length] = PKCS12_CIPHERS.get(oid) ?? [];
  if (cipher === undefined || length === undefined)
    throw new UnsupportedAlgorithmError(oid);
  const common = {
    password: toBmpString(unlocking.passphrase),
    salt: toOctets(salt),
    iterations: toInteger(iterations),
    hash: "sha1",
  };
  return {
    derivations: [
      derivePkcs12({ ...common, length }, PURPOSE.key),
      derivePkcs12({ ...common, length: 8 }, PURPOSE.iv),
      ...(cipher === RC2 ? [LOAD_FORGE] : []),
    ],
    decrypt: ([key = NO_BYTES, iv = NO_BYTES]) =>
      decrypt(encrypted, { cipher, key, iv }),
  };
}

const NO_BYTES = Buffer.alloc(0);

/** Derives the keys and decrypts. Throws if the passphrase is wrong. */
export function* runDecryption({
  derivations,
  decrypt: decryptWith,
}: Encryption): Steps<Buffer> {
  const keys: Buffer[] = [];
  for (const derivation of derivations) keys.push(yield derivation);
  return decryptWith(keys);
}

function readPbes2(
  parameters: Asn1,
  encrypted: Buffer,
  unlocking: Unlocking,
): Encryption {
  const scheme = childOf(parameters, 1);
  const oid = toOid(childOf(scheme, 0));
  const [cipher, length] = CIPHERS.get(oid) ?? [];
  const kdf = childOf(parameters, 0);
  const derivation = readDerivation(kdf, {
    ...unlocking,
    length: length ?? 32,
  });
  if (cipher === undefined) throw new UnsupportedAlgorithmError(oid);
  const iv = toOctets(childOf(scheme, 1));
  return {
    derivations: [derivation],
    decrypt: ([key = NO_BYTES]) => decrypt(encrypted, { cipher, key, iv }),
  };
}

/** Reads a key derivation of PKCS#5, and checks its limits. */
export function readDerivation(
  algorithm: Asn1,
  { passphrase, limits, length }: Unlocking & Pick<KeyParameters, "length">,
): Derivation {
  const oid = toOid(childOf(algorithm, 0));
  const [salt, ...rest] = childrenOf(childOf(algorithm, 1));
  const numbers = rest.filter(({ tag }) => tag === INTEGER).map(toInteger);
  const [first = 0, second = 0, third = 0] = numbers;
  if (!salt) throw new UnsupportedAlgorithmError(oid);
  const password = Buffer.from(passphrase);
  const common = { password, salt: toOctets(salt), length };
  if (oid === SCRYPT) {
    const work = { cost: first, blockSize: second, parallelization: third };
    limits.checkScrypt(work);
    return deriveScrypt({ ...common, ...work });
  }
  if (oid !== PBKDF2) throw new UnsupportedAlgorithmError(oid);
  limits.checkIterations(first);
  const prf = rest.find(({ tag }) => tag === SEQUENCE);
  const hash = prf ? hashOfHmac(toOid(childOf(prf, 0))) : "sha1";
  if (hash === undefined) throw new UnsupportedAlgorithmError(oid);
  return derivePbkdf2({ ...common, iterations: first, hash });
}

/** PKCS#12's own key derivation uses the passphrase in UTF-16, with a zero at the end; PKCS#5 uses it in UTF-8. */
export function toBmpString(passphrase: string): Buffer {
  return Buffer.from(`${passphrase}\0`, "utf16le").swap16();
}

interface CipherKey {
  readonly cipher: string;
  readonly key: Buffer;
  readonly iv: Buffer;
}

function decrypt(encrypted: Buffer, { cipher, key, iv }: CipherKey): Buffer {
  if (cipher === RC2) return decryptRc2(encrypted, { key, iv });
  // Two keys are three keys of which the first and the last are equal.
  const decipher =
    cipher === TWO_KEYS
      ? createDecipheriv(
          "des-ede3-cbc",
          Buffer.concat([key, key.subarray(0, 8)]),
          iv,
        )
      : createDecipheriv(cipher, key, iv);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}
