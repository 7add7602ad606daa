import { types } from "node:util";

/** Whether a value can be a PKCS#12 file: bytes, or a base64 string. */
export function isPkcs12(value: unknown): boolean {
  if (types.isUint8Array(value)) return value.byteLength > 0;
  return typeof value === "string" && /^[A-Za-z\d+/=\r\n]{20,}$/.test(value);
}
