import {
  InvokeFunctionResponse,
  type InvokeFunctionResponseInit,
} from "../../../domain";
import { FunctionError, ResponseError, type Issue } from "../../errors";
import type { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import type { RequestTarget } from "../call/RequestTarget";
import { toClientContext } from "./clientContext";
import { decodeLog, readReport } from "./logTail";
import { toOneLine } from "../text/toOneLine";
import { throwIfInvalid } from "../validation/parse";
import { toSentence } from "../text/toSentence";
import { toPayloadBytes } from "./payload";
import type { ActionOutput } from "../connection/sdkClients";

/** What one invocation is made of; its fields are documented where a caller gives them, at the request. */
export interface InvocationRequest {
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

/** An invocation whose bytes are made and whose bounds are checked. */
export interface PreparedInvocation {
  readonly invocation: InvocationRequest;
  readonly body: Uint8Array | undefined;
  readonly contextHeader: string | undefined;
}

/**
 * Writes the payload and checks what only the whole can tell, before anything is sent.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export function prepare(
  invocation: InvocationRequest,
  call: Call,
): PreparedInvocation {
  const issues: Issue[] = [];
  const body = toPayloadBytes(invocation, issues);
  const contextHeader = toClientContext(invocation.clientContext, issues);
  const { operation, execution } = call;
  throwIfInvalid(issues, {
    operation,
    execution: execution && "did-not-run",
  });
  return { invocation, body, contextHeader };
}

/** What AWS takes, whichever way the answer is to come. */
export function toInput({
  invocation,
  body,
  contextHeader,
}: PreparedInvocation) {
  return {
    FunctionName: invocation.functionName,
    Qualifier: invocation.qualifier,
    InvocationType: invocation.invocationType,
    LogType: invocation.logType,
    ClientContext: contextHeader,
    TenantId: invocation.tenantId,
    DurableExecutionName: invocation.durableExecutionName,
    Payload: body,
  };
}

/** Whether it may be sent again where nobody can tell whether it ran. */
export function deliveryOf({
  invocation,
}: PreparedInvocation): "once" | "again" {
  return invocation.idempotent === true ? "again" : "once";
}

/**
 * Sends one invocation, and decides what its answer means.
 *
 * @throws `ERR_FUNCTION` when the function failed, unless the invocation asks for that as an answer.
 */
export async function invoke(
  ready: PreparedInvocation,
  call: Call,
  target: RequestTarget = {},
): Promise<InvokeFunctionResponse> {
  const { invocation } = ready;
  const answer = await sendRequest(call, {
    service: "lambda",
    action: "Invoke",
    input: toInput(ready),
    ...target,
    delivery: deliveryOf(ready),
  });
  const { requestId } = answer.$metadata;
  const response = new InvokeFunctionResponse(toFacts(answer), (text) =>
    readJson(text, { operation: call.operation, requestId }),
  );
  if (response.functionError && invocation.onFunctionError !== "return")
    throw toFunctionError(response, invocation.functionName, call);
  return response;
}

type Answer = ActionOutput<"lambda", "Invoke">;

/** What is absent has no field: that is how it prints, and how it compares. */
function toFacts(answer: Answer): InvokeFunctionResponseInit {
  const facts: Writable<InvokeFunctionResponseInit> = {
    statusCode: answer.StatusCode ?? 0,
  };
  const { requestId } = answer.$metadata;
  if (answer.ExecutedVersion !== undefined)
    facts.executedVersion = answer.ExecutedVersion;
  if (answer.FunctionError !== undefined)
    facts.functionError = answer.FunctionError;
  if (answer.LogResult !== undefined) {
    facts.log = decodeLog(answer.LogResult);
    const report = readReport(facts.log);
    if (report) facts.report = report;
  }
  if (requestId !== undefined) facts.requestId = requestId;
  if (answer.DurableExecutionArn !== undefined)
    facts.durableExecutionArn = answer.DurableExecutionArn;
  if (answer.Payload) facts.payloadBytes = answer.Payload;
  return facts;
}

type Writable<Facts> = { -readonly [Field in keyof Facts]: Facts[Field] };

/**
 * What a function answered, as a value.
 *
 * @throws `ERR_RESPONSE` where it is not JSON.
 */
export function readJson(
  text: string,
  answer: {
    readonly operation: string;
    readonly requestId: string | undefined;
  },
): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { operation, requestId } = answer;
    throw new ResponseError({
      operation,
      message: `${operation}: the function answered ${text.length.toLocaleString("en")} characters that are not JSON; read them as payloadText or payloadBytes.`,
      retryable: false,
      execution: "ran",
      requestId,
    });
  }
}

/** The failure of a function, told from whatever it answered: nothing guarantees a member, nor even an object. */
export function toFunctionError(
  response: InvokeFunctionResponse,
  functionName: string,
  call: Call,
): FunctionError {
  const told = toldBy(response);
  const text = (field: string): string | undefined =>
    typeof told[field] === "string" ? told[field] : undefined;
  const errorType = text("errorType");
  const errorMessage = text("errorMessage");
  const lines = [told["trace"], told["stackTrace"]].find(Array.isArray);
  const trace = lines?.filter((line) => typeof line === "string");
  const what = [errorType, errorMessage].filter(Boolean).join(": ");
  return new FunctionError({
    operation: call.operation,
    message: `${call.operation}: the function ${functionName} ${toSentence(`ran and failed${what ? `: ${toOneLine(what)}` : ""}`)} Look into its log${response.requestId ? ` for request ${response.requestId}` : ""}.`,
    retryable: false,
    execution: "ran",
    response,
    errorType,
    errorMessage,
    trace,
  });
}

function toldBy(response: InvokeFunctionResponse): Record<string, unknown> {
  try {
    const { payload } = response;
    return typeof payload === "object" && payload !== null
      ? (payload as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
