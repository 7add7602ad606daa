import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import type { CertificateFields } from "./CertificateFields";
import type { CertificateIdentity } from "./CertificateIdentity";
import { InvalidCertificateError } from "./InvalidCertificateError";
import { readIdentity } from "./readIdentity";
import { runSteps, runStepsSync } from "./steps";

/**
 * Hash iterations that a check without waiting may take: some 20 ms. Files with the defaults of OpenSSL and Java need fewer.
 */
const MAX_SYNC_ITERATIONS = 30_000;

/** What errors need to know, and what ends the work. */
export interface ParseContext extends InputErrorContext {
  /** Ends the work when it fires. */
  readonly signal: AbortSignal;
}

/**
 * Reads certificate, private key and intermediates, and checks that they match. Decryption does not block the event loop.
 *
 * @throws `ERR_INVALID_INPUT` with the first problem. Contains no part of the key.
 */
export async function parseIdentity(
  fields: CertificateFields,
  context: ParseContext,
): Promise<CertificateIdentity> {
  try {
    return await runSteps(readIdentity(fields), context.signal);
  } catch (error) {
    throw toInvalidInput(error, context);
  }
}

/**
 * Checks certificate, private key and intermediates at once, as far as this takes only a moment: the content of a file that
 * takes longer to decrypt is checked when it is used.
 *
 * @throws `ERR_INVALID_INPUT` with the first problem. Contains no part of the key.
 */
export function checkIdentity(
  fields: CertificateFields,
  context: InputErrorContext,
): void {
  rethrowAsInvalidInput(
    () => runStepsSync(readIdentity(fields), MAX_SYNC_ITERATIONS),
    context,
  );
}

/** Calls a function and translates {@link InvalidCertificateError} to `ERR_INVALID_INPUT`. */
export function rethrowAsInvalidInput<Value>(
  read: () => Value,
  context: InputErrorContext,
): Value {
  try {
    return read();
  } catch (error) {
    throw toInvalidInput(error, context);
  }
}

function toInvalidInput(error: unknown, context: InputErrorContext): unknown {
  if (error instanceof InvalidCertificateError)
    throwIfInvalid([error.issue], context);
  return error;
}
