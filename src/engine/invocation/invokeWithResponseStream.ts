import {
  InvokeFunctionResponse,
  InvokeWithResponseStreamResponse,
  type StreamCompletion,
  type InvokeWithResponseStreamResponseInit,
} from "../../../domain";
import { ResponseError } from "../../errors";
import type { Attempt } from "../call/Attempt";
import type { Call } from "../call/Call";
import { sendRequestWith } from "../call/request";
import {
  deliveryOf,
  toFunctionError,
  toInput,
  type PreparedInvocation,
} from "./invoke";
import { decodeLog, readReport } from "./logTail";
import { toConnectorError } from "../call/toConnectorError";
import { signRequest } from "../call/signRequest";
import { FrameError, readFrames, type Frame } from "../http/eventStream";
import { writeStreamingInvocation } from "../http/lambdaCodecs";
import { metadataOf, AwsError, toAwsError } from "../http/awsError";
import type { Transport, WireStream } from "../http/transport";

/** Invokes a function whose answer comes piece by piece. The call goes on until the last piece has been read. */
export async function invokeWithResponseStream(
  ready: PreparedInvocation,
  call: Call,
): Promise<InvokeWithResponseStreamResponse> {
  const input = toInput(ready);
  const action = "InvokeWithResponseStream";
  const stream = await sendRequestWith(
    call,
    {
      serviceRequest: { service: "lambda", action, input },
      target: { delivery: deliveryOf(ready) },
    },
    (attempt) => open(attempt, writeStreamingInvocation(input)),
  );
  // An answer that nobody reads is over with its socket; a timer for it would keep the process alive.
  void stream.closed?.then(() => {
    call.end();
  });
  return new InvokeWithResponseStreamResponse(
    toFacts(stream),
    readPieces(stream, { call, functionName: input.FunctionName }),
  );
}

async function open(
  attempt: Attempt,
  question: Parameters<typeof signRequest>[0],
): Promise<WireStream> {
  const { call } = attempt;
  const { transport } = call.shared;
  const request = signRequest(question, attempt);
  const answer = transport.stream
    ? await transport.stream(request, attempt.sendOptions)
    : atOnce(await transport.send(request, attempt.sendOptions));
  call.noteResponse(answer);
  if (answer.statusCode >= 300) {
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.body) pieces.push(piece);
    throw toAwsError({ ...answer, body: Buffer.concat(pieces) });
  }
  return answer;
}

/** A wire that knows no streams: the whole body is one piece. */
function atOnce({
  body,
  ...head
}: Awaited<ReturnType<Transport["send"]>>): WireStream {
  return {
    ...head,
    // eslint-disable-next-line @typescript-eslint/require-await -- it is there already
    body: (async function* () {
      if (body.byteLength > 0) yield body;
    })(),
  };
}

function toFacts({
  statusCode,
  headers,
}: WireStream): InvokeWithResponseStreamResponseInit {
  const { requestId } = metadataOf({ statusCode, headers });
  const executedVersion = headers["x-amz-executed-version"];
  const contentType = headers["content-type"];
  return {
    statusCode,
    ...(executedVersion !== undefined && { executedVersion }),
    ...(contentType !== undefined && { contentType }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** Who reads, and what. */
interface Reader {
  readonly call: Call;
  readonly functionName: string;
}

async function* readPieces(
  stream: WireStream,
  reader: Reader,
): AsyncGenerator<Uint8Array, StreamCompletion, undefined> {
  const { call } = reader;
  try {
    let end: StreamCompletion | undefined;
    for await (const frame of readFrames(stream.body)) {
      call.noteRun();
      if (frame.headers.get(":event-type") === "InvokeComplete")
        end = complete(frame, stream, reader);
      else if (frame.headers.get(":message-type") === "event") {
        if (frame.headers.get(":event-type") === "PayloadChunk")
          yield frame.payload;
      } else throw toException(frame, stream);
    }
    if (stream.statusCode === 204) return {};
    if (!end) throw new FrameError("it ends before the function has said so");
    return end;
  } catch (error) {
    throw error instanceof FrameError
      ? damaged(error, stream, call)
      : toConnectorError(error, call);
  } finally {
    call.end();
  }
}

function damaged(
  { message }: FrameError,
  stream: WireStream,
  { operation, execution }: Call,
): ResponseError {
  const { requestId } = metadataOf(stream);
  return new ResponseError({
    operation,
    message: `${operation}: the stream cannot be read: ${message}. What came before it is part of an answer at most.`,
    retryable: true,
    execution,
    requestId,
  });
}

/** The last frame: the log, and whether the function failed. */
function complete(
  frame: Frame,
  stream: WireStream,
  { call, functionName }: Reader,
): StreamCompletion {
  const told = readJson(frame.payload);
  const { ErrorCode, ErrorDetails = "", LogResult } = told;
  const log = LogResult === undefined ? undefined : decodeLog(LogResult);
  const report = log === undefined ? undefined : readReport(log);
  const end = {
    ...(log !== undefined && { log }),
    ...(report && { report }),
  };
  if (ErrorCode === undefined) return end;
  const response = new InvokeFunctionResponse({
    ...toFacts(stream),
    ...end,
    functionError: ErrorCode,
    payloadBytes: Buffer.from(ErrorDetails),
  });
  throw toFunctionError(response, functionName, call);
}

interface Completion {
  readonly ErrorCode?: string;
  readonly ErrorDetails?: string;
  readonly LogResult?: string;
}

function readJson(payload: Uint8Array): Completion {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    throw new FrameError("its last frame is not JSON");
  }
}

/** A frame in which AWS refuses in the middle of a stream. */
function toException({ headers, payload }: Frame, stream: WireStream): Error {
  const code = headers.get(":exception-type") ?? headers.get(":error-code");
  if (code === undefined) return new FrameError("a frame of an unknown kind");
  const body = Buffer.from(payload);
  const { message } = toAwsError({ ...stream, body });
  const words = headers.get(":error-message") ?? message;
  return new AwsError(code, words, { ...stream, statusCode: 500, body });
}
