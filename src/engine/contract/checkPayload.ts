import type { InvokeFunctionResponse } from "../../../domain";
import { ResponseError, type Issue } from "../../errors";
import { warnOfJsonString } from "../invocation/warnOfJsonString";
import { toPayloadBytes } from "../invocation/toPayloadBytes";
import { describeIssues, toSentence } from "../text/toSentence";
import { throwIfInvalid } from "../validation/parse";
import type { CheckResult, Contract } from "./Contract";
import { DeferredPayload } from "../invocation/DeferredPayload";

const OPERATION = "InvokeFunction";

const NOT_SENT = {
  operation: OPERATION,
  execution: "did-not-run" as const,
};

/** The contract of a payload, if there is one, and the function that receives or returned it. */
interface PayloadCheck {
  readonly contract: Contract | undefined;
  readonly functionName: string;
}

/**
 * Starts to check the payload of a typed function. It is read before this function returns, unless a schema is asynchronous.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each broken rule. If the check is asynchronous, the deferred payload rejects.
 */
export function deferPayload(
  payload: unknown,
  check: PayloadCheck,
): DeferredPayload {
  const { contract } = check;
  if (contract && !contract.sendsInput) {
    const result = contract.check(payload);
    return result instanceof Promise
      ? new DeferredPayload(
          result.then((each) => toOutput(each, check)),
          identify(payload),
        )
      : toDeferred(toOutput(result, check), check);
  }
  const bytes = serialize(payload, check);
  if (!contract) {
    warnOfJsonString({ payload, functionName: check.functionName });
    return new DeferredPayload(bytes, bytes);
  }
  const checked = Promise.resolve(contract.check(payload));
  return new DeferredPayload(
    checked.then((result) => {
      toOutput(result, check);
      return bytes;
    }),
    bytes,
  );
}

function toDeferred(output: unknown, check: PayloadCheck): DeferredPayload {
  const bytes = serialize(output, check);
  return new DeferredPayload(bytes, bytes);
}

function serialize(
  payload: unknown,
  { functionName }: PayloadCheck,
): Uint8Array | undefined {
  const issues: Issue[] = [];
  const bytes = toPayloadBytes({ payload }, issues);
  const subject = `the payload for the function ${functionName} is not valid`;
  throwIfInvalid(issues, { ...NOT_SENT, subject });
  return bytes;
}

/** The value to send. */
function toOutput(
  { issues, output, cause }: CheckResult,
  { contract, functionName }: PayloadCheck,
): unknown {
  const subject = `the payload for the function ${functionName} violates the contract ${contract?.name ?? ""}`;
  throwIfInvalid(issues, { ...NOT_SENT, subject, cause });
  return output;
}

/** The bytes of a payload that is not checked yet. `undefined`: it cannot be serialized. */
function identify(payload: unknown): Uint8Array | undefined {
  try {
    return toPayloadBytes({ payload }, []);
  } catch {
    return undefined;
  }
}

/**
 * Checks the payload of a response, and returns it as the contract's class or the schema's output.
 *
 * @throws `ERR_RESPONSE` with one issue for each broken rule, or if the payload is not JSON.
 */
export async function checkResponse(
  response: InvokeFunctionResponse,
  { contract, functionName }: PayloadCheck,
): Promise<unknown> {
  const { payload, requestId } = response;
  if (!contract) return payload;
  const { issues, output, cause } = await contract.check(payload);
  if (issues.length === 0) return output;
  const violation = toSentence(
    `its response violates the contract ${contract.name}; ${describeIssues(issues)}`,
  );
  throw new ResponseError({
    operation: OPERATION,
    message: `${OPERATION}: the function ${functionName} ran, but ${violation} Correct the function or the contract.`,
    retryable: false,
    execution: "ran",
    cause,
    issues,
    requestId,
  });
}
