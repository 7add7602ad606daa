/**
 * Context of the invocation that Lambda passes to a handler.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html | The context object
 * in the Lambda developer guide}
 */
export interface LambdaContext {
  /** Name of the function. */
  readonly functionName: string;

  /** Version that runs: `$LATEST` or a number. */
  readonly functionVersion: string;

  /** ARN that the caller used. An alias is not resolved. */
  readonly invokedFunctionArn: string;

  /** Memory of the function in MB, as a string: `"128"` to `"10240"`. */
  readonly memoryLimitInMB: string;

  /** Request ID of this invocation, a UUID. The log contains it. */
  readonly awsRequestId: string;

  /** Log group of the function: `/aws/lambda/<name>`. */
  readonly logGroupName: string;

  /** Log stream of the instance. */
  readonly logStreamName: string;

  /** Client context, if the caller sent one. */
  readonly clientContext?: unknown;

  /** Tenant of the invocation, if the caller named one. */
  readonly tenantId?: string;

  /**
   * Cognito identity of a mobile caller. Always undefined here, because Cognito is not embedded.
   */
  readonly identity?: undefined;

  /**
   * In Lambda, whether the response of a callback handler waits until the event loop is empty.
   * Handlers can set it here, but the response is always sent immediately.
   */
  callbackWaitsForEmptyEventLoop: boolean;

  /** Returns the milliseconds that remain until the function's timeout; never below 0. */
  getRemainingTimeInMillis(): number;
}

/**
 * Callback of a handler that does not return a promise. Called with an error, or with `null` and a
 * result.
 */
export type LambdaCallback = (error?: unknown, result?: unknown) => void;

/**
 * A Lambda handler that is async, calls a callback or returns its result directly. (In Lambda, only
 * the Node.js 24 runtime accepts a result that is returned without a promise; older runtimes
 * respond with `null`.)
 *
 * An async generator function streams its response. Each chunk that it yields is sent immediately:
 * strings as UTF-8, a `Uint8Array` as raw bytes, anything else as JSON. `Invoke` returns the chunks
 * joined. A handler in a file streams as in Lambda, with the global `awslambda.streamifyResponse`.
 *
 * A returned `Uint8Array` becomes the response as raw bytes, even if it is empty. Lambda's Node.js
 * runtime would serialize it to JSON; here it simulates a custom runtime, which can respond with
 * any bytes.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html | Handlers in the
 * Lambda developer guide}
 *
 * @example
 * const price: LambdaHandler = async (event: { sku: string }) => ({
 *   sku: event.sku,
 *   cents: 990,
 * });
 * const story: LambdaHandler = async function* () {
 *   yield "once ";
 *   yield "upon a time";
 * };
 */
// Declared as a method so that parameters are compared bivariantly: each handler declares its own
// event type, which is unknown here.
export type LambdaHandler = {
  /** Handles an event and returns the result. */
  handle(
    event: unknown,
    context: LambdaContext,
    callback: LambdaCallback,
  ): unknown;
}["handle"];
