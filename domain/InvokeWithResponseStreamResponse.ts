import { Caption } from "./decorators";
import type { InvocationReport } from "./InvocationReport";

/** What is known of a streamed answer when it begins. */
export type StreamFacts = Pick<
  InvokeWithResponseStreamResponse,
  "statusCode" | "executedVersion" | "contentType" | "requestId"
>;

/** What is known of a streamed answer when it has ended. */
export type StreamEnd = Pick<
  InvokeWithResponseStreamResponse,
  "log" | "report"
>;

/**
 * An answer that comes piece by piece: what Lambda said of it, and the pieces, to be read once with `for await`. They are
 * read from the wire at the pace of the loop; leaving the loop lets go of the socket, while the function runs on.
 *
 * @example
 * const answer = await connector.invokeWithResponseStream({ functionName: "report" });
 * for await (const piece of answer) process.stdout.write(piece);
 * console.log(answer.log);
 */
export class InvokeWithResponseStreamResponse implements AsyncIterable<Uint8Array> {
  /** 200 for a run, 204 for a dry run. */
  @Caption("Status code")
  readonly statusCode!: number;

  /** The version that runs: `$LATEST` or a number; an alias is resolved. Absent where AWS did not say. */
  @Caption("Executed version")
  readonly executedVersion?: string;

  /** Media type of the stream, as Lambda tells it. Absent where it did not. */
  @Caption("Content type")
  readonly contentType?: string;

  /** AWS's id of the request: what AWS's support and the function's own log know it by. Absent where AWS sent none. */
  @Caption("Request id")
  readonly requestId?: string;

  /** The last 4 KB of the log, decoded. Absent until the stream has ended, and unless `logType` is `Tail`. */
  @Caption("Log")
  readonly log?: string;

  /** Duration, billing and memory, read from the log. Absent until the stream has ended, and without a log. */
  @Caption("Report")
  readonly report?: InvocationReport;

  readonly #pieces: AsyncIterator<Uint8Array, StreamEnd>;

  /**
   * @param facts - What is known when it begins.
   * @param pieces - The pieces; what it returns is what is known at the end.
   */
  constructor(
    facts: StreamFacts,
    pieces: AsyncIterator<Uint8Array, StreamEnd>,
  ) {
    Object.assign(this, facts);
    this.#pieces = pieces;
  }

  /**
   * The pieces, as the function writes them; each is a piece of the answer's bytes, cut anywhere. They come once: a second
   * loop finds nothing more.
   *
   * @throws `ERR_FUNCTION` where the function fails midway; `ERR_TRANSPORT` where the connection breaks; `ERR_RESPONSE`
   * where the stream is damaged or ends without saying so; `ERR_DEADLINE` when time runs out.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const { done, value } = await this.#pieces.next();
        if (done) {
          Object.assign(this, value);
          return;
        }
        yield value;
      }
    } finally {
      await this.#pieces.return?.();
    }
  }

  /**
   * All that has not been read yet, as text, UTF-8; empty where a loop has begun before.
   *
   * @throws As the loop does.
   */
  async text(): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
  }
}
