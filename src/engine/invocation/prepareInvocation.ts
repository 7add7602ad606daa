import type { Issue } from "../../errors";
import type { Call } from "../call/Call";
import { throwIfInvalid } from "../validation/parse";
import { toClientContext } from "./toClientContext";
import { toPayloadBytes } from "./toPayloadBytes";
import { warnOfJsonString } from "./warnOfJsonString";

/** The input of an invocation. The request classes document the fields. */
export interface InvocationInput {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly payload?: unknown;
  readonly payloadJson?: string;
  readonly invocationType?: "RequestResponse" | "Event" | "DryRun";
  readonly logType?: "None" | "Tail";
  readonly clientContext?: unknown;
  readonly tenantId?: string;
  readonly durableExecutionName?: string;
  readonly idempotent?: boolean;
  readonly onFunctionError?: "throw" | "return";
}

/** A valid invocation with its serialized payload and client context. */
export interface PreparedInvocation {
  readonly input: InvocationInput;
  readonly body: Uint8Array | undefined;
  readonly clientContext: string | undefined;
}

/**
 * Serializes the payload and the client context, and checks their sizes, before anything is sent.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function prepareInvocation(
  input: InvocationInput,
  call: Call,
): PreparedInvocation {
  const issues: Issue[] = [];
  const body = toPayloadBytes(input, issues);
  const clientContext = toClientContext(input.clientContext, issues);
  const { operation, execution } = call;
  throwIfInvalid(issues, {
    operation,
    execution: execution && "did-not-run",
  });
  warnOfJsonString(input);
  return { input, body, clientContext };
}

/** The input of both invoke actions, with AWS's names. */
export interface ServiceInput {
  readonly FunctionName: string;
  readonly Qualifier: string | undefined;
  readonly InvocationType: InvocationInput["invocationType"];
  readonly LogType: InvocationInput["logType"];
  readonly ClientContext: string | undefined;
  readonly TenantId: string | undefined;
  readonly DurableExecutionName: string | undefined;
  readonly Payload: Uint8Array | undefined;
}

/** Returns the input of both invoke actions. */
export function toServiceInput({
  input,
  body,
  clientContext,
}: PreparedInvocation): ServiceInput {
  return {
    FunctionName: input.functionName,
    Qualifier: input.qualifier,
    InvocationType: input.invocationType,
    LogType: input.logType,
    ClientContext: clientContext,
    TenantId: input.tenantId,
    DurableExecutionName: input.durableExecutionName,
    Payload: body,
  };
}

/** Whether the invocation can be sent again when it is unknown whether the function ran. */
export function toDelivery({ input }: PreparedInvocation): "once" | "again" {
  return input.idempotent === true ? "again" : "once";
}
