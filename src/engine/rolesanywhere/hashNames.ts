/** Node's names of hashes, by the object identifier of the hash. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.5", "md5"],
  ["1.3.14.3.2.26", "sha1"],
  ["2.16.840.1.101.3.4.2.4", "sha224"],
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
  ["2.16.840.1.101.3.4.2.5", "sha512-224"],
  ["2.16.840.1.101.3.4.2.6", "sha512-256"],
]);

/** Node's names of hashes, by the object identifier of their HMAC. */
const HMACS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.7", "sha1"],
  ["1.2.840.113549.2.8", "sha224"],
  ["1.2.840.113549.2.9", "sha256"],
  ["1.2.840.113549.2.10", "sha384"],
  ["1.2.840.113549.2.11", "sha512"],
  ["1.2.840.113549.2.12", "sha512-224"],
  ["1.2.840.113549.2.13", "sha512-256"],
]);

/** Returns the name of a hash. `undefined`: it is not supported. */
export function hashOf(oid: string): string | undefined {
  return HASHES.get(oid);
}

/** Returns the name of the hash of an HMAC. `undefined`: it is not supported. */
export function hashOfHmac(oid: string): string | undefined {
  return HMACS.get(oid);
}
