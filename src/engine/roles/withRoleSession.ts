import type { CredentialsLike } from "../../../domain";
import { isConnectorError } from "../../errors";
import { assumeRole } from "./assumeRole";
import { toRoleError } from "./toRoleError";
import { RoleStepError } from "./RoleStepError";
import type { Call } from "../call/Call";
import { runSharedCall } from "../call/runSharedCall";
import type { CachedRoleSession } from "../connection/CachedRoleSession";
import type { Caller } from "../credentials/Caller";
import type { LoadContext } from "../connection/RenewingCache";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";
import { reloadExternalId, getExternalId } from "./externalId";
import { rejectLongChainedSession, rejectOtherPartition } from "./roleRules";
import { remainingLifetimeMs } from "../settings/roleSession";
import {
  isAccessDenied,
  isExpiredToken,
  isRejectedCredentialsCode,
} from "../call/serviceErrors";

/**
 * Calls a function with the credentials of a role session, cached or new. If AWS reports that the session has expired, calls
 * it once more with a new session: AWS reports that before anything has run.
 *
 * Sessions are cached by the credentials that assume the role, not by the function that returned them: it can return those
 * of another tenant each time.
 *
 * @throws `ERR_CREDENTIALS` if the role cannot be assumed, or its external ID cannot be read.
 */
export async function withRoleSession<Value>(
  parameters: RoleSessionParameters,
  call: Call,
  use: (credentials: CredentialsLike) => Promise<Value>,
): Promise<Value> {
  if (parameters.externalId !== undefined)
    call.secrets.add(parameters.externalId);
  const { sessions } = call.shared;
  const identified = call.identify();
  const caller =
    identified instanceof Promise
      ? await loadCaller(identified, parameters, call)
      : identified;
  const session = sessions.getFresh(parameters.cacheKey.for(caller.key));
  const open = session
    ? { caller, session }
    : await openSession(parameters, caller, call);
  call.session = open.session;
  try {
    return await use(open.session.credentials);
  } catch (error) {
    call.deniedRole = parameters.roleArn;
    // If an earlier attempt may have run, `error` does not describe that attempt.
    if (!isExpiredToken(error) || call.execution === "may-have-run")
      throw error;
    sessions.invalidate(parameters.cacheKey.for(open.caller.key), open.session);
    const renewed = await openSession(parameters, open.caller, call);
    call.session = renewed.session;
    return use(renewed.session.credentials);
  }
}

/** A session, and who assumed the role. */
interface OpenSession {
  readonly caller: Caller;
  readonly session: CachedRoleSession;
}

async function loadCaller(
  caller: Promise<Caller>,
  { roleArn }: RoleSessionParameters,
  call: Call,
): Promise<Caller> {
  try {
    return await caller;
  } catch (cause) {
    const what = `the role ${roleArn} could not be assumed`;
    throw toRoleError(new RoleStepError(what, {}, cause), roleArn, call);
  }
}

/** Returns a session of the caller. If AWS rejects the caller's credentials, tries once more with those that replace them. */
async function openSession(
  parameters: RoleSessionParameters,
  caller: Caller,
  call: Call,
): Promise<OpenSession> {
  try {
    return { caller, session: await loadSession(parameters, caller, call) };
  } catch (error) {
    const wereRejected =
      isConnectorError(error) &&
      error.code === "ERR_CREDENTIALS" &&
      isRejectedCredentialsCode(error.serviceCode);
    if (!wereRejected || call.reason) throw error;
    const current = Promise.resolve(call.identify());
    const renewed = await loadCaller(current, parameters, call);
    if (renewed.key === caller.key) throw error;
    const session = await loadSession(parameters, renewed, call);
    return { caller: renewed, session };
  }
}

/** Returns the cached session, or else a new one, which concurrent calls share. */
async function loadSession(
  parameters: RoleSessionParameters,
  caller: Caller,
  call: Call,
): Promise<CachedRoleSession> {
  const key = parameters.cacheKey.for(caller.key);
  const cached = call.shared.sessions.get(key, {
    signal: call.signal,
    load: async (context) => {
      const session = await requestSession(parameters, call, {
        ...context,
        caller,
      });
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
  context: LoadContext & { readonly caller: Caller },
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

/** Assumes the role. If it rejects a cached external ID, reads the external ID again: it may have been replaced. */
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
