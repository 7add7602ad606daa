import type { ValidCredentials } from "../settings/ValidCredentials";
import type { Call } from "../call/Call";
import { runSharedCall } from "../call/runSharedCall";
import { cacheKey } from "../settings/cacheKey";
import type { LoadContext } from "../connection/RenewingCache";
import { remainingLifetimeMs, markRoleSession } from "../settings/roleSession";
import { checkValidity } from "./checkValidity";
import { createSession } from "./createSession";
import type { CertificateFields } from "./CertificateFields";
import type { CreateSessionParameters } from "./CreateSessionParameters";
import { parseIdentity, rethrowAsInvalidInput } from "./parseIdentity";
import { findPrivateKey } from "./pem";
import { toSessionError } from "./toSessionError";

/**
 * Returns the credentials of a session, cached or new. Concurrent calls share one request.
 *
 * @throws `ERR_INVALID_INPUT` if certificate or key cannot be used; `ERR_CREDENTIALS` if no session was created.
 */
export async function loadSessionCredentials(
  parameters: CreateSessionParameters,
  call: Call,
): Promise<ValidCredentials> {
  const cached = call.shared.sessions.get(entryOf(parameters, call), {
    signal: call.signal,
    load: async (context) => {
      const credentials = await requestSession(parameters, call, context);
      return {
        value: { credentials },
        ttlMs: remainingLifetimeMs(credentials, call.shared),
      };
    },
  });
  const { credentials } =
    cached instanceof Promise ? await call.within(cached) : cached;
  call.secrets.addCredentials(credentials);
  return credentials;
}

/** The parts of a request that must not appear in errors. */
export function secretsOf({
  certificate,
  privateKey,
  passphrase,
}: CertificateFields): readonly (string | undefined)[] {
  return [
    typeof privateKey === "string" ? privateKey : undefined,
    findPrivateKey(privateKey ?? certificate),
    passphrase,
  ];
}

/** The cache key of a session. The connection's credentials are not part of it: the certificate identifies the caller. */
function entryOf(parameters: CreateSessionParameters, call: Call): string {
  const { certificate, certificateChain, privateKey, passphrase } = parameters;
  const { trustAnchorArn, profileArn, roleArn } = parameters;
  const { durationSeconds, roleSessionName } = parameters;
  return cacheKey(
    "roles anywhere session",
    [call.settings.trust],
    [trustAnchorArn, profileArn, roleArn],
    [durationSeconds, roleSessionName],
    [certificate, certificateChain, privateKey, passphrase],
  );
}

function requestSession(
  parameters: CreateSessionParameters,
  call: Call,
  context: LoadContext,
): Promise<ValidCredentials> {
  return runSharedCall(call, context, async (sharedCall) => {
    const { operation, shared } = sharedCall;
    sharedCall.secrets.add(...secretsOf(parameters));
    try {
      const identity = await parseIdentity(parameters, {
        operation,
        signal: sharedCall.signal,
      });
      const now = shared.clock.now() + shared.skewMs;
      rethrowAsInvalidInput(
        () => {
          checkValidity(identity, now);
        },
        { operation },
      );
      const credentials = await sharedCall.within(
        createSession(parameters, identity, sharedCall),
      );
      return markRoleSession(credentials);
    } catch (error) {
      throw toSessionError(error, parameters, sharedCall);
    }
  });
}
