/** Codes for a signature that is too old, too new, or does not match. */
const CLOCK = new Set([
  "AuthFailure",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);

/** Whether a wrong clock may have caused the error. */
export function isClockError({ name }: Error): boolean {
  return CLOCK.has(name);
}

/** Codes for a request that arrived too early or too late. */
const OUTDATED = new Set([
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
]);

/** Whether AWS rejected the time of the signature. */
export function isSignatureOutdated(error: Error): boolean {
  return OUTDATED.has(error.name) || isOutdatedByMessage(error);
}

/** Whether the message says so: the codes for a signature that does not match are used for this, too. */
export function isOutdatedByMessage(error: Error): boolean {
  return (
    isClockError(error) &&
    /^Signature (expired|not yet current)/i.test(error.message)
  );
}
