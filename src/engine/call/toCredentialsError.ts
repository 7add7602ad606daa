import {
  CredentialsError,
  isConnectorError,
  type AnyConnectorError,
} from "../../errors";
import type { NoCredentialsError } from "../credentials/CallerCredentials";
import { CredentialSourceError } from "../credentials/chain/CredentialSourceError";
import { PROVIDER_FUNCTION } from "../credentials/chain/ProvidedCredentials";
import {
  attachDescription,
  describeError,
  type ErrorDescription,
} from "../text/errorDescription";
import { toOneLine } from "../text/toOneLine";
import { removeFinalPeriod, toSentence } from "../text/toSentence";
import type { Call } from "./Call";
import { errorText } from "./describeCall";

/** Translates an error of a request. */
type Translate = (thrown: unknown, call: Call) => AnyConnectorError;

/** Translates the failure to load the caller's credentials. `translate` is used for requests that the default chain sent. */
export function toCredentialsError(
  error: NoCredentialsError,
  call: Call,
  translate: Translate,
): CredentialsError {
  const { cause } = error;
  if (isConnectorError(cause)) return toProviderError(cause, call);
  if (cause instanceof CredentialSourceError)
    return toSourceError(cause, call, translate);
  const description = describeMissingCredentials(
    removeFinalPeriod(errorText(error, call)),
    call,
  );
  return create({ description, retryable: false, cause }, call);
}

interface Failure {
  readonly description: ErrorDescription;
  readonly retryable: boolean;
  readonly roleArn?: string | undefined;
  readonly serviceCode?: string | undefined;
  readonly cause: unknown;
}

function create(failure: Failure, call: Call): CredentialsError {
  const { operation, execution } = call;
  const { description, retryable, roleArn, serviceCode } = failure;
  const { what, advice } = description;
  return attachDescription(
    new CredentialsError({
      operation,
      message: `${operation}: ${toSentence(what)}${advice ? ` ${toSentence(advice)}` : ""}`,
      retryable,
      execution,
      roleArn,
      serviceCode,
      cause: call.secrets.toCause(failure.cause),
    }),
    description,
  );
}

/** Translates an error of the operation that should have provided the credentials: its description applies here too. */
function toProviderError(
  failed: AnyConnectorError,
  call: Call,
): CredentialsError {
  const { what, advice } = describeError(failed);
  const hide = (text: string): string =>
    toOneLine(call.secrets.hideInError(text));
  const description = {
    what: `${hide(failed.operation)} provided no credentials; ${hide(what)}`,
    advice: advice && hide(advice),
  };
  const { retryable } = failed;
  const { roleArn, serviceCode } = failed as Partial<CredentialsError>;
  return create(
    { description, retryable, roleArn, serviceCode, cause: failed },
    call,
  );
}

/** Translates the failure of a source of the default chain. */
function toSourceError(
  source: CredentialSourceError,
  call: Call,
  translate: Translate,
): CredentialsError {
  call.secrets.add(...source.secrets);
  const { failure, roleArn } = source;
  const hide = (text: string): string =>
    toOneLine(call.secrets.hideInError(text));
  const failed = failure === undefined ? undefined : translate(failure, call);
  const reason = failed && describeError(failed);
  const isTemporary = failed?.retryable === true;
  return create(
    {
      description: {
        what: hide(`${source.message}${reason ? `; ${reason.what}` : ""}`),
        // A temporary failure says nothing about the settings.
        advice: isTemporary
          ? (reason?.advice ?? "Try again later")
          : (source.advice ?? reason?.advice),
      },
      retryable: source.retryable ?? isTemporary,
      roleArn,
      serviceCode:
        failed?.code === "ERR_SERVICE" ? failed.serviceCode : undefined,
      cause: failure ?? source,
    },
    call,
  );
}

function describeMissingCredentials(
  message: string,
  { settings }: Call,
): Required<ErrorDescription> {
  if (typeof settings.credentials !== "function")
    return {
      what: `no AWS credentials were found (${message})`,
      advice:
        "Set credentials on the connection, or configure the AWS SDK's default credential chain",
    };
  return {
    what: message.startsWith(PROVIDER_FUNCTION)
      ? message
      : `${PROVIDER_FUNCTION} failed (${message})`,
    advice: "Fix that function, or set other credentials on the connection",
  };
}
