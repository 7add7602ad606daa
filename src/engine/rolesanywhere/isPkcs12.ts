import { types } from "node:util";
import { readPemContent } from "../text/pemBlocks";

/** Whether a value can be a PKCS#12 file: bytes, or a base64 string. */
export function isPkcs12(value: unknown): boolean {
  return toPkcs12(value) !== undefined;
}

/** Returns the bytes of a PKCS#12 file that is given as bytes or as a base64 string. `undefined`: it is neither. */
export function toPkcs12(value: unknown): Buffer | undefined {
  const { der } = readPemContent(value);
  if (der) return der;
  // Other bytes are read as well, so that the error is that of the file.
  if (types.isUint8Array(value))
    return value.byteLength > 0 ? Buffer.from(value) : undefined;
  return typeof value === "string" && /^[A-Za-z\d+/=\r\n]{20,}$/.test(value)
    ? Buffer.from(value, "base64")
    : undefined;
}
