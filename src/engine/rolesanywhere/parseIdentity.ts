import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import type { CertificateFields } from "./CertificateFields";
import type { CertificateIdentity } from "./CertificateIdentity";
import { InvalidCertificateError } from "./InvalidCertificateError";
import { readIdentity } from "./readIdentity";

/**
 * Reads certificate, private key and intermediates, and checks that they match.
 *
 * @throws `ERR_INVALID_INPUT` with the first problem. Contains no part of the key.
 */
export function parseIdentity(
  fields: CertificateFields,
  context: InputErrorContext,
): CertificateIdentity {
  return rethrowAsInvalidInput(() => readIdentity(fields), context);
}

/** Calls a function and translates {@link InvalidCertificateError} to `ERR_INVALID_INPUT`. */
export function rethrowAsInvalidInput<Value>(
  read: () => Value,
  context: InputErrorContext,
): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidCertificateError)
      throwIfInvalid([error.issue], context);
    throw error;
  }
}
