import type { CredentialsLike } from "../../../domain";
import { isConnectorError } from "../../errors";
import type { Call } from "../call/Call";
import type { Principal } from "../call/Principal";
import { runSharedCall } from "../call/runSharedCall";
import {
  isAccessDenied,
  isRejectedCredentialsCode,
} from "../call/serviceErrors";
import type { CachedRoleSession } from "../connection/CachedRoleSession";
import type { LoadContext } from "../connection/RenewingCache";
import {
  nameRoleField,
  sessionKeyFor,
  type RoleSessionParameters,
} from "../connection/RoleSessionParameters";
import type { Caller } from "../credentials/Caller";
import { remainingLifetimeMs } from "../settings/roleSession";
import { assumeRole } from "./assumeRole";
import {
  getExternalId,
  reloadExternalId,
  type ExternalIdRequest,
} from "./externalId";
import { rejectLongChainedSession, rejectOtherPartition } from "./roleRules";
import { RoleStepError } from "./RoleStepError";
import { toErrorOf, toRoleError } from "./toRoleError";

/**
 * A role session that signs the requests of a call, cached or new. If AWS rejects it, the request is sent once more with a
 * new session, like with any other credentials: AWS reports that before anything has run.
 *
 * Sessions are cached by the credentials that assume the first role, not by the function that returned them: it can return
 * those of another tenant each time. The session of a role in a chain is cached by the roles before it, not by their
 * sessions, so that it remains valid when those are renewed.
 */
export class RolePrincipal implements Principal {
  readonly parameters: RoleSessionParameters;
  readonly #call: Call;
  /** Whose credentials assume the first role. The call keeps it, because a credentials function can return another one. */
  #caller: Caller | undefined;
  #session: CachedRoleSession | undefined;

  constructor(parameters: RoleSessionParameters, call: Call) {
    this.parameters = parameters;
    this.#call = call;
    for (
      let each: RoleSessionParameters | undefined = parameters;
      each;
      each = each.assumedBy
    )
      if (each.externalId !== undefined) call.secrets.add(each.externalId);
  }

  get current(): CredentialsLike | undefined {
    this.#caller ??= this.#call.cachedCaller;
    if (!this.#caller) return undefined;
    const session = this.#call.shared.sessions.getFresh(
      sessionKeyFor(this.parameters, this.#caller.key),
    );
    return session && this.#use(session);
  }

  async load(): Promise<CredentialsLike> {
    try {
      return this.#use(await this.#open());
    } catch (error) {
      throw toErrorOf(this.#call, error);
    }
  }

  drop(credentials: CredentialsLike): void {
    if (!this.#caller || this.#session?.credentials !== credentials) return;
    const key = sessionKeyFor(this.parameters, this.#caller.key);
    this.#call.shared.sessions.invalidate(key, this.#session);
  }

  #use(session: CachedRoleSession): CredentialsLike {
    this.#session = session;
    this.#call.session = session;
    return session.credentials;
  }

  /** Returns a session of the caller. If AWS rejects the caller's credentials, tries once more with those that replace them. */
  async #open(): Promise<CachedRoleSession> {
    const caller = (this.#caller ??= await this.#loadCaller());
    try {
      return await this.#loadSession(caller);
    } catch (error) {
      const wereRejected =
        isConnectorError(error) &&
        error.code === "ERR_CREDENTIALS" &&
        isRejectedCredentialsCode(error.serviceCode);
      if (!wereRejected || this.#call.reason) throw error;
      const renewed = await this.#loadCaller();
      if (renewed.key === caller.key) throw error;
      this.#caller = renewed;
      return this.#loadSession(renewed);
    }
  }

  async #loadCaller(): Promise<Caller> {
    const { roleArn } = firstOf(this.parameters);
    try {
      return await this.#call.loadCaller();
    } catch (cause) {
      const what = `the role ${roleArn} could not be assumed`;
      const error = new RoleStepError(what, {}, cause);
      throw toRoleError(error, roleArn, this.#call);
    }
  }

  /** Returns the cached session, or else a new one, which concurrent calls share. */
  #loadSession(caller: Caller): Promise<CachedRoleSession> {
    const call = this.#call;
    const parameters = this.parameters;
    const cached = call.shared.sessions.get(
      sessionKeyFor(parameters, caller.key),
      {
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
      },
    );
    return cached instanceof Promise
      ? call.within(cached)
      : Promise.resolve(cached);
  }
}

/** Returns the parameters of the first role of a chain. */
function firstOf(parameters: RoleSessionParameters): RoleSessionParameters {
  return parameters.assumedBy ? firstOf(parameters.assumedBy) : parameters;
}

function requestSession(
  parameters: RoleSessionParameters,
  call: Call,
  context: LoadContext & { readonly caller: Caller },
): Promise<CachedRoleSession> {
  return runSharedCall(call, context, async (sharedCall) => {
    sharedCall.secrets.add(parameters.externalId);
    if (parameters.assumedBy)
      sharedCall.principal = new RolePrincipal(
        parameters.assumedBy,
        sharedCall,
      );
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
  const { externalIdKey: key, externalIdReader: reader } = parameters;
  if (key === undefined)
    return {
      credentials: await assumeRole(parameters, parameters.externalId, call),
    };
  const request: ExternalIdRequest = {
    key,
    field: nameRoleField("externalIdKey", parameters),
    reader: reader && {
      keyFor: (caller) => sessionKeyFor(reader, caller),
      createPrincipal: (each) => new RolePrincipal(reader, each),
    },
  };
  const { value: externalId, isCached } = await getExternalId(request, call);
  try {
    return await assumeWith(externalId, parameters, call);
  } catch (error) {
    const wasDenied =
      error instanceof RoleStepError && isAccessDenied(error.cause);
    if (!isCached || !wasDenied) throw error;
    const current = await reloadExternalId(request, externalId, call);
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
