import { createHash } from "node:crypto";
import type { CredentialsLike } from "../../../domain";
import { assumeRole } from "./assumeRole";
import type { AssumeRoleParameters } from "./AssumeRoleParameters";
import { toRoleError, RoleStepError } from "./roleErrors";
import type { Call } from "../call/Call";
import { runSharedCall } from "../call/runSharedCall";
import type { LoadContext } from "../connection/RenewingCache";
import { reloadExternalId, getExternalId } from "./externalId";
import { rejectLongChainedSession, rejectOtherPartition } from "./roleRules";
import { remainingLifetimeMs } from "../connection/roleSession";
import { isAccessDenied, isExpiredToken } from "../call/serviceErrors";

/**
 * Does something with a role's keys, borrowed or still at hand. When AWS answers that they have expired, new ones are
 * borrowed and it is done once more: that answer comes before anything has run.
 *
 * @throws `ERR_CREDENTIALS` when the role cannot be assumed, or its external id cannot be read.
 */
export async function withRoleSession<Value>(
  borrowing: AssumeRoleParameters,
  call: Call,
  use: (keys: CredentialsLike) => Promise<Value>,
): Promise<Value> {
  if (borrowing.externalId !== undefined)
    call.secrets.add(borrowing.externalId);
  const { sessions } = call.shared;
  const name = nameOf(borrowing, call.settings.caller);
  const keys =
    sessions.getFresh(name) ?? (await getSession(name, borrowing, call));
  try {
    return await use(keys);
  } catch (error) {
    noteSession(borrowing, keys, call);
    // Not where an earlier attempt was lost: what failed then could no longer be told.
    if (!isExpiredToken(error) || call.execution === "may-have-run")
      throw error;
    sessions.invalidate(name, keys);
    const others = await getSession(name, borrowing, call);
    noteSession(borrowing, others, call);
    return use(others);
  }
}

/** The external id that each session was borrowed with, as long as there is the session: an error is searched for it. */
const externalIds = new WeakMap<CredentialsLike, string>();

/** What an error has to know of the session that it is about; a call that succeeds spends nothing on it. */
function noteSession(
  { roleArn }: AssumeRoleParameters,
  keys: CredentialsLike,
  call: Call,
): void {
  call.secrets.add(externalIds.get(keys));
  call.deniedRole = roleArn;
}

/** The keys that are kept, else those that are borrowed now, for this call and all others that wait for them. */
async function getSession(
  name: string,
  borrowing: AssumeRoleParameters,
  call: Call,
): Promise<CredentialsLike> {
  const taken = call.shared.sessions.get(name, {
    signal: call.signal,
    load: async (errand) => {
      const keys = await openSession(borrowing, call, errand);
      return { value: keys, ttlMs: remainingLifetimeMs(keys, call.shared) };
    },
  });
  return taken instanceof Promise ? call.within(taken) : taken;
}

const names = new WeakMap<
  AssumeRoleParameters,
  { caller: string; name: string }
>();

/** Sessions are the same when everything that AWS is told of them is. Secrets are in it as a hash only. */
function nameOf(borrowing: AssumeRoleParameters, caller: string): string {
  const known = names.get(borrowing);
  if (known?.caller === caller) return known.name;
  const hash = createHash("sha256")
    .update(JSON.stringify(borrowing))
    .digest("base64url");
  const name = `${caller} ${hash}`;
  names.set(borrowing, { caller, name });
  return name;
}

/** Reads the external id, asks STS. */
function openSession(
  borrowing: AssumeRoleParameters,
  call: Call,
  errand: LoadContext,
): Promise<CredentialsLike> {
  return runSharedCall(call, errand, async (own) => {
    own.secrets.add(borrowing.externalId);
    try {
      await rejectOtherPartition(borrowing, own);
      await rejectLongChainedSession(borrowing, own);
      return await assumeWithExternalId(borrowing, own);
    } catch (error) {
      throw toRoleError(error, borrowing.roleArn, own);
    }
  });
}

/** Where the role refuses an external id that was read a while ago, it may have been replaced since. */
async function assumeWithExternalId(
  borrowing: AssumeRoleParameters,
  call: Call,
): Promise<CredentialsLike> {
  const { externalIdKey: key } = borrowing;
  if (key === undefined)
    return assumeRole(borrowing, borrowing.externalId, call);
  const { value, isOld } = await getExternalId(key, call);
  try {
    return await assumeWith(value, borrowing, call);
  } catch (refused) {
    const wasDenied =
      refused instanceof RoleStepError && isAccessDenied(refused.cause);
    if (!isOld || !wasDenied) throw refused;
    const now = await reloadExternalId(key, value, call);
    if (now === value) throw refused;
    return assumeWith(now, borrowing, call);
  }
}

async function assumeWith(
  externalId: string,
  borrowing: AssumeRoleParameters,
  call: Call,
): Promise<CredentialsLike> {
  const keys = await assumeRole(borrowing, externalId, call);
  externalIds.set(keys, externalId);
  return keys;
}
