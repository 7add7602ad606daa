import type { InvokeFunctionResponse } from "../domain";
import type { BatchOptions } from "./engine/batch/BatchOptions";
import type { CallOptions } from "./engine/call/CallOptions";
import type { StandardSchema } from "./engine/contract/StandardSchema";
import type { Input } from "./engine/validation/Input";
import type { AnyConnectorError } from "./errors";

/** A class whose constructor needs no arguments. */
export type PlainClass<Entity> = new () => Entity;

/** Request and response of a Lambda function, as classes or schemas, and how to invoke it. */
export interface FunctionContract<Request, Response> {
  /**
   * The request: a class with class-validator's decorators, `String`, `Number`, `Boolean`, or any Standard Schema, for example of
   * Zod, Valibot or ArkType. Defaults to any JSON value, not validated.
   *
   * An object is sent as it was passed, with properties that its class does not declare. The output of a schema is sent.
   */
  readonly request?:
    PlainClass<Request> | StandardSchema<Request, unknown> | undefined;

  /**
   * The payload of the response, with the same choices. It becomes an instance of the class, or the schema's output. Defaults to
   * any value, not validated.
   */
  readonly response?:
    PlainClass<Response> | StandardSchema<unknown, Response> | undefined;

  /** Version or alias. Defaults to the unqualified function. */
  readonly qualifier?: string | undefined;

  /**
   * Whether the function may safely run more than once. Defaults to `false`: a request is only sent again if the function
   * certainly did not run.
   */
  readonly idempotent?: boolean | undefined;
}

/* eslint-disable @typescript-eslint/no-wrapper-object-types -- the classes are the wrappers. */
/** The values that a contract with the class `String`, `Number` or `Boolean` stands for; all other types are unchanged. */
export type Unboxed<Value> = [Value] extends [object]
  ? Value extends string | number | boolean | symbol | bigint
    ? Value
    : [Value, String] extends [String, Value]
      ? string
      : [Value, Number] extends [Number, Value]
        ? number
        : [Value, Boolean] extends [Boolean, Value]
          ? boolean
          : Value
  : Value;
/* eslint-enable @typescript-eslint/no-wrapper-object-types */

/** A Lambda function, called like a local asynchronous function. */
export interface TypedFunction<Request, Response> {
  (request: Request, options?: Input<CallOptions>): Promise<Response>;

  /** Invokes the function in a batch. */
  readonly many: TypedBatch<Request, Response>;
}

/** Requests of a typed function: an array, or an iterable or async iterable, which is read lazily. */
export type TypedRequests<Request> = Iterable<Request> | AsyncIterable<Request>;

/** Options of a batch of a typed function. */
export interface TypedBatchOptions extends BatchOptions {
  /** Maximum number of invocations in flight, 1 to 1,000. Defaults to 100. */
  readonly concurrency?: number | undefined;

  /** Whether `stream` yields outcomes in the order of the requests. Defaults to `false`: as they complete. */
  readonly ordered?: boolean | undefined;

  /** Path of a file that records requests and outcomes, as for {@link operations!InvokeMany}. Defaults to no file. */
  readonly resumeFile?: string | undefined;
}

/**
 * Outcome of one request of a typed function: either a value or an error. `if (outcome.error)` narrows the type, and in its
 * `else` branch `outcome.value` is set.
 */
export type TypedOutcome<Response> =
  | {
      /** Index of the request in the input, starting at 0. */
      readonly index: number;

      /** What the typed function returns for the request. */
      readonly value: Response;

      /** The whole response, with the same value as its payload. */
      readonly response: InvokeFunctionResponse<Response>;

      /** Missing because there is a value. */
      readonly error?: undefined;
    }
  | {
      /** Index of the request in the input, starting at 0. */
      readonly index: number;

      /** Missing because there is an error. */
      readonly value?: undefined;

      /** Missing because there is an error. */
      readonly response?: undefined;

      /**
       * Error of the invocation, which also says whether the function ran.
       *
       * `ERR_INVALID_INPUT` if the request violates the contract, `ERR_RESPONSE` if the response does.
       */
      readonly error: AnyConnectorError;
    };

/** Invokes a typed function in a batch, as {@link operations!InvokeMany} does. */
export interface TypedBatch<Request, Response> {
  /**
   * Returns all outcomes as an array, in the order of the requests.
   *
   * @throws The errors of {@link operations!InvokeMany}. Errors of a single request are its outcome.
   *
   * @example
   * const outcomes = await getPrice.many([{ sku: "A-17" }, { sku: "B-02" }]);
   * for (const { value, error } of outcomes) console.log(error ?? value);
   */
  (
    requests: TypedRequests<Request>,
    options?: Input<TypedBatchOptions>,
  ): Promise<TypedOutcome<Response>[]>;

  /**
   * Yields the outcomes one by one, with constant memory.
   *
   * @throws The errors of {@link operations!InvokeMany}. Errors of a single request are its outcome.
   */
  stream(
    requests: TypedRequests<Request>,
    options?: Input<TypedBatchOptions>,
  ): AsyncGenerator<TypedOutcome<Response>, void, undefined>;
}
