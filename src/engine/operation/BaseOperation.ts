import type { EntityClass } from "../../../domain/decorators";
import { Call, type CallInit } from "../call/Call";
import type { CallOptions } from "../call/CallOptions";
import { CALL_RULES, readOptions } from "./callOptions";
import type { Connection } from "../connection/Connection";
import type { Input } from "../validation/Input";
import { parse, throwIfInvalid, type ParseTarget } from "../validation/parse";
import { poolFor, type Pool } from "../connection/Pool";
import type { TestHooks } from "../connection/TestHooks";
import { readTestHooks } from "../connection/readTestHooks";
import { readConnection, type Settings } from "../connection/Settings";
import { activeChannel, traceCall, type OperationTrace } from "../call/tracing";
import { toConnectorError } from "../call/toConnectorError";

/** Time for an invocation: a function that runs for 15 minutes can answer. */
const INVOCATION_TIMEOUT_MS = 910_000;

/** Time for everything else. */
const TIMEOUT_MS = 30_000;

/** What every activity has in common: it is made over a connection, and executed with one request. */
export abstract class BaseOperation<Request extends object> {
  /** The operation's name, as IAM writes the action; a composite has a name of its own. */
  abstract readonly name: string;

  /** The IAM actions that the caller needs. */
  abstract readonly permissions: readonly string[];

  /** The class of its request. */
  abstract readonly request: EntityClass<Request>;

  /** What to do where nobody can tell whether AWS has done it, as sentences. Absent: there is nothing to say. */
  protected readonly adviceIfUnknown?: string;

  readonly #settings: Settings;
  readonly #pool: Pool;

  /**
   * @param connection - Where AWS is, and as whom it is spoken to. Absent: as the environment says.
   * @param seams - A clock and a wire of one's own, for tests. Absent: the machine's.
   * @throws `ERR_INVALID_INPUT` naming each field of the connection that breaks a rule.
   */
  constructor(
    connection: Input<Connection> | Settings = {},
    seams: TestHooks = {},
  ) {
    this.#settings = readConnection(connection, new.target.name);
    this.#pool = poolFor(readTestHooks(seams, new.target.name));
  }

  /** Makes a valid request of what the caller gave. */
  protected parse(request: unknown): Request {
    return parse(request, this.#reading);
  }

  /** The only road in: reads the request, does the work, and turns whatever was thrown into our error. */
  protected perform<Answer>(
    request: unknown,
    options: Input<CallOptions> | undefined,
    work: (request: Request, call: Call) => Promise<Answer>,
  ): Promise<Answer> {
    return this.#perform({ request, options, work });
  }

  /** The same where the answer goes on after it has been given: `work` sees to it that the call is ended. */
  protected open<Answer>(
    request: unknown,
    options: Input<CallOptions> | undefined,
    work: (request: Request, call: Call) => Promise<Answer>,
  ): Promise<Answer> {
    return this.#perform({ request, options, work, staysOpen: true });
  }

  #perform<Answer>(execution: Execution<Request, Answer>): Promise<Answer> {
    const channel = activeChannel(this.name);
    if (!channel) return this.#execute(execution);
    const trace: OperationTrace = { operation: this.name, attempts: 0 };
    return traceCall(channel, trace, () =>
      this.#execute({ ...execution, trace }),
    );
  }

  async #execute<Answer>(
    execution: Execution<Request, Answer>,
  ): Promise<Answer> {
    const { options, work, trace } = execution;
    const parsed = this.parse(execution.request);
    if (trace) nameFunction(trace, parsed);
    const { timeoutMs, signal } = readOptions<CallOptions>(options, {
      rules: CALL_RULES,
      what: "call's options",
      refusal: this.#reading,
    });
    const invokes = this.#invokes;
    const call = this.#begin({
      operation: this.name,
      settings: this.#settings,
      shared: this.#pool.for(this.#settings),
      invokes,
      timeoutMs:
        timeoutMs ??
        this.#settings.timeoutMs ??
        (invokes ? INVOCATION_TIMEOUT_MS : TIMEOUT_MS),
      signal,
      trace,
      adviceIfUnknown: this.adviceIfUnknown,
    });
    let goesOn = false;
    try {
      const answer = await call.within(work(parsed, call));
      goesOn = execution.staysOpen === true;
      return answer;
    } catch (error) {
      throw toConnectorError(error, call);
    } finally {
      if (!goesOn) call.end();
    }
  }

  /** A signal may be anybody's object: it is listened to here for the first time. */
  #begin(facts: CallInit): Call {
    try {
      return new Call(facts);
    } catch {
      const message = "signal could not be listened to: something in it threw";
      throwIfInvalid(
        [{ path: "signal", rule: "option", message }],
        this.#reading,
      );
      throw new Error(message);
    }
  }

  get #invokes(): boolean {
    return this.permissions.includes("lambda:InvokeFunction");
  }

  get #reading(): ParseTarget<Request> {
    return {
      operation: this.name,
      request: this.request,
      execution: this.#invokes ? "did-not-run" : undefined,
    };
  }
}

/** One execution: what is asked, and what is to be done with it. */
interface Execution<Request, Answer> {
  readonly request: unknown;
  readonly options: Input<CallOptions> | undefined;
  readonly work: (request: Request, call: Call) => Promise<Answer>;
  readonly trace?: OperationTrace;
  readonly staysOpen?: boolean;
}

function nameFunction(trace: OperationTrace, request: object): void {
  const { functionName } = request as { functionName?: string };
  if (functionName !== undefined) trace.functionName = functionName;
}
