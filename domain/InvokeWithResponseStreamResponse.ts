import { ChunkList } from "./ChunkList";
import { Caption } from "./decorators";
import type { InvocationReport } from "./InvocationReport";

/** Values of a streamed response that are known when the stream starts. */
export type InvokeWithResponseStreamResponseInit = Pick<
  InvokeWithResponseStreamResponse,
  "statusCode" | "executedVersion" | "contentType" | "requestId"
>;

/** Values of a streamed response that are known when the stream has ended. */
export type StreamCompletion = Pick<
  InvokeWithResponseStreamResponse,
  "log" | "report"
>;

/**
 * Streamed response of an invocation. Read it once, with `for await` or with `text()`; a second read throws
 * `ERR_INVALID_INPUT`.
 *
 * Chunks are read from the socket only as fast as the loop consumes them. Leaving the loop closes the connection; the
 * function keeps running.
 *
 * @example
 * const response = await connector.invokeWithResponseStream({
 *   functionName: "report",
 *   logType: "Tail",
 * });
 * for await (const chunk of response) process.stdout.write(chunk);
 * console.log(response.log);
 */
export class InvokeWithResponseStreamResponse implements AsyncIterable<Uint8Array> {
  /** HTTP status: 200 for a run, 204 for a dry run. */
  @Caption("Status code")
  readonly statusCode!: number;

  /** Version that runs: `$LATEST` or a number, to which an alias is resolved. Missing if AWS did not send it. */
  @Caption("Executed version")
  readonly executedVersion?: string;

  /**
   * Media type of the envelope in which Lambda sends the stream: `application/vnd.amazon.eventstream`. Missing if Lambda did not
   * send it.
   */
  @Caption("Content type")
  readonly contentType?: string;

  /** AWS's request ID, which is also in the function's log. Include it in AWS support cases. Missing if AWS sent none. */
  @Caption("Request ID")
  readonly requestId?: string;

  /** Last 4 KB of the log, decoded. Missing until the stream has ended, and unless `logType` is `Tail`. */
  @Caption("Log")
  readonly log?: string;

  /** Duration, billing and memory, parsed from the log. Missing until the stream has ended, and if there is no log. */
  @Caption("Report")
  readonly report?: InvocationReport;

  readonly #chunks: AsyncIterator<Uint8Array, StreamCompletion>;
  readonly #createReuseError: () => Error;
  #isRead = false;

  /**
   * Creates a response. Application code receives responses from the connector; tests can create their own.
   *
   * @param init - Values that are known when the stream starts.
   * @param chunks - Chunks of the stream. The iterator's return value has the values that are known at the end.
   * @param createReuseError - Creates the error of a second read. Defaults to a `TypeError`.
   */
  constructor(
    init: InvokeWithResponseStreamResponseInit,
    chunks: AsyncIterator<Uint8Array, StreamCompletion>,
    createReuseError: () => Error = () =>
      new TypeError("The response stream has already been read."),
  ) {
    Object.assign(this, init);
    this.#chunks = chunks;
    this.#createReuseError = createReuseError;
  }

  /**
   * Iterates over the chunks of the response, once.
   *
   * Chunk boundaries are arbitrary, even within a character.
   *
   * @throws
   * - `ERR_INVALID_INPUT`: the stream has already been read, completely or in part, by a loop or by `text()`. A response that a
   *   test created throws its `createReuseError`.
   * - `ERR_FUNCTION`: the function failed while streaming.
   * - `ERR_TRANSPORT`: the connection broke.
   * - `ERR_RESPONSE`: the stream is corrupt, or ended without an end event.
   * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
   */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#isRead) throw this.#createReuseError();
    this.#isRead = true;
    return this.#read();
  }

  /**
   * Reads the whole stream as a UTF-8 string, once.
   *
   * @throws The same errors as the loop.
   */
  async text(): Promise<string> {
    const chunks = new ChunkList();
    for await (const chunk of this) chunks.push(chunk);
    return chunks.concat().toString("utf8");
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const { done, value } = await this.#chunks.next();
        if (done) {
          Object.assign(this, value);
          return;
        }
        yield value;
      }
    } finally {
      await this.#chunks.return?.();
    }
  }
}
