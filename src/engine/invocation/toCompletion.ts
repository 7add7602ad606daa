import {
  InvokeFunctionResponse,
  type InvokeWithResponseStreamResponseInit,
  type StreamCompletion,
} from "../../../domain";
import type { Call } from "../call/Call";
import { FrameError, type Frame } from "../http/eventStream";
import { MAX_PAYLOAD_RESPONSE_BYTES } from "../http/responseLimits";
import { isObject, type JsonObject } from "../text/isObject";
import { JsonDepthError, parseJson } from "../text/parseJson";
import { decodeLogTail, parseReport } from "./logTail";
import { parsePayload } from "./parsePayload";
import { toFunctionError } from "./toFunctionError";
import { formatNumber } from "../text/formatNumber";

/** The invocation that a stream belongs to, and the head of its response. */
interface CompletionContext {
  readonly call: Call;
  readonly functionName: string;
  readonly init: InvokeWithResponseStreamResponseInit;
}

/** Reads the last frame: the log, and whether the function failed. */
export function toCompletion(
  frame: Frame,
  { init, call, functionName }: CompletionContext,
): StreamCompletion {
  const event = parseInvokeComplete(frame.payload);
  const { ErrorCode, ErrorDetails = "", LogResult } = event;
  const log =
    LogResult === undefined
      ? undefined
      : call.secrets.hide(decodeLogTail(LogResult));
  const report = log === undefined ? undefined : parseReport(log);
  const completion = {
    ...(log !== undefined && { log }),
    ...(report && { report }),
  };
  if (ErrorCode === undefined) return completion;
  const { operation } = call;
  const response = new InvokeFunctionResponse(
    {
      ...init,
      ...completion,
      functionError: call.secrets.hide(ErrorCode),
      payloadBytes: Buffer.from(ErrorDetails),
    },
    (text) =>
      parsePayload(text, {
        operation,
        requestId: init.requestId,
        functionName,
      }),
  );
  throw toFunctionError(response, functionName, call);
}

/** AWS's `InvokeComplete` event. */
interface InvokeComplete {
  readonly ErrorCode?: string;
  readonly ErrorDetails?: string;
  readonly LogResult?: string;
}

function parseInvokeComplete(payload: Uint8Array): InvokeComplete {
  if (payload.byteLength > MAX_PAYLOAD_RESPONSE_BYTES)
    throw new FrameError(
      `its last frame has more than ${formatNumber(MAX_PAYLOAD_RESPONSE_BYTES)} bytes, which is the limit`,
    );
  try {
    const value = parseJson(Buffer.from(payload).toString("utf8"));
    return isObject(value) ? readStrings(value) : {};
  } catch (error) {
    throw new FrameError(
      `its last frame is ${error instanceof JsonDepthError ? error.message : "not JSON"}`,
    );
  }
}

/** Reads the fields of the event. A field of another type than AWS's is kept as JSON: an error stays an error. */
function readStrings(event: JsonObject): InvokeComplete {
  const fields = ["ErrorCode", "ErrorDetails", "LogResult"]
    .filter((name) => event[name] !== undefined && event[name] !== null)
    .map((name) => {
      const value = event[name];
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    });
  return Object.fromEntries(fields) as InvokeComplete;
}
