/** Signature Version 4 verification, independent of any signer. */
export { parseAuthorization } from "./Authorization";
export { createCanonicalRequest } from "./createCanonicalRequest";
export { calculateSignature } from "./calculateSignature";
export { isSameSignature } from "./isSameSignature";
export { deriveSigningKey } from "./deriveSigningKey";
export { createStringToSign } from "./createStringToSign";
export { findTimeProblem, parseSigningTime } from "./parseSigningTime";
export type { Authorization } from "./Authorization";
export type { CredentialScope } from "./deriveSigningKey";
