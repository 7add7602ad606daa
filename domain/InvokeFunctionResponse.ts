import { inspect } from "node:util";
import { Caption } from "./decorators";
import type { InvocationReport } from "./InvocationReport";

/** Values from which an {@link InvokeFunctionResponse} is created. The payload is not parsed yet. */
export type InvokeFunctionResponseInit = Pick<
  InvokeFunctionResponse,
  | "statusCode"
  | "executedVersion"
  | "functionError"
  | "log"
  | "report"
  | "requestId"
  | "durableExecutionArn"
> & {
  /** Bytes that the function returned. Defaults to none. */
  readonly payloadBytes?: Uint8Array | undefined;
};

const NO_BYTES = new Uint8Array();

/**
 * Response of an invocation: the function's payload, and what Lambda reports about the run.
 *
 * `Payload` is the type that you expect of the payload. It is not checked; a typed function checks it.
 *
 * Copies keep the payload, whether they are made by spreading, `Object.assign` or destructuring. Copying reads it, so it throws
 * like {@link payload} if the payload is not JSON. `structuredClone` returns a plain object with the payload, without
 * `payloadText` and `toJSON`.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const { statusCode, payload, report } = await connector.invokeFunction({
 *   functionName: "price",
 *   payload: { sku: "A-17" },
 *   logType: "Tail",
 * });
 * console.log(statusCode, payload, report?.billedDurationMs);
 */
export class InvokeFunctionResponse<Payload = unknown> {
  /** HTTP status: 200 for a completed run, 202 for a queued event, 204 for a dry run. */
  @Caption("Status code")
  readonly statusCode!: number;

  /** Version that ran: `$LATEST` or a number, to which an alias is resolved. Missing for `Event` and `DryRun`. */
  @Caption("Executed version")
  readonly executedVersion?: string;

  /** Kind of the function's error, usually `Unhandled`; the payload describes it. Missing if the function succeeded. */
  @Caption("Function error")
  readonly functionError?: string;

  /** Last 4 KB of the function's log, decoded. Missing unless requested by `logType: "Tail"`. */
  @Caption("Log")
  readonly log?: string;

  /** Duration, billing and memory, parsed from the log. Missing if there is no log or the function logs JSON. */
  @Caption("Report")
  readonly report?: InvocationReport;

  /** AWS's request ID, which is also in the function's log. Include it in AWS support cases. Missing if AWS sent none. */
  @Caption("Request ID")
  readonly requestId?: string;

  /** ARN of the durable execution. Missing if the function is not durable. */
  @Caption("Durable execution ARN")
  readonly durableExecutionArn?: string;

  /** Bytes that the function returned. Empty if it returned nothing. */
  @Caption("Payload bytes")
  readonly payloadBytes!: Uint8Array;

  /**
   * Payload parsed as JSON, on first use. `undefined` if the function returned nothing.
   *
   * @throws `ERR_RESPONSE` if the payload is not JSON, or is nested more than 512 levels deep, which `JSON.parse` can need many
   * seconds for; `payloadText` and `payloadBytes` remain available. A response that a test created throws what its `parseJson`
   * throws.
   */
  @Caption("Payload")
  readonly payload!: Payload;

  /**
   * An own property of each response, because copies ignore getters of classes. All responses share one getter: with a function of
   * its own, each would get its own hidden class in V8.
   */
  static readonly #PAYLOAD: PropertyDescriptor &
    ThisType<InvokeFunctionResponse> = {
    configurable: true,
    enumerable: true,
    get() {
      if (this.payloadBytes.byteLength === 0) return undefined;
      this.#payload ??= { value: this.#parseJson(this.payloadText) };
      return this.#payload.value;
    },
  };

  readonly #parseJson: (text: string) => unknown;
  #text: string | undefined;
  #payload: { readonly value: unknown } | undefined;

  /**
   * Creates a response. Application code receives responses from the connector; tests can create their own.
   *
   * @param init - Values of the response.
   * @param parseJson - Parses the payload, and throws if it is not JSON. Defaults to `JSON.parse`.
   */
  constructor(
    init: InvokeFunctionResponseInit,
    parseJson: (text: string) => unknown = JSON.parse,
  ) {
    Object.assign(this, init);
    this.payloadBytes = init.payloadBytes ?? NO_BYTES;
    this.#parseJson = parseJson;
    Object.defineProperty(this, "payload", InvokeFunctionResponse.#PAYLOAD);
  }

  /** Payload as a string. Empty if the function returned nothing. Bytes that are not UTF-8 become U+FFFD. */
  get payloadText(): string {
    const { buffer, byteOffset, byteLength } = this.payloadBytes;
    this.#text ??= Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
    return this.#text;
  }

  /** Returns all fields that have a value, with `payload` if it is JSON and with `payloadText` if it is not. */
  toJSON(): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    for (const name of Object.keys(this))
      if (name !== "payload" && name !== "payloadBytes")
        fields[name] = this[name as keyof this];
    if (this.payloadBytes.byteLength === 0) return fields;
    try {
      return { ...fields, payload: this.payload };
    } catch {
      return { ...fields, payloadText: this.payloadText };
    }
  }

  /** Returns what `console.log` and `util.inspect` print: the fields of {@link toJSON}. */
  [inspect.custom](): string {
    return `InvokeFunctionResponse ${inspect(this.toJSON(), { depth: 6 })}`;
  }
}
