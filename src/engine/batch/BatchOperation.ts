import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import { toCallersError } from "../call/toCallersError";
import { BaseOperation } from "../operation/BaseOperation";
import { systemClock, type Clock } from "../settings/clock";
import type { Connection } from "../settings/Connection";
import type { Input } from "../validation/Input";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { Operation } from "../operation/Operation";
import type { TestHooks } from "../settings/TestHooks";
import { readTestHooks } from "../settings/readTestHooks";
import { readConnection, type Settings } from "../settings/Settings";
import { createBatchRun } from "./createBatchRun";
import type { BatchOptions } from "./BatchOptions";
import type { BatchRequest } from "./BatchRequest";
import type { BatchOutcome } from "./BatchOutcome";
import type { BatchRun } from "./BatchRun";
import { CallSite } from "./CallSite";

/** The options of one execution, and the code that started it. */
interface BatchCall {
  readonly options: Input<BatchOptions> | undefined;
  readonly caller: CallSite;
}

/** The operation that is executed for each request. */
export type InvocationOperation = Operation<
  InvocationInput,
  InvokeFunctionResponse
>;

/**
 * An operation that invokes a function for each of many requests. A subclass defines `createInvocation` and `toOutcome`; this
 * class provides `execute` and `stream`.
 */
export abstract class BatchOperation<
  Request extends BatchRequest & object,
  Response,
> extends BaseOperation<Request> {
  readonly #settings: Settings;
  readonly #hooks: TestHooks;
  readonly #clock: Clock;

  /**
   * @param connection - Region, credentials, endpoint and other settings. Optional; defaults to those of the environment.
   * @param hooks - A custom clock and transport, for tests. Optional; defaults to the system clock and the network.
   * @throws `ERR_INVALID_INPUT` with every field of the connection that breaks a rule.
   */
  constructor(
    connection: Input<Connection> | Settings = {},
    hooks: TestHooks = {},
  ) {
    const settings = readConnection(connection, new.target.name);
    const validHooks = readTestHooks(hooks, new.target.name);
    super(settings, validHooks);
    this.#settings = settings;
    this.#hooks = validHooks;
    this.#clock = validHooks.clock ?? systemClock;
  }

  /**
   * Yields the outcomes one by one, as they complete or in the order of the requests, with constant memory. Sending pauses
   * while outcomes are not read. Leaving the loop stops the batch and waits for invocations in flight.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  stream(
    request: Input<Request>,
    options?: Input<BatchOptions>,
  ): AsyncGenerator<Response, void, undefined> {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is not called
    const caller = new CallSite(this.stream);
    return this.#stream(request, { options, caller });
  }

  async *#stream(
    request: Input<Request>,
    call: BatchCall,
  ): AsyncGenerator<Response, void, undefined> {
    const run = await this.#createRun(request, {
      ...call,
      includeEarlier: false,
    });
    try {
      for (;;) {
        const next = run.next();
        const outcome = next instanceof Promise ? await next : next;
        if (!outcome) break;
        if (outcome.error) call.caller.attachTo(outcome.error);
        yield this.toOutcome(outcome);
      }
    } finally {
      await run.close();
    }
    if (run.failure) throw toCallersError(run.failure);
  }

  /**
   * Returns all outcomes as an array, in the order of the requests, including those that previous runs recorded in
   * `resumeFile`.
   *
   * @throws The errors of {@link stream}. The outcomes are lost then, unless there is a `resumeFile`.
   */
  async execute(
    request: Input<Request>,
    options?: Input<BatchOptions>,
  ): Promise<Response[]> {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is not called
    const caller = new CallSite(this.execute);
    const run = await this.#createRun(request, {
      options,
      caller,
      includeEarlier: true,
    });
    const all: Response[] = [];
    try {
      for (let outcome; (outcome = await run.next());) {
        if (outcome.error) caller.attachTo(outcome.error);
        all[outcome.index] = this.toOutcome(outcome);
      }
    } finally {
      await run.close();
    }
    if (run.failure) throw toCallersError(run.failure);
    return all;
  }

  /** Creates the operation that is executed for each request. */
  protected abstract createInvocation(
    settings: Settings,
    hooks: TestHooks,
  ): InvocationOperation;

  /** Translates an item of the input into an invocation. Optional; by default, an item is a request of the operation. */
  protected readItem?(item: unknown): InvocationInput;

  /** Translates an outcome into the response entity. */
  protected abstract toOutcome(outcome: BatchOutcome): Response;

  async #createRun(
    request: Input<Request>,
    {
      caller,
      ...options
    }: BatchCall & {
      readonly includeEarlier: boolean;
    },
  ): Promise<BatchRun> {
    try {
      const parsed = this.parse(request);
      return await createBatchRun(parsed, {
        ...options,
        operation: this.name,
        invocation: this.createInvocation(this.#settings, this.#hooks),
        read: this.readItem?.bind(this),
        maxConcurrency: this.#settings.maxSockets,
        clock: this.#clock,
      });
    } catch (error) {
      throw caller.attachTo(error as AnyConnectorError);
    }
  }
}
