import { inspect } from "node:util";
import { Caption } from "./decorators";
import type { InvocationReport } from "./InvocationReport";

/** The facts of an answer, before anybody has looked into its payload. */
export type InvocationFacts = Pick<
  InvokeFunctionResponse,
  | "statusCode"
  | "executedVersion"
  | "functionError"
  | "log"
  | "report"
  | "requestId"
  | "durableExecutionArn"
> & {
  /** What the function answered, byte for byte. Absent: nothing. */
  readonly payloadBytes?: Uint8Array;
};

const NOTHING = new Uint8Array();

/**
 * What came back from an invocation: what Lambda said of it, and what the function answered, byte for byte.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const answer = await connector.invokeFunction({ functionName: "price", payload: { sku: "A-17" } });
 * console.log(answer.statusCode, answer.payload, answer.report?.billedDurationMs);
 */
export class InvokeFunctionResponse {
  /** HTTP status: 200 for a run that was waited for, 202 for a queued event, 204 for a dry run. */
  @Caption("Status code")
  readonly statusCode!: number;

  /** The version that ran: `$LATEST` or a number; an alias is resolved. Absent where nothing was waited for. */
  @Caption("Executed version")
  readonly executedVersion?: string;

  /** That the function failed: `Unhandled`, or any other text; the payload tells how. Absent: it did not fail. */
  @Caption("Function error")
  readonly functionError?: string;

  /** The last 4 KB of the function's log, decoded. Absent unless it was asked for with `logType: "Tail"`. */
  @Caption("Log")
  readonly log?: string;

  /** Duration, billing and memory, read from the log. Absent without a log, or where the function logs JSON. */
  @Caption("Report")
  readonly report?: InvocationReport;

  /** AWS's id of the request: what AWS's support and the function's own log know it by. Absent: AWS sent none. */
  @Caption("Request id")
  readonly requestId?: string;

  /** ARN of the durable execution. Absent unless the function is durable. */
  @Caption("Durable execution ARN")
  readonly durableExecutionArn?: string;

  /** What the function answered, byte for byte; empty where it answered nothing. */
  @Caption("Payload bytes")
  readonly payloadBytes!: Uint8Array;

  readonly #readJson: (text: string) => unknown;
  #text: string | undefined;
  #payload: { readonly value: unknown } | undefined;

  /**
   * Made by the connector; you receive it. A test may make its own.
   *
   * @param facts - What is known of the answer.
   * @param readJson - How its text becomes a value, and what is thrown where it is not JSON. Absent: `JSON.parse`.
   */
  constructor(
    facts: InvocationFacts,
    readJson: (text: string) => unknown = JSON.parse,
  ) {
    Object.assign(this, facts);
    this.payloadBytes = facts.payloadBytes ?? NOTHING;
    this.#readJson = readJson;
  }

  /** What the function answered, as text; empty where it answered nothing. Bytes that are not UTF-8 become U+FFFD. */
  get payloadText(): string {
    const { buffer, byteOffset, byteLength } = this.payloadBytes;
    this.#text ??= Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
    return this.#text;
  }

  /**
   * What the function answered, read as JSON on first use. `undefined` where it answered nothing.
   *
   * @throws `ERR_RESPONSE` where the answer is not JSON; it is still there as `payloadText` and `payloadBytes`. A
   * response that was made by hand throws what its `readJson` throws.
   */
  get payload(): unknown {
    if (this.payloadBytes.byteLength === 0) return undefined;
    this.#payload ??= { value: this.#readJson(this.payloadText) };
    return this.#payload.value;
  }

  /** Every field that is there, with `payload` where the answer is JSON and `payloadText` where it is not. */
  toJSON(): Record<string, unknown> {
    const { payloadBytes, ...facts } = this;
    if (payloadBytes.byteLength === 0) return facts;
    try {
      return { ...facts, payload: this.payload };
    } catch {
      return { ...facts, payloadText: this.payloadText };
    }
  }

  /** What `console.log` and `util.inspect` print: {@link toJSON}. */
  [inspect.custom](): string {
    return `InvokeFunctionResponse ${inspect(this.toJSON(), { depth: 6 })}`;
  }
}
