import type { InvokeFunctionResponse } from "../../../domain";
import { Activity } from "../operation/Activity";
import { systemClock, type Clock } from "../connection/clock";
import type { Connection } from "../connection/Connection";
import type { Given } from "../validation/Given";
import type { Invocation } from "../invocation/invoke";
import type { Operation } from "../operation/Operation";
import type { Seams } from "../connection/Pool";
import { readSeams } from "../connection/readSeams";
import { readConnection, type Settings } from "../connection/Settings";
import type * as Runs from "./openRun";
import type { ManyOptions } from "./options";
import type { Outcome } from "./Outcome";
import type { Run } from "./Run";

/** What a request for many has. */
export interface ManyRequest {
  readonly requests: unknown;
  readonly concurrency?: number;
  readonly ordered?: boolean;
  readonly resumeFile?: string;
}

/** The operation that is done many times: its class, and what it is made over. */
export type EachOperation = new (
  connection: Settings,
  seams: Seams,
) => Operation<Invocation, InvokeFunctionResponse>;

/** An activity that invokes for each of many requests. It writes `each` and `toOutcome`; `execute` and `stream` come from here. */
export abstract class ManyOperation<
  Request extends ManyRequest & object,
  Answer,
> extends Activity<Request> {
  readonly #settings: Settings;
  readonly #seams: Seams;
  readonly #clock: Clock;

  /**
   * @param connection - Where AWS is, and as whom it is spoken to. Absent: as the environment says.
   * @param seams - A clock and a wire of one's own, for tests. Absent: the machine's.
   * @throws `ERR_INVALID_INPUT` naming each field of the connection that breaks a rule.
   */
  constructor(
    connection: Given<Connection> | Settings = {},
    seams: Seams = {},
  ) {
    const settings = readConnection(connection, new.target.name);
    const given = readSeams(seams, new.target.name);
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
    request: Given<Request>,
    options?: Given<ManyOptions>,
  ): AsyncGenerator<Answer, void, undefined> {
    const run = await this.#open(request, { options, retell: false });
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
    request: Given<Request>,
    options?: Given<ManyOptions>,
  ): Promise<Answer[]> {
    const run = await this.#open(request, { options, retell: true });
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
  protected abstract readonly each: EachOperation;

  /** Makes the entity of an outcome. */
  protected abstract toOutcome(outcome: Outcome): Answer;

  #open(
    request: Given<Request>,
    how: {
      readonly options: Given<ManyOptions> | undefined;
      readonly retell: boolean;
    },
  ): Promise<Run> {
    const parsed = this.parse(request);
    return loadRuns().openRun(parsed, {
      ...how,
      operation: this.name,
      each: new this.each(this.#settings, this.#seams),
      most: this.#settings.maxSockets,
      clock: this.#clock,
    });
  }
}

function loadRuns(): typeof Runs {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only who invokes many loads it
  return require("./openRun") as typeof Runs;
}
