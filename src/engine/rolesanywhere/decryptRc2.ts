import { InvalidCertificateError } from "./InvalidCertificateError";
import type { Derivation } from "./steps";

/** The part of node-forge that is used: OpenSSL 3 no longer has RC2, with which older programs encrypt certificates. */
interface Forge {
  readonly rc2: {
    createDecryptionCipher(key: ForgeBuffer, bits: number): Cipher;
  };
  readonly util: { createBuffer(bytes: string): ForgeBuffer };
}

interface ForgeBuffer {
  getBytes(): string;
}

interface Cipher {
  readonly output: ForgeBuffer;
  start(iv: ForgeBuffer, output: null): void;
  update(input: ForgeBuffer): void;
  finish(): boolean;
}

/** Loaded when a file first needs it. */
let forge: Forge | undefined;

const NO_BYTES = Buffer.alloc(0);

/** A step before the decryption: it loads node-forge, which takes a promise, so a check without waiting ends here. */
export const LOAD_FORGE: Derivation = {
  iterations: Infinity,
  deriveSync: () => NO_BYTES,
  derive: async () => {
    forge ??= await loadForge();
    return NO_BYTES;
  },
};

/** Decrypts with RC2 in CBC mode, after the step {@link LOAD_FORGE}. Throws if the key is wrong. */
export function decryptRc2(
  encrypted: Buffer,
  { key, iv }: { readonly key: Buffer; readonly iv: Buffer },
): Buffer {
  const { rc2, util } = forge ?? missingForge();
  const toForge = (bytes: Buffer): ForgeBuffer =>
    util.createBuffer(bytes.toString("latin1"));
  const cipher = rc2.createDecryptionCipher(toForge(key), 8 * key.length);
  cipher.start(toForge(iv), null);
  cipher.update(toForge(encrypted));
  if (!cipher.finish()) throw new Error("the key is wrong");
  return Buffer.from(cipher.output.getBytes(), "latin1");
}

async function loadForge(): Promise<Forge | undefined> {
  try {
    const { default: library } = await import("node-forge");
    return library as Forge;
  } catch {
    return undefined;
  }
}

function missingForge(): never {
  throw new InvalidCertificateError(
    "certificate",
    "library",
    "certificate is a PKCS#12 file that is encrypted with RC2, which requires the package node-forge; run npm install node-forge, or export the file with AES",
  );
}
