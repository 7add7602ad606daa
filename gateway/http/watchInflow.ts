import { Readable } from "node:stream";
import { formatNumber, nodeHttp } from "../../src/internal";
import { RequestError } from "./RequestError";

/** What the body of a request may take. */
export interface InflowLimits {
  /** Longest body, in bytes. */
  readonly maxBytes: number;

  /** Longest wait for more of it while it is being read, in milliseconds. */
  readonly idleTimeoutMs: number;
}

/**
 * Limits the length of a request body and the wait for its bytes, whatever reads it. A reader that is slow is not waiting.
 *
 * @param fail - Called at most once, with the reason.
 * @returns A function that ends the watch.
 */
export function watchInflow(
  source: Readable,
  { maxBytes, idleTimeoutMs }: InflowLimits,
  fail: (error: RequestError) => void,
): () => void {
  // Nothing can arrive any more.
  if (source instanceof nodeHttp.IncomingMessage && source.complete)
    return () => undefined;
  let bytes = source.readableLength;
  let isOver = false;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with Reflect.apply on the stream
  const { push } = source;
  const stop = (): void => {
    idle.stop();
    if (!isOver) source.push = push;
    isOver = true;
  };
  const end = (error: RequestError): void => {
    stop();
    // Nothing may follow the error.
    source.push = () => false;
    fail(error);
  };
  const idle = watchIdle(source, idleTimeoutMs, () => {
    end(createIdleError(idleTimeoutMs));
  });
  // Bytes are counted where they arrive: a listener for `data` would make the stream flow.
  source.push = (chunk: Uint8Array | null, encoding): boolean => {
    idle.reset();
    if (chunk === null) stop();
    else {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        end(createSizeError(maxBytes));
        return source.push(chunk, encoding);
      }
    }
    return Reflect.apply(push, source, [chunk, encoding]);
  };
  return stop;
}

/** Calls `fail` if a reader waits for the whole timeout. `reset` reports that bytes have arrived. */
function watchIdle(
  source: Readable,
  idleTimeoutMs: number,
  fail: () => void,
): { readonly reset: () => void; readonly stop: () => void } {
  let wasWaiting = false;
  // Checked twice per timeout: if the reader has only just begun to wait, the client still has at least half of it.
  const timer = setTimeout(
    () => {
      const isIdle = wasWaiting && isWaiting(source);
      if (isIdle) fail();
      else timer.refresh();
      wasWaiting = !isIdle && isWaiting(source);
    },
    Math.ceil(idleTimeoutMs / 2),
  );
  timer.unref();
  return {
    reset: () => {
      wasWaiting = false;
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}

/** Whether a reader waits for the next chunk. A slow one has paused the stream, or has a chunk to read. */
export function isWaiting(source: Readable): boolean {
  const isRead =
    source.readableFlowing === true || source.listenerCount("readable") > 0;
  return isRead && source.readableLength === 0;
}

/** Why a body is too long already: by its length, or by the bytes that have arrived. */
export function findSizeProblem(
  source: unknown,
  length: number | undefined,
  { maxBytes }: InflowLimits,
): RequestError | undefined {
  const arrived = source instanceof Readable ? source.readableLength : 0;
  return (length ?? arrived) > maxBytes ? createSizeError(maxBytes) : undefined;
}

/** The error for a body that is longer than it may be. */
const createSizeError = (maxBytes: number): RequestError =>
  new RequestError(
    `the body of the request is longer than ${formatNumber(maxBytes)} bytes, which is maxRequestBytes`,
    { status: 413 },
  );

const createIdleError = (ms: number): RequestError =>
  new RequestError(
    `no more of the body of the request arrived in ${formatNumber(ms)} ms, which is requestIdleTimeoutMs`,
    { status: 408 },
  );
