import type { InvokeCommandOutput } from "@aws-sdk/client-lambda";
import {
  InvokeFunctionResponse,
  type InvokeFunctionResponseInit,
} from "../../../domain";
import { INVOKE } from "../actions/Invoke";
import type { Call } from "../call/Call";
import { sendRequest } from "../call/request";
import type { RequestTarget } from "../call/RequestTarget";
import { decodeLogTail, parseReport } from "./logTail";
import { parsePayload } from "./parsePayload";
import {
  toDelivery,
  toServiceInput,
  type PreparedInvocation,
} from "./prepareInvocation";
import { toFunctionError } from "./toFunctionError";

/**
 * Invokes a function and returns its response.
 *
 * @throws `ERR_FUNCTION` if the function failed, unless `onFunctionError` is `return`.
 */
export async function invoke(
  invocation: PreparedInvocation,
  call: Call,
  target: RequestTarget = {},
): Promise<InvokeFunctionResponse> {
  const { input } = invocation;
  const output = await sendRequest(call, INVOKE, {
    input: toServiceInput(invocation),
    ...target,
    delivery: toDelivery(invocation),
  });
  const { requestId } = output.$metadata;
  const response = new InvokeFunctionResponse(
    toResponseInit(output, call),
    (payloadText) =>
      parsePayload(payloadText, {
        operation: call.operation,
        requestId,
        functionName: input.functionName,
      }),
  );
  // Lambda sets the header if the function failed, whatever its value.
  if (
    response.functionError !== undefined &&
    input.onFunctionError !== "return"
  )
    throw toFunctionError(response, input.functionName, call);
  return response;
}

type Output = InvokeCommandOutput;

/** Sets only the fields that AWS returned, so that printing and comparing a response shows no `undefined`. */
function toResponseInit(
  output: Output,
  call: Call,
): InvokeFunctionResponseInit {
  const init: Writable<InvokeFunctionResponseInit> = {
    statusCode: output.StatusCode ?? 0,
  };
  const { requestId } = output.$metadata;
  const { secrets } = call;
  if (output.ExecutedVersion !== undefined)
    init.executedVersion = secrets.hide(output.ExecutedVersion);
  if (output.FunctionError !== undefined)
    init.functionError = secrets.hide(output.FunctionError);
  if (output.LogResult !== undefined) {
    init.log = secrets.hide(decodeLogTail(output.LogResult));
    const report = parseReport(init.log);
    if (report) init.report = report;
  }
  if (requestId !== undefined) init.requestId = requestId;
  if (output.DurableExecutionArn !== undefined)
    init.durableExecutionArn = secrets.hide(output.DurableExecutionArn);
  if (output.Payload) init.payloadBytes = output.Payload;
  return init;
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] };
