import type { InvokeFunctionResponse } from "../domain";
import {
  Caption,
  IsBoolean,
  IsIntBetween,
  IsOptional,
  IsString,
  Length,
} from "../domain/decorators";
import type { AnyConnectorError } from "../src/errors";
import type { Input } from "../src/engine/validation/Input";
import { BatchOperation } from "../src/engine/batch/BatchOperation";
import type { BatchOptions } from "../src/engine/batch/BatchOptions";
import type { BatchOutcome } from "../src/engine/batch/BatchOutcome";
import type { Settings } from "../src/engine/settings/Settings";
import type { TestHooks } from "../src/engine/settings/TestHooks";
import { InvokeFunction, type InvokeFunctionRequest } from "./InvokeFunction";

export type { BatchOptions } from "../src/engine/batch/BatchOptions";
export type { BatchProgress } from "../src/engine/batch/BatchProgress";

/**
 * Requests to send, how many at a time, and the file that records progress.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html | Concurrency in the Lambda guide}
 */
export class InvokeManyRequest {
  /**
   * Requests of `InvokeFunction`: an array, or an iterable or async iterable, which is read lazily.
   *
   * Each request is validated just before it is sent. An invalid request results in an outcome with an error and does not
   * stop the others.
   */
  @Caption("Requests")
  readonly requests!:
    | Iterable<Input<InvokeFunctionRequest>>
    | AsyncIterable<Input<InvokeFunctionRequest>>;

  /**
   * Maximum number of invocations in flight, 1 to 1,000. Defaults to 100.
   *
   * It is also limited by the connection's `maxSockets` (256 by default), and is reduced while Lambda throttles.
   */
  @Caption("Concurrency")
  @IsOptional()
  @IsIntBetween(1, 1_000)
  readonly concurrency?: number;

  /**
   * Whether `stream` yields outcomes in the order of the requests. Defaults to `false`: as they complete.
   *
   * Up to 8 outcomes per allowed invocation in flight are held back by a slow invocation; then sending pauses. `execute`
   * always returns outcomes in order.
   */
  @Caption("Ordered")
  @IsOptional()
  @IsBoolean({ message: "ordered must be true or false" })
  readonly ordered?: boolean;

  /**
   * Path of a file that records requests and outcomes, 1 to 4,096 characters. Defaults to no file.
   *
   * With the same file and the same requests, a run continues where the previous run stopped, even if that was killed or
   * aborted. Requests that were in flight are only sent again if they certainly did not run or are `idempotent`. The file is
   * created if it does not exist, readable by its owner only. It contains the functions' responses in plain text.
   *
   * An existing file must belong to the user of this process, have no permissions for other users (mode 600), and be
   * neither a symbolic link nor a file with several hard links. Windows has no such permissions; there, protect its
   * directory. The directory must be one in which only trusted users can rename or delete files. The checksums in the file
   * detect damage, not tampering: anyone who can write the file can make a run skip requests or return other responses.
   */
  @Caption("Resume file")
  @IsOptional()
  @IsString()
  @Length(1, 4_096, {
    message: "resumeFile must be a path, 1 to 4096 characters long",
  })
  readonly resumeFile?: string;
}

/** The class of outcomes, for tools. Its type does not say that an outcome has either a response or an error. */
class OutcomeEntity<Payload = unknown> {
  /** Index of the request in the input, starting at 0. */
  @Caption("Index")
  readonly index!: number;

  /** Response of the invocation. Missing if there is an error. */
  @Caption("Response")
  readonly response?: InvokeFunctionResponse<Payload>;

  /** Error of the invocation, which also says whether the function ran. Missing if there is a response. */
  @Caption("Error")
  readonly error?: AnyConnectorError;

  static {
    Object.defineProperty(this, "name", { value: "InvocationOutcome" });
  }
}

/**
 * Outcome of one request: either a response or an error. `if (outcome.error)` narrows the type, and in its `else` branch
 * `outcome.response` is set. `Payload` is the type that you expect of the payload; it is not checked.
 */
export type InvocationOutcome<Payload = unknown> =
  | {
      /** Index of the request in the input, starting at 0. */
      readonly index: number;

      /** Response of the invocation. */
      readonly response: InvokeFunctionResponse<Payload>;

      /** Missing because there is a response. */
      readonly error?: undefined;
    }
  | {
      /** Index of the request in the input, starting at 0. */
      readonly index: number;

      /** Missing because there is an error. */
      readonly response?: undefined;

      /**
       * Error of the invocation, which also says whether the function ran.
       *
       * An error that was read from `resumeFile` has no cause.
       */
      readonly error: AnyConnectorError;
    };

/** The class of outcomes. */
export const InvocationOutcome: new <
  Payload = unknown,
>() => InvocationOutcome<Payload> = OutcomeEntity as never;

/**
 * Invokes functions in a batch, with limited concurrency and less of it while Lambda throttles.
 *
 * `stream` yields outcomes one by one with constant memory; `execute` returns all of them. Each request is sent at most
 * once, as by {@link InvokeFunction}; throttled requests are retried up to 8 times. Needs `lambda:InvokeFunction`.
 *
 * With a `resumeFile`, a run that was stopped, aborted or killed continues where it ended. Each request has one outcome over
 * all runs. Requests that were in flight are sent again if they certainly did not run or are `idempotent`; the outcome of
 * all others is an error with `execution: "may-have-run"`.
 *
 * @throws
 * Errors of a single request are not thrown. They are its outcome, with the errors of {@link InvokeFunction}.
 * - `ERR_INVALID_INPUT`: the request or the options are invalid; or `resumeFile` is corrupt, in use, from other requests
 *   or accessible to other users; or during the run, `requests` or `onProgress` threw, or `resumeFile` could not be
 *   written. Outcomes of invocations in flight are yielded first.
 * - `ERR_DEADLINE`: the caller's signal was aborted. Requests without an outcome did not run; with a `resumeFile`,
 *   `idempotent` requests that were in flight have no outcome either.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const requests = ["A-17", "B-02"].map((sku) => ({
 *   functionName: "price",
 *   payload: { sku },
 * }));
 * const outcomes = connector.invokeMany.stream<Price>({ requests });
 * for await (const { index, response, error } of outcomes)
 *   console.log(index, error ? error.message : response.payload.total);
 *
 * @example
 * const outcomes = await connector.invokeMany({
 *   requests: [{ functionName: "price", payload: { sku: "A-17" } }],
 * });
 * console.log(outcomes.filter(({ error }) => error).length, "failed");
 */
export class InvokeMany extends BatchOperation<
  InvokeManyRequest,
  InvocationOutcome
> {
  readonly name = "InvokeMany";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeManyRequest;

  /**
   * Returns all outcomes as an array, in the order of the requests, including those that previous runs recorded in
   * `resumeFile`.
   *
   * @typeParam Payload - The type that you expect of the payloads; it is not checked.
   * @throws The errors of {@link stream}. The outcomes are lost then, unless there is a `resumeFile`.
   */
  override execute<Payload = unknown>(
    request: Input<InvokeManyRequest>,
    options?: Input<BatchOptions>,
  ): Promise<InvocationOutcome<Payload>[]> {
    return super.execute(request, options) as Promise<
      InvocationOutcome<Payload>[]
    >;
  }

  /**
   * Yields the outcomes one by one, as they complete or in the order of the requests, with constant memory. Sending pauses
   * while outcomes are not read. Leaving the loop stops the batch and waits for invocations in flight.
   *
   * @typeParam Payload - The type that you expect of the payloads; it is not checked.
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  override stream<Payload = unknown>(
    request: Input<InvokeManyRequest>,
    options?: Input<BatchOptions>,
  ): AsyncGenerator<InvocationOutcome<Payload>, void, undefined> {
    return super.stream(request, options) as AsyncGenerator<
      InvocationOutcome<Payload>,
      void,
      undefined
    >;
  }

  protected createInvocation(
    settings: Settings,
    hooks: TestHooks,
  ): InvokeFunction {
    return new InvokeFunction(settings, hooks);
  }

  protected toOutcome(outcome: BatchOutcome): InvocationOutcome {
    return Object.assign(new OutcomeEntity(), outcome);
  }
}
