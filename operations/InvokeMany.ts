import type { InvokeFunctionResponse } from "../domain";
import {
  Caption,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from "../domain/decorators";
import type { AnyConnectorError } from "../src/errors";
import type { Given } from "../src/engine/validation/Given";
import { ManyOperation } from "../src/engine/batch/ManyOperation";
import type { Outcome } from "../src/engine/batch/Outcome";
import { InvokeFunction, type InvokeFunctionRequest } from "./InvokeFunction";

export type { ManyOptions } from "../src/engine/batch/options";
export type { ManyProgress } from "../src/engine/batch/Progress";

/**
 * Which functions to run with what, how many at a time, and where to note how far it has come.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html | Concurrency in the Lambda guide}
 */
export class InvokeManyRequest {
  /**
   * The requests, each as `InvokeFunction` takes it: a list, or an iterable or async iterable, which is read only as far as
   * needed. Each is checked when its turn comes; a broken one is an outcome, and does not stop the others.
   */
  @Caption("Requests")
  readonly requests!:
    | Iterable<Given<InvokeFunctionRequest>>
    | AsyncIterable<Given<InvokeFunctionRequest>>;

  /**
   * Most invocations in flight at once, 1 to 1,000; no more than the connection's `maxSockets` (256). It is a bound: there are
   * fewer while Lambda throttles. Absent: 100.
   */
  @Caption("Concurrency")
  @IsOptional()
  @IsInt({ message: "concurrency takes a whole number, 1 to 1000" })
  @Min(1, { message: "concurrency takes a whole number, 1 to 1000" })
  @Max(1_000, { message: "concurrency takes a whole number, 1 to 1000" })
  readonly concurrency?: number;

  /**
   * Whether `stream` tells outcomes in the order of the requests; at most 8 outcomes for each that may be in flight wait for
   * a slow one, then sending waits too. `execute` answers in order anyway. Absent: as they complete.
   */
  @Caption("Ordered")
  @IsOptional()
  @IsBoolean({ message: "ordered takes true or false" })
  readonly ordered?: boolean;

  /**
   * Path of a file that notes what was sent and what came of it, 1 to 4,096 characters; made where it is not there, for its
   * owner's eyes only. With the same file and the same requests, a run goes on where another one ended, however it ended.
   * What the functions answered is in it, as it came: keep it as you keep that. Absent: nothing is noted.
   */
  @Caption("Resume file")
  @IsOptional()
  @IsString()
  @Length(1, 4_096, { message: "resumeFile takes a path" })
  readonly resumeFile?: string;
}

/** What became of one request: there is a response, or an error. */
export class InvocationOutcome {
  /** The request's place in the input, from 0. */
  @Caption("Index")
  readonly index!: number;

  /** What came back. Absent: there is an error. */
  @Caption("Response")
  readonly response?: InvokeFunctionResponse;

  /** Why nothing came back, and whether the function ran; one told by `resumeFile` has no cause. Absent: a response is there. */
  @Caption("Error")
  readonly error?: AnyConnectorError;
}

/**
 * Runs many functions, or one function many times: a few at a time, fewer while Lambda throttles.
 *
 * `stream` tells one outcome after the other while memory stays flat, `execute` answers with all of them. Each request is
 * sent as {@link InvokeFunction} sends it: once. What Lambda throttles is put back and tried again, up to 8 times. With a
 * `resumeFile`, a run that was stopped or killed goes on where it ended: no request is sent twice, and one of which nobody
 * can tell whether it ran is told as `may-have-run`, and sent again only where it says `idempotent: true`. Needs
 * `lambda:InvokeFunction`.
 *
 * @throws
 * What became of a single request is never thrown: it is its outcome, with the errors of {@link InvokeFunction}.
 * - `ERR_INVALID_INPUT`: the request or the options break a rule, or `resumeFile` is damaged, in use or of other requests. In
 * the middle of the run: `requests` or `onProgress` threw, or `resumeFile` cannot be written; what was in flight is told before.
 * - `ERR_DEADLINE`: the caller's signal fired. What was not told of did not run.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const requests = ["A-17", "B-4"].map((sku) => ({ functionName: "price", payload: { sku } }));
 * for await (const { index, response, error } of connector.invokeMany.stream({ requests, concurrency: 50 }))
 *   console.log(index, error ? error.message : response?.payload);
 *
 * @example
 * const outcomes = await connector.invokeMany({ requests: [{ functionName: "price", payload: { sku: "A-17" } }] });
 * console.log(outcomes.filter(({ error }) => error).length, "failed");
 */
export class InvokeMany extends ManyOperation<
  InvokeManyRequest,
  InvocationOutcome
> {
  readonly name = "InvokeMany";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeManyRequest;

  protected readonly each = InvokeFunction;

  protected toOutcome(outcome: Outcome): InvocationOutcome {
    return Object.assign(new InvocationOutcome(), outcome);
  }
}
