import {
  InvokeWithResponseStreamResponse,
  type StreamCompletion,
  type InvokeWithResponseStreamResponseInit,
} from "../../../domain";
import { ChunkList } from "../../../domain/ChunkList";
import { InvalidInputError, ResponseError } from "../../errors";
import type { Attempt } from "../call/Attempt";
import type { Call } from "../call/Call";
import { sendRequestWith } from "../call/request";
import { describeFunction } from "../call/describeCall";
import { signRequest } from "../call/signRequest";
import { toCallersError } from "../call/toCallersError";
import { toConnectorError } from "../call/toConnectorError";
import { AwsError, toAwsError, toResponseMetadata } from "../http/awsError";
import type { UnaddressedRequest } from "../codecs/Codec";
import { encodeStreamingInvocation } from "../codecs/lambdaCodecs";
import { FrameError, readFrames, type Frame } from "../http/eventStream";
import { MAX_BODY_BYTES, ResponseTooLargeError } from "../http/responseLimits";
import { isSuccess, UnexpectedStatusError } from "../http/responseStatus";
import type { WireResponse, WireStream } from "../http/transport";
import {
  toDelivery,
  toServiceInput,
  type PreparedInvocation,
} from "./prepareInvocation";
import { toCompletion } from "./toCompletion";
import { formatNumber } from "../text/formatNumber";

/** Longest response stream, in bytes of payload: Lambda's limit of 200 MB, and some room in case it is raised. */
const MAX_STREAM_BYTES = 268_435_456;

/** Invokes a function and streams its response. The call ends when the last chunk has been read. */
export async function invokeWithResponseStream(
  invocation: PreparedInvocation,
  call: Call,
): Promise<InvokeWithResponseStreamResponse> {
  const input = toServiceInput(invocation);
  const action = "InvokeWithResponseStream";
  const stream = await sendRequestWith(
    call,
    {
      serviceRequest: { service: "lambda", action, input },
      target: { delivery: toDelivery(invocation) },
    },
    (attempt) => openStream(encodeStreamingInvocation(input), attempt),
  );
  // If the stream is never read, the call ends with its socket. Otherwise, its timer would keep the process alive.
  void stream.closed?.then(() => {
    call.end();
  });
  return new InvokeWithResponseStreamResponse(
    toResponseInit(stream, call),
    readChunks(stream, { call, functionName: input.FunctionName }),
    () => createReuseError(call),
  );
}

function createReuseError({ operation, execution }: Call): InvalidInputError {
  const message =
    "the response stream has already been read, completely or in part";
  return new InvalidInputError({
    operation,
    message: `${operation}: ${message}. Read it once, and keep the chunks or the text that you need again.`,
    retryable: false,
    execution,
    issues: [{ path: "", rule: "read-once", message }],
  });
}

async function openStream(
  unsigned: UnaddressedRequest,
  attempt: Attempt,
): Promise<WireStream> {
  const { call } = attempt;
  const { transport } = call;
  const request = signRequest(unsigned, attempt);
  const stream = attempt.noteResponse(
    transport.stream
      ? await transport.stream(request, attempt.sendOptions)
      : toStream(await transport.send(request, attempt.sendOptions)),
  );
  if (stream.statusCode >= 300)
    throw toAwsError({ ...stream, body: await readErrorBody(stream) });
  if (!isSuccess(stream.statusCode, attempt.serviceRequest)) {
    // Frees the socket.
    await readErrorBody(stream);
    throw new UnexpectedStatusError(stream);
  }
  return stream;
}

async function readErrorBody(stream: WireStream): Promise<Uint8Array> {
  const chunks = new ChunkList();
  for await (const chunk of stream.body) {
    chunks.push(chunk);
    // Ending the iteration closes the socket.
    if (chunks.length > MAX_BODY_BYTES)
      throw new ResponseTooLargeError(stream, MAX_BODY_BYTES);
  }
  return chunks.concat();
}

/** Converts the response of a transport without `stream`: the whole body is one chunk. */
function toStream({ body, ...head }: WireResponse): WireStream {
  return {
    ...head,
    // eslint-disable-next-line @typescript-eslint/require-await -- the body is complete
    body: (async function* () {
      if (body.byteLength > 0) yield body;
    })(),
  };
}

function toResponseInit(
  { statusCode, headers }: WireStream,
  { secrets }: Call,
): InvokeWithResponseStreamResponseInit {
  const { requestId } = toResponseMetadata({ statusCode, headers });
  const executedVersion = headers["x-amz-executed-version"];
  const contentType = headers["content-type"];
  return {
    statusCode,
    ...(executedVersion !== undefined && {
      executedVersion: secrets.hide(executedVersion),
    }),
    ...(contentType !== undefined && {
      contentType: secrets.hide(contentType),
    }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The invocation that a stream belongs to. */
interface StreamContext {
  readonly call: Call;
  readonly functionName: string;
}

async function* readChunks(
  stream: WireStream,
  context: StreamContext,
): AsyncGenerator<Uint8Array, StreamCompletion, undefined> {
  const { call } = context;
  try {
    let completion: StreamCompletion | undefined;
    let length = 0;
    for await (const frame of readFrames(stream.body)) {
      call.noteRun();
      if (completion)
        throw new FrameError("it continues after the function has completed");
      length += frame.payload.byteLength;
      if (length > MAX_STREAM_BYTES)
        throw new FrameError(
          `it is longer than ${formatNumber(MAX_STREAM_BYTES)} bytes, which is the limit`,
        );
      if (frame.headers.get(":event-type") === "InvokeComplete")
        completion = toCompletion(frame, {
          ...context,
          init: toResponseInit(stream, call),
        });
      else if (frame.headers.get(":message-type") === "event") {
        if (frame.headers.get(":event-type") === "PayloadChunk")
          yield frame.payload;
      } else throw toStreamError(frame, stream);
    }
    if (stream.statusCode === 204) return {};
    if (!completion)
      throw new FrameError("it ends before the function has completed");
    return completion;
  } catch (error) {
    throw error instanceof FrameError
      ? toResponseError(error, stream, call)
      : toCallersError(toConnectorError(error, call), call.functionName);
  } finally {
    call.end();
  }
}

function toResponseError(
  { message }: FrameError,
  stream: WireStream,
  call: Call,
): ResponseError {
  const { operation, execution, functionName } = call;
  const { requestId } = toResponseMetadata(stream);
  return new ResponseError({
    operation,
    functionName,
    message: `${operation}: the response stream${describeFunction(call)} cannot be read because ${message}. Discard the chunks received so far; the response is incomplete.`,
    retryable: true,
    execution,
    requestId,
  });
}

/** Converts a frame with which AWS reports an error after the stream has started. */
function toStreamError({ headers, payload }: Frame, stream: WireStream): Error {
  const code = headers.get(":exception-type") ?? headers.get(":error-code");
  if (code === undefined)
    return new FrameError("it contains a frame of an unknown type");
  const body = Buffer.from(payload);
  const error = toAwsError({ ...stream, body });
  const message = headers.get(":error-message") ?? error.message;
  return new AwsError(code, message, { ...stream, statusCode: 500, body });
}
