/** Signature version 4, read and checked independently of any signer. */
export { parseAuthorization } from "./Authorization";
export { canonicalRequest } from "./canonicalRequest";
export { expectedSignature } from "./expectedSignature";
export { isSameSignature } from "./isSameSignature";
export { signingKey } from "./signingKey";
export { stringToSign } from "./stringToSign";
export { complainOfTime, parseSigningTime } from "./parseSigningTime";
export type { Authorization } from "./Authorization";
export type { Scope } from "./signingKey";
