import { createHmac, timingSafeEqual } from "node:crypto";
import { childOf, childrenOf, toInteger, toOctets, toOid } from "./asn1";
import type { Asn1 } from "./asn1";
import { derivePkcs12, PURPOSE } from "./deriveKey";
import {
  readDerivation,
  toBmpString,
  UnsupportedAlgorithmError,
  type Unlocking,
} from "./encryption";
import { hashOf, hashOfHmac } from "./hashNames";
import type { Derivation, Steps } from "./steps";

/** The message authentication code of a PKCS#12 file. */
export interface Mac {
  readonly derivation: Derivation;
  readonly hash: string;
  readonly digest: Buffer;
}

const PBMAC1 = "1.2.840.113549.1.5.14";

/** Length of the keys of MACs by hash, in bytes. */
const HASH_BYTES: Readonly<Record<string, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  "sha512-224": 28,
  "sha512-256": 32,
};

/**
 * Reads the MAC of a file, and checks its limits. It is PKCS#12's own, or PBMAC1
 * ({@link https://www.rfc-editor.org/rfc/rfc9579 | RFC 9579}).
 */
export function readMac(macData: Asn1, unlocking: Unlocking): Mac {
  const [digestInfo, salt, count] = childrenOf(macData);
  if (!digestInfo || !salt) throw new UnsupportedAlgorithmError("mac");
  const algorithm = childOf(digestInfo, 0);
  const digest = toOctets(childOf(digestInfo, 1));
  const oid = toOid(childOf(algorithm, 0));
  if (oid === PBMAC1) {
    const parameters = childOf(algorithm, 1);
    const hash = hashOfHmac(toOid(childOf(childOf(parameters, 1), 0)));
    if (hash === undefined) throw new UnsupportedAlgorithmError(oid);
    const length = HASH_BYTES[hash] ?? 32;
    const kdf = childOf(parameters, 0);
    return {
      derivation: readDerivation(kdf, { ...unlocking, length }),
      hash,
      digest,
    };
  }
  const iterations = count ? toInteger(count) : 1;
  unlocking.limits.checkIterations(iterations);
  const hash = hashOf(oid);
  if (hash === undefined) throw new UnsupportedAlgorithmError(oid);
  const derivation = derivePkcs12(
    {
      password: toBmpString(unlocking.passphrase),
      salt: toOctets(salt),
      iterations,
      hash,
      length: HASH_BYTES[hash] ?? 32,
    },
    PURPOSE.mac,
  );
  return { derivation, hash, digest };
}

/** Whether the MAC is that of the content: the passphrase is right, and the file is not damaged. */
export function* verifyMac(
  { derivation, hash, digest }: Mac,
  content: Buffer,
): Steps<boolean> {
  const key = yield derivation;
  const expected = createHmac(hash, key).update(content).digest();
  return expected.length === digest.length && timingSafeEqual(expected, digest);
}
