/** Signature version 4, read and checked independently of any signer. */
export { parseAuthorization } from "./Authorization";
export { createCanonicalRequest as canonicalRequest } from "./createCanonicalRequest";
export { calculateSignature as expectedSignature } from "./calculateSignature";
export { isSameSignature } from "./isSameSignature";
export { deriveSigningKey as signingKey } from "./deriveSigningKey";
export { createStringToSign as stringToSign } from "./createStringToSign";
export {
  findTimeProblem as complainOfTime,
  parseSigningTime,
} from "./parseSigningTime";
export type { Authorization } from "./Authorization";
export type { CredentialScope as Scope } from "./deriveSigningKey";
