import {
  CredentialsError,
  type AnyConnectorError,
  type ServiceError,
} from "../../errors";
import type { Call } from "../call/Call";
import { errorText } from "../call/describeCall";
import { lookUpServiceError } from "../call/serviceErrors";
import { toConnectorError } from "../call/toConnectorError";
import {
  attachDescription,
  describeError,
  type ErrorDescription,
} from "../text/errorDescription";
import { isError } from "../text/isError";
import { removeFinalPeriod, toSentence } from "../text/toSentence";
import type { CreateSessionParameters } from "./CreateSessionParameters";

/** Translates a failed CreateSession request, and adds advice. */
export function toSessionError(
  error: unknown,
  parameters: CreateSessionParameters,
  call: Call,
): AnyConnectorError {
  const cause = toConnectorError(error, call);
  if (cause.code === "ERR_DEADLINE" || cause.code === "ERR_INVALID_INPUT")
    return cause;
  const { operation } = call;
  const { roleArn } = parameters;
  const reason =
    cause.code === "ERR_SERVICE"
      ? describeServiceError(cause, error, { parameters, call })
      : describeError(cause);
  const what = `IAM Roles Anywhere created no session for the role ${roleArn}; ${reason.what}`;
  const advice = reason.advice ? ` ${toSentence(reason.advice)}` : "";
  return attachDescription(
    new CredentialsError({
      operation,
      message: `${operation}: ${toSentence(what)}${advice}`,
      retryable: cause.retryable,
      roleArn,
      serviceCode: cause.code === "ERR_SERVICE" ? cause.serviceCode : undefined,
      cause,
    }),
    { what, advice: reason.advice },
  );
}

interface Context {
  readonly parameters: CreateSessionParameters;
  readonly call: Call;
}

function describeServiceError(
  { serviceCode, httpStatus, retryable }: ServiceError,
  error: unknown,
  { parameters, call }: Context,
): ErrorDescription {
  const message = isError(error)
    ? removeFinalPeriod(errorText(error, call))
    : "";
  const advice = retryable
    ? "Try again later"
    : (adviceFor(serviceCode, parameters) ??
      lookUpServiceError(serviceCode, httpStatus).advice ??
      "Correct the value that AWS names");
  return {
    what: `AWS returned ${serviceCode}${message && ` (${message})`}`,
    advice,
  };
}

function adviceFor(
  serviceCode: string,
  { roleSessionName, trustAnchorArn }: CreateSessionParameters,
): string | undefined {
  if (serviceCode === "AccessDeniedException") {
    const sessionName =
      roleSessionName === undefined ? "" : " and accepts a role session name";
    return `Check that the trust anchor ${trustAnchorArn} has the certificate authority that issued this certificate, that all intermediate certificates are given, that the profile lists the role${sessionName}, and that the role's trust policy allows rolesanywhere.amazonaws.com to perform sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity`;
  }
  if (serviceCode === "ResourceNotFoundException")
    return "Check trustAnchorArn and profileArn, and that the trust anchor and the profile are enabled";
  return undefined;
}
