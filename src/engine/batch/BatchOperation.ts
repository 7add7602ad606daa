import type { InvokeFunctionResponse } from "../../../domain";
import { BaseOperation } from "../operation/BaseOperation";
import { systemClock, type Clock } from "../connection/clock";
import type { Connection } from "../connection/Connection";
import type { Input } from "../validation/Input";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { Operation } from "../operation/Operation";
import type { TestHooks } from "../connection/TestHooks";
import { readTestHooks } from "../connection/readTestHooks";
import { readConnection, type Settings } from "../connection/Settings";
import type * as Runs from "./createBatchRun";
import type { BatchOptions } from "./BatchOptions";
import type { BatchRequest } from "./BatchRequest";
import type { BatchOutcome } from "./OutcomeQueue";
import type { BatchRun } from "./BatchRun";

/** The operation that is done many times: its class, and what it is made over. */
export type InvocationOperation = new (
  connection: Settings,
  seams: TestHooks,
) => Operation<InvocationInput, InvokeFunctionResponse>;

/** An activity that invokes for each of many requests. It writes `each` and `toOutcome`; `execute` and `stream` come from here. */
export abstract class BatchOperation<
  Request extends BatchRequest & object,
  Answer,
> extends BaseOperation<Request> {
  readonly #settings: Settings;
  readonly #seams: TestHooks;
  readonly #clock: Clock;

  /**
   * @param connection - Where AWS is, and as whom it is spoken to. Absent: as the environment says.
   * @param seams - A clock and a wire of one's own, for tests. Absent: the machine's.
   * @throws `ERR_INVALID_INPUT` naming each field of the connection that breaks a rule.
   */
  constructor(
    connection: Input<Connection> | Settings = {},
    seams: TestHooks = {},
  ) {
    const settings = readConnection(connection, new.target.name);
    const given = readTestHooks(seams, new.target.name);
    super(settings, given);
    this.#settings = settings;
    this.#seams = given;
    this.#clock = given.clock ?? systemClock;
  }

  /**
   * The outcomes one by one, as they complete or in order. It runs only as far ahead as there are invocations in flight, and
   * memory stays flat. Leaving the loop stops the run, and waits for what is in flight.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent; otherwise as the operation says.
   */
  async *stream(
    request: Input<Request>,
    options?: Input<BatchOptions>,
  ): AsyncGenerator<Answer, void, undefined> {
    const run = await this.#open(request, { options, includeEarlier: false });
    try {
      for (;;) {
        const next = run.next();
        const outcome = next instanceof Promise ? await next : next;
        if (!outcome) break;
        yield this.toOutcome(outcome);
      }
    } finally {
      await run.close();
    }
    if (run.failure) throw run.failure;
  }

  /**
   * All outcomes as a list, in the order of the requests. Where a `resumeFile` has outcomes of earlier runs, they are told
   * from there.
   *
   * @throws as {@link stream}; the outcomes are lost then, unless there is a `resumeFile`.
   */
  async execute(
    request: Input<Request>,
    options?: Input<BatchOptions>,
  ): Promise<Answer[]> {
    const run = await this.#open(request, { options, includeEarlier: true });
    const all: Answer[] = [];
    try {
      for (let outcome = await run.next(); outcome; outcome = await run.next())
        all[outcome.index] = this.toOutcome(outcome);
    } finally {
      await run.close();
    }
    if (run.failure) throw run.failure;
    return all;
  }

  /** The operation that is done for each request. */
  protected abstract readonly invocationClass: InvocationOperation;

  /** Makes the entity of an outcome. */
  protected abstract toOutcome(outcome: BatchOutcome): Answer;

  #open(
    request: Input<Request>,
    how: {
      readonly options: Input<BatchOptions> | undefined;
      readonly includeEarlier: boolean;
    },
  ): Promise<BatchRun> {
    const parsed = this.parse(request);
    return loadRuns().createBatchRun(parsed, {
      ...how,
      operation: this.name,
      invocation: new this.invocationClass(this.#settings, this.#seams),
      maxConcurrency: this.#settings.maxSockets,
      clock: this.#clock,
    });
  }
}

function loadRuns(): typeof Runs {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only who invokes many loads it
  return require("./createBatchRun") as typeof Runs;
}
