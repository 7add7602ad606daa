import { InvalidCertificateError } from "./InvalidCertificateError";
import { formatNumber } from "../text/formatNumber";

/** Hash iterations of one key derivation. OpenSSL uses 2,048 by default, and Java 10,000. */
const MAX_ITERATIONS = 1_000_000;

/** Key derivations of one file. Most have three: for the MAC, the certificates and the key. */
const MAX_DERIVATIONS = 16;

/** Memory of scrypt in blocks of 128 bytes, and its work. OpenSSL uses 16,384 × 8 × 1 by default. */
const MAX_SCRYPT_BLOCKS = 524_288;
const MAX_SCRYPT_WORK = 2_097_152;

/** How much work a file may ask for. Checked when its parameters are read, before it is decrypted. */
export class KeyLimits {
  readonly #path: string;
  #derivations = 0;

  /** @param path - The field that contains the file. */
  constructor(path: string) {
    this.#path = path;
  }

  /** @throws {@link InvalidCertificateError}. */
  checkIterations(iterations: number): void {
    this.#countDerivation();
    if (iterations < 1 || iterations > MAX_ITERATIONS)
      throw this.#refuse(
        `be encrypted with 1 to ${formatNumber(MAX_ITERATIONS)} iterations, and has ${formatNumber(iterations)}`,
      );
  }

  /** @throws {@link InvalidCertificateError}. */
  checkScrypt({
    cost,
    blockSize,
    parallelization,
  }: {
    readonly cost: number;
    readonly blockSize: number;
    readonly parallelization: number;
  }): void {
    this.#countDerivation();
    const blocks = cost * blockSize;
    const work = blocks * parallelization;
    if (work < 1 || blocks > MAX_SCRYPT_BLOCKS || work > MAX_SCRYPT_WORK)
      throw this.#refuse(
        `be encrypted with scrypt parameters N × r × p of at most ${formatNumber(MAX_SCRYPT_WORK)}, and N × r of at most ${formatNumber(MAX_SCRYPT_BLOCKS)}`,
      );
  }

  #countDerivation(): void {
    if (++this.#derivations > MAX_DERIVATIONS)
      throw this.#refuse(`have at most ${MAX_DERIVATIONS} encrypted parts`);
  }

  #refuse(rule: string): InvalidCertificateError {
    return new InvalidCertificateError(
      this.#path,
      "iterations",
      `${this.#path} must ${rule}; export it again with other parameters`,
    );
  }
}
