import type { CredentialsLike } from "../../../domain";
import { assumeRole } from "./assumeRole";
import { toRoleError } from "./toRoleError";
import { RoleStepError } from "./RoleStepError";
import type { RoleSessionParameters } from "./RoleSessionParameters";
import type { Call } from "../call/Call";
import { runSharedCall } from "../call/runSharedCall";
import type { CachedRoleSession } from "../connection/CachedRoleSession";
import type { LoadContext } from "../connection/RenewingCache";
import { reloadExternalId, getExternalId } from "./externalId";
import { rejectLongChainedSession, rejectOtherPartition } from "./roleRules";
import { remainingLifetimeMs } from "../connection/roleSession";
import { isAccessDenied, isExpiredToken } from "../call/serviceErrors";

/**
 * Calls a function with the credentials of a role session, cached or new. If AWS reports that the session has expired, calls
 * it once more with a new session: AWS reports that before anything has run.
 *
 * @throws `ERR_CREDENTIALS` if the role cannot be assumed, or its external id cannot be read.
 */
export async function withRoleSession<Value>(
  parameters: RoleSessionParameters,
  call: Call,
  use: (credentials: CredentialsLike) => Promise<Value>,
): Promise<Value> {
  if (parameters.externalId !== undefined)
    call.secrets.add(parameters.externalId);
  const { sessions } = call.shared;
  const key = parameters.cacheKey.for(call.settings.caller);
  const session =
    sessions.getFresh(key) ?? (await getSession(key, parameters, call));
  try {
    return await use(session.credentials);
  } catch (error) {
    noteSession(parameters, session, call);
    // If an earlier attempt may have run, `error` does not describe that attempt.
    if (!isExpiredToken(error) || call.execution === "may-have-run")
      throw error;
    sessions.invalidate(key, session);
    const renewed = await getSession(key, parameters, call);
    noteSession(parameters, renewed, call);
    return use(renewed.credentials);
  }
}

/** Adds what is needed to describe an error of the session. Successful calls don't need it. */
function noteSession(
  { roleArn }: RoleSessionParameters,
  { externalId }: CachedRoleSession,
  call: Call,
): void {
  call.secrets.add(externalId);
  call.deniedRole = roleArn;
}

/** Returns the cached session, or else a new one, which concurrent calls share. */
async function getSession(
  key: string,
  parameters: RoleSessionParameters,
  call: Call,
): Promise<CachedRoleSession> {
  const cached = call.shared.sessions.get(key, {
    signal: call.signal,
    load: async (context) => {
      const session = await requestSession(parameters, call, context);
      return {
        value: session,
        ttlMs: remainingLifetimeMs(session.credentials, call.shared),
      };
    },
  });
  return cached instanceof Promise ? call.within(cached) : cached;
}

function requestSession(
  parameters: RoleSessionParameters,
  call: Call,
  context: LoadContext,
): Promise<CachedRoleSession> {
  return runSharedCall(call, context, async (sharedCall) => {
    sharedCall.secrets.add(parameters.externalId);
    try {
      await rejectOtherPartition(parameters, sharedCall);
      await rejectLongChainedSession(parameters, sharedCall);
      return await assumeWithCurrentExternalId(parameters, sharedCall);
    } catch (error) {
      throw toRoleError(error, parameters.roleArn, sharedCall);
    }
  });
}

/** Assumes the role. If it rejects a cached external id, reads the external id again: it may have been replaced. */
async function assumeWithCurrentExternalId(
  parameters: RoleSessionParameters,
  call: Call,
): Promise<CachedRoleSession> {
  const { externalIdKey: key } = parameters;
  if (key === undefined)
    return {
      credentials: await assumeRole(parameters, parameters.externalId, call),
    };
  const { value: externalId, isCached } = await getExternalId(key, call);
  try {
    return await assumeWith(externalId, parameters, call);
  } catch (error) {
    const wasDenied =
      error instanceof RoleStepError && isAccessDenied(error.cause);
    if (!isCached || !wasDenied) throw error;
    const current = await reloadExternalId(key, externalId, call);
    if (current === externalId) throw error;
    return assumeWith(current, parameters, call);
  }
}

async function assumeWith(
  externalId: string,
  parameters: RoleSessionParameters,
  call: Call,
): Promise<CachedRoleSession> {
  const credentials = await assumeRole(parameters, externalId, call);
  return { credentials, externalId };
}
