/**
 * What Lambda tells a handler about the invocation it serves.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html |
 * The context object in the Lambda developer guide}
 */
export interface LambdaContext {
  /** Name of the function. */
  readonly functionName: string;

  /** Version that runs: `$LATEST` or a number. */
  readonly functionVersion: string;

  /** ARN the caller used; an alias stays an alias. */
  readonly invokedFunctionArn: string;

  /** Memory of the function in MB, as text: `"128"` to `"10240"`. */
  readonly memoryLimitInMB: string;

  /** Id of this invocation, a UUID; the log names it. */
  readonly awsRequestId: string;

  /** Log group of the function: `/aws/lambda/<name>`. */
  readonly getLogGroupName: string;

  /** Log stream of the instance that runs. */
  readonly logStreamName: string;

  /** What the caller sent as client context. Absent: nothing was sent. */
  readonly clientContext?: unknown;

  /** Tenant the invocation is for. Absent: the caller named none. */
  readonly tenantId?: string;

  /** Cognito identity of a mobile caller. Always absent here: nobody signs in through Cognito. */
  readonly identity?: undefined;

  /**
   * Whether a callback handler's result waits for its event loop to drain.
   * Kept so that handlers may set it; the result always goes out at once.
   */
  callbackWaitsForEmptyEventLoop: boolean;

  /** Milliseconds until this invocation is ended by the function's time-out; never below 0. */
  getRemainingTimeInMillis(): number;
}

/** Answers an invocation from a handler that does not return a promise: with an error, or with `null` and a result. */
export type LambdaCallback = (error?: unknown, result?: unknown) => void;

/**
 * An ordinary Lambda handler: async, with a callback, or returning its result.
 * (Only the Node.js 24 runtime of Lambda takes an result that is returned
 * without a promise; the older ones result `null`.)
 *
 * An async generator function streams: each chunk it yields goes out at once, text as UTF-8, a `Uint8Array` as it is,
 * anything else as JSON; a plain `Invoke` gets them joined. A handler in a file streams as in Lambda itself, through the
 * global `awslambda.streamifyResponse`.
 *
 * A `Uint8Array` is answered as its raw bytes, also an empty one. The real
 * Node.js runtime would serialise it to JSON; here it plays a custom runtime,
 * which may result any bytes at all.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html |
 * Handlers in the Lambda developer guide}
 *
 * @example
 * const price: LambdaHandler = async (event: { sku: string }) => ({ sku: event.sku, cents: 990 });
 * const story: LambdaHandler = async function* () {
 *   yield "once ";
 *   yield "upon a time";
 * };
 */
// Written as a method so that its parameters are compared both ways: a
// handler names its own event type, which no caller here can know.
export type LambdaHandler = {
  /** Takes an event, and answers it. */
  handle(
    event: unknown,
    context: LambdaContext,
    callback: LambdaCallback,
  ): unknown;
}["handle"];
