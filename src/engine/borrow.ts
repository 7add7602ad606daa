import { createHash } from "node:crypto";
import type { CredentialKeys } from "../../domain";
import { CredentialsError, type AnyConnectorError } from "../errors";
import { Call } from "./Call";
import { isError } from "./isError";
import { clause, sentence } from "./sentence";
import { isExpiredToken, meaningOf } from "./serviceErrors";
import { wordsOf } from "./tell";
import { toConnectorError } from "./toConnectorError";

/** Time for the Parameter Store and STS together: whoever waits may give up earlier, the others go on waiting. */
const BORROW_TIMEOUT_MS = 30_000;

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
  const name = nameOf(borrowing);
  const borrowed = (): Promise<CredentialKeys> =>
    call.within(
      sessions.keys(name, {
        signal: call.signal,
        borrow: (signal) => borrow(borrowing, call, signal),
      }),
    );
  const keys = sessions.atHand(name) ?? (await borrowed());
  try {
    return await use(keys);
  } catch (error) {
    // Not where an earlier attempt was lost: what failed then could no longer be told.
    if (!isExpiredToken(error) || call.execution === "may-have-run")
      throw error;
    sessions.drop(name, keys);
    return use(await borrowed());
  }
}

const names = new WeakMap<Borrowing, string>();

/** Sessions are the same when everything that AWS is told of them is. Secrets are in it as a hash only. */
function nameOf(borrowing: Borrowing): string {
  let name = names.get(borrowing);
  if (name === undefined) {
    name = createHash("sha256")
      .update(JSON.stringify(borrowing))
      .digest("base64url");
    names.set(borrowing, name);
  }
  return name;
}

/** Reads the external id, asks STS. A call of its own: others may wait for it who have more time than the first. */
async function borrow(
  borrowing: Borrowing,
  { operation, settings, shared, trace }: Call,
  signal: AbortSignal,
): Promise<CredentialKeys> {
  const call = new Call({
    operation,
    settings,
    shared,
    invokes: true,
    timeoutMs: BORROW_TIMEOUT_MS,
    signal,
    trace,
  });
  call.secrets.add(borrowing.externalId);
  try {
    return await assumeRole(
      borrowing,
      await externalIdOf(borrowing, call),
      call,
    );
  } catch (error) {
    throw notBorrowed(error, borrowing, call);
  } finally {
    call.end();
  }
}

/** What to do, by AWS's code, with or without its `Exception`; the same code means another thing at another step. */
type Advice = Readonly<Record<string, string>>;

/** The step that failed, so that its error can say what to do. */
class StepError extends Error {
  constructor(
    readonly what: string,
    readonly advice: Advice,
    cause?: unknown,
  ) {
    super(what, { cause });
  }
}

const READ_ADVICE: Advice = {
  ParameterNotFound:
    "Check the key and the region, or store the external id in it",
  ParameterVersionNotFound: "Check the version or label in the key",
  AccessDeniedException:
    "Check the key, the region, and that the caller may ssm:GetParameter (and kms:Decrypt) on it",
  InvalidKeyId: "Check the KMS key with which the parameter is encrypted",
};

const ASSUME_ADVICE: Advice = {
  ValidationError:
    "Correct what AWS names; where it is durationSeconds, the role's own maximum is the bound",
  MalformedPolicyDocument: "Correct sessionPolicy",
  PackedPolicyTooLarge:
    "Make sessionPolicy and tags shorter: packed together, they are too large",
};

async function externalIdOf(
  { externalId, externalIdKey }: Borrowing,
  call: Call,
): Promise<string | undefined> {
  if (externalIdKey === undefined) return externalId;
  const what = `the external id could not be read from parameter ${externalIdKey}`;
  try {
    const { Parameter } = await call.ssm("GetParameter", {
      Name: toParameterName(externalIdKey),
      WithDecryption: true,
    });
    if (Parameter?.Value) {
      call.secrets.add(Parameter.Value);
      return Parameter.Value;
    }
  } catch (cause) {
    throw new StepError(what, READ_ADVICE, cause);
  }
  throw new StepError(`${what}: it is empty; store the external id in it`, {});
}

/** The Parameter Store wants a leading slash as soon as a name has levels. */
function toParameterName(key: string): string {
  return key.includes("/") && !/^(\/|arn:)/.test(key) ? `/${key}` : key;
}

async function assumeRole(
  borrowing: Borrowing,
  externalId: string | undefined,
  call: Call,
): Promise<CredentialKeys> {
  const { roleArn, externalIdKey, tags } = borrowing;
  try {
    const { Credentials: keys } = await call.sts("AssumeRole", {
      RoleArn: roleArn,
      RoleSessionName: borrowing.roleSessionName,
      ExternalId: externalId,
      DurationSeconds: borrowing.durationSeconds,
      Policy: borrowing.policy,
      SourceIdentity: borrowing.sourceIdentity,
      Tags: tags?.map(({ key, value }) => ({ Key: key, Value: value })),
    });
    if (!keys?.AccessKeyId || !keys.SecretAccessKey)
      throw new Error("STS answered without keys");
    return {
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
      expiration: keys.Expiration,
    };
  } catch (cause) {
    const which =
      externalIdKey === undefined
        ? "the external id is the one it asks for"
        : `the external id in parameter ${externalIdKey} is the one it asks for`;
    const match =
      externalId === undefined
        ? "it asks for no external id: none was sent; name one by externalIdKey"
        : which;
    throw new StepError(
      `the role ${roleArn} could not be assumed`,
      {
        ...ASSUME_ADVICE,
        AccessDenied: `Check that the role exists, that its trust policy names the caller, and that ${match}`,
      },
      cause,
    );
  }
}

function notBorrowed(
  error: unknown,
  { roleArn }: Borrowing,
  call: Call,
): unknown {
  const step = error instanceof StepError ? error : undefined;
  const cause = toConnectorError(step?.cause ?? error, call);
  if (
    !step ||
    cause.code === "ERR_DEADLINE" ||
    cause.code === "ERR_INVALID_INPUT"
  )
    return cause;
  const answered = cause.code === "ERR_SERVICE";
  return new CredentialsError({
    operation: call.operation,
    message: `${call.operation}: ${sentence(`${step.what}${whyNot(step, cause, call)}`)} The function did not run.`,
    retryable: cause.retryable,
    execution: "did-not-run",
    roleArn,
    serviceCode: answered ? cause.serviceCode : undefined,
    cause,
  });
}

/** What AWS said and what to do about it; where it said nothing, what became of the question. */
function whyNot(step: StepError, cause: AnyConnectorError, call: Call): string {
  if (step.cause === undefined) return "";
  if (cause.code !== "ERR_SERVICE") {
    const told = cause.message.slice(`${cause.operation}: `.length);
    return `: ${told.replace("; the function did not run", "")}`;
  }
  const { serviceCode, httpStatus, retryable } = cause;
  const words = isError(step.cause) ? clause(wordsOf(step.cause, call)) : "";
  const advice = retryable
    ? "Try again later"
    : (step.advice[serviceCode] ??
      step.advice[serviceCode.replace(/Exception$/, "")] ??
      meaningOf(serviceCode, httpStatus).advice);
  return `: ${sentence(`${serviceCode}${words && ` (${words})`}`)} ${advice ?? "Correct what AWS names"}`;
}
