import { createHash } from "node:crypto";
import type { CredentialKeys } from "../../../domain";
import { assumeRole } from "./assumeRole";
import { notBorrowed, StepError } from "./borrowError";
import type { Call } from "../call/Call";
import { runErrand, type Errand } from "../call/errand";
import { externalIdAnew, externalIdIn } from "./externalId";
import { refuseLongChain, refuseOtherPartition } from "./loanRules";
import { lifeOf } from "../connection/roleSessions";
import { isDenied, isExpiredToken } from "../call/serviceErrors";

/** What is borrowed, and how. */
export interface Borrowing {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly externalIdKey?: string;
  readonly roleSessionName: string;
  readonly durationSeconds?: number;
  readonly policy?: string;
  readonly sourceIdentity?: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/**
 * Does something with a role's keys, borrowed or still at hand. When AWS answers that they have expired, new ones are
 * borrowed and it is done once more: that answer comes before anything has run.
 *
 * @throws `ERR_CREDENTIALS` when the role cannot be assumed, or its external id cannot be read.
 */
export async function withBorrowedKeys<Value>(
  borrowing: Borrowing,
  call: Call,
  use: (keys: CredentialKeys) => Promise<Value>,
): Promise<Value> {
  if (borrowing.externalId !== undefined)
    call.secrets.add(borrowing.externalId);
  const { sessions } = call.shared;
  const name = nameOf(borrowing, call.settings.caller);
  const keys = sessions.peek(name) ?? (await take(name, borrowing, call));
  try {
    return await use(keys);
  } catch (error) {
    noteLoan(borrowing, keys, call);
    // Not where an earlier attempt was lost: what failed then could no longer be told.
    if (!isExpiredToken(error) || call.execution === "may-have-run")
      throw error;
    sessions.drop(name, keys);
    const others = await take(name, borrowing, call);
    noteLoan(borrowing, others, call);
    return use(others);
  }
}

/** The external id that each session was borrowed with, as long as there is the session: an error is searched for it. */
const externalIds = new WeakMap<CredentialKeys, string>();

/** What an error has to know of the session that it is about; a call that succeeds spends nothing on it. */
function noteLoan(
  { roleArn }: Borrowing,
  keys: CredentialKeys,
  call: Call,
): void {
  call.secrets.add(externalIds.get(keys));
  call.refusedRole = roleArn;
}

/** The keys that are kept, else those that are borrowed now, for this call and all others that wait for them. */
async function take(
  name: string,
  borrowing: Borrowing,
  call: Call,
): Promise<CredentialKeys> {
  const taken = call.shared.sessions.take(name, {
    signal: call.signal,
    bring: async (errand) => {
      const keys = await borrow(borrowing, call, errand);
      return { value: keys, goodForMs: lifeOf(keys, call.shared) };
    },
  });
  return taken instanceof Promise ? call.within(taken) : taken;
}

const names = new WeakMap<Borrowing, { caller: string; name: string }>();

/** Sessions are the same when everything that AWS is told of them is. Secrets are in it as a hash only. */
function nameOf(borrowing: Borrowing, caller: string): string {
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
function borrow(
  borrowing: Borrowing,
  call: Call,
  errand: Errand,
): Promise<CredentialKeys> {
  return runErrand(call, errand, async (own) => {
    own.secrets.add(borrowing.externalId);
    try {
      await refuseOtherPartition(borrowing, own);
      await refuseLongChain(borrowing, own);
      return await ask(borrowing, own);
    } catch (error) {
      throw notBorrowed(error, borrowing.roleArn, own);
    }
  });
}

/** Where the role refuses an external id that was read a while ago, it may have been replaced since. */
async function ask(borrowing: Borrowing, call: Call): Promise<CredentialKeys> {
  const { externalIdKey: key } = borrowing;
  if (key === undefined)
    return assumeRole(borrowing, borrowing.externalId, call);
  const { value, isOld } = await externalIdIn(key, call);
  try {
    return await assumeWith(value, borrowing, call);
  } catch (refused) {
    const wasDenied = refused instanceof StepError && isDenied(refused.cause);
    if (!isOld || !wasDenied) throw refused;
    const now = await externalIdAnew(key, value, call);
    if (now === value) throw refused;
    return assumeWith(now, borrowing, call);
  }
}

async function assumeWith(
  externalId: string,
  borrowing: Borrowing,
  call: Call,
): Promise<CredentialKeys> {
  const keys = await assumeRole(borrowing, externalId, call);
  externalIds.set(keys, externalId);
  return keys;
}
