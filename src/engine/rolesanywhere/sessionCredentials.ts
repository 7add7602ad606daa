import { createHash } from "node:crypto";
import type { CredentialsLike } from "../../../domain";
import {
  CredentialsError,
  type AnyConnectorError,
  type ServiceError,
} from "../../errors";
import type { Call } from "../call/Call";
import { runSharedCall } from "../call/runSharedCall";
import type { LoadContext } from "../connection/RenewingCache";
import { isError } from "../text/isError";
import { throwIfInvalid, type InputErrorContext } from "../validation/parse";
import {
  remainingLifetimeMs,
  markRoleSession,
} from "../connection/roleSession";
import { removeFinalPeriod, toSentence } from "../text/toSentence";
import { lookUpServiceError } from "../call/serviceErrors";
import { errorText } from "../call/describeCall";
import {
  attachDescription,
  describeError,
  type ErrorDescription,
} from "../text/errorDescription";
import { toConnectorError } from "../call/toConnectorError";
import {
  createSession,
  regionFor,
  regionOf,
  type SessionRequest,
} from "./createSession";
import { keyBeside, type CertificateFields } from "./CertificateFields";
import { checkTime, readIdentity, type Identity } from "./readIdentity";
import { InvalidCertificateError } from "./InvalidCertificateError";

/**
 * The keys of a session: still at hand, or those of a new one, which all who want the same wait for.
 *
 * @throws `ERR_INVALID_INPUT` where certificate and key will not do; `ERR_CREDENTIALS` where there is no session.
 */
export async function sessionCredentials(
  request: SessionRequest,
  call: Call,
): Promise<CredentialsLike> {
  const name = `${call.settings.caller} ${nameOf(request, regionFor(request, call))}`;
  const taken = call.shared.sessions.get(name, {
    signal: call.signal,
    load: async (errand) => {
      const fresh = await begin(request, call, errand);
      return { value: fresh, ttlMs: remainingLifetimeMs(fresh, call.shared) };
    },
  });
  const keys = taken instanceof Promise ? await call.within(taken) : taken;
  call.secrets.addCredentials(keys);
  return keys;
}

/**
 * Sees whether certificate, key and intermediates belong together.
 *
 * @throws `ERR_INVALID_INPUT` with the first thing that is wrong; never with a part of the key.
 */
export function identityOf(
  papers: CertificateFields,
  refusal: InputErrorContext,
): Identity {
  return fit(() => readIdentity(papers), refusal);
}

function fit<Value>(read: () => Value, refusal: InputErrorContext): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidCertificateError)
      throwIfInvalid([error.issue], refusal);
    throw error;
  }
}

/** Sessions are the same when everything that they are asked for with is. Secrets are in the name as a hash only. */
function nameOf(request: SessionRequest, region: string): string {
  const { certificate, certificateChain, privateKey, passphrase } = request;
  const { trustAnchorArn, profileArn, roleArn } = request;
  const { durationSeconds, roleSessionName } = request;
  const told = [
    [region, trustAnchorArn, profileArn, roleArn],
    [durationSeconds, roleSessionName],
    [certificateChain, privateKey, passphrase, typeof certificate],
  ];
  return createHash("sha256")
    .update(`rolesanywhere ${JSON.stringify(told)}`)
    .update(certificate)
    .digest("base64url");
}

function begin(
  request: SessionRequest,
  call: Call,
  errand: LoadContext,
): Promise<CredentialsLike> {
  return runSharedCall(call, errand, async (own) => {
    const { operation, shared } = own;
    own.secrets.add(
      request.privateKey,
      keyBeside(request.certificate),
      request.passphrase,
    );
    try {
      const identity = identityOf(request, { operation });
      const now = shared.clock.now() + shared.skewMs;
      fit(
        () => {
          checkTime(identity, now);
        },
        { operation },
      );
      const keys = await own.within(createSession(request, identity, own));
      return markRoleSession(keys);
    } catch (error) {
      throw notBegun(error, request, own);
    }
  });
}

/** What to do, by AWS's code. */
function adviceOn(
  serviceCode: string,
  { roleSessionName, trustAnchorArn }: SessionRequest,
): string | undefined {
  if (serviceCode === "AccessDeniedException") {
    const name =
      roleSessionName === undefined
        ? ""
        : ", that it accepts a role session name";
    return `Check that the trust anchor ${trustAnchorArn} has the authority of this certificate, that the intermediates between them are given, that the profile lists the role${name}, and that the role's trust policy lets rolesanywhere.amazonaws.com do sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity`;
  }
  if (serviceCode === "ResourceNotFoundException")
    return "Check trustAnchorArn, profileArn and the region, and that both are enabled";
  return undefined;
}

function notBegun(
  error: unknown,
  request: SessionRequest,
  call: Call,
): AnyConnectorError {
  const cause = toConnectorError(error, call);
  if (cause.code === "ERR_DEADLINE" || cause.code === "ERR_INVALID_INPUT")
    return cause;
  const { operation } = call;
  const { roleArn } = request;
  const why =
    cause.code === "ERR_SERVICE"
      ? whyRefused(cause, error, { request, call })
      : describeError(cause);
  const what = `IAM Roles Anywhere gave no session of the role ${roleArn}: ${why.what}`;
  const advice = why.advice ? ` ${toSentence(why.advice)}` : "";
  return attachDescription(
    new CredentialsError({
      operation,
      message: `${operation}: ${toSentence(what)}${advice}`,
      retryable: cause.retryable,
      roleArn,
      serviceCode: cause.code === "ERR_SERVICE" ? cause.serviceCode : undefined,
      cause,
    }),
    { what, advice: why.advice },
  );
}

interface Asked {
  readonly request: SessionRequest;
  readonly call: Call;
}

function whyRefused(
  refusal: ServiceError,
  error: unknown,
  { request, call }: Asked,
): ErrorDescription {
  const { serviceCode, httpStatus, retryable } = refusal;
  const words = isError(error) ? removeFinalPeriod(errorText(error, call)) : "";
  const advice = retryable
    ? "Try again later"
    : (adviceOn(serviceCode, request) ??
      lookUpServiceError(serviceCode, httpStatus).advice ??
      "Correct what AWS names");
  return {
    what: `${serviceCode}${words && ` (${words})`}`,
    advice: `${advice}${elsewhere({ request, call })}`,
  };
}

/** Trust anchors live in one region, and are not found from another. */
function elsewhere({ request, call }: Asked): string {
  const [asked, lives] = [
    regionFor(request, call),
    regionOf(request.trustAnchorArn),
  ];
  return asked === lives
    ? ""
    : `. The trust anchor is in ${lives}, and ${asked} was asked: give a connection of that region`;
}
