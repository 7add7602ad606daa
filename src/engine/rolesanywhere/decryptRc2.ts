import { InvalidCertificateError } from "./InvalidCertificateError";

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

/** Decrypts with RC2 in CBC mode. Throws if the key is wrong. */
export function decryptRc2(
  encrypted: Buffer,
  { key, iv }: { readonly key: Buffer; readonly iv: Buffer },
): Buffer {
  const { rc2, util } = loadForge();
  const toForge = (bytes: Buffer): ForgeBuffer =>
    util.createBuffer(bytes.toString("latin1"));
  const cipher = rc2.createDecryptionCipher(toForge(key), 8 * key.length);
  cipher.start(toForge(iv), null);
  cipher.update(toForge(encrypted));
  if (!cipher.finish()) throw new Error("the key is wrong");
  return Buffer.from(cipher.output.getBytes(), "latin1");
}

function loadForge(): Forge {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer dependency, needed only for RC2
    return require("node-forge") as Forge;
  } catch {
    throw new InvalidCertificateError(
      "certificate",
      "library",
      "certificate is a PKCS#12 file that is encrypted with RC2, which requires the package node-forge; run npm install node-forge, or export the file with AES",
    );
  }
}
