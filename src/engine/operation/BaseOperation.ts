import { fieldsOf, type EntityClass } from "../../../domain/decorators";
import { Call, type CallInit } from "../call/Call";
import type { CallOptions } from "../call/CallOptions";
import { CALL_OPTION_RULES, readCallOptions } from "./readCallOptions";
import { OperationRole } from "../roles/OperationRole";
import type { Connection } from "../settings/Connection";
import type { Input } from "../validation/Input";
import { parse, throwIfInvalid, type ParseTarget } from "../validation/parse";
import type { Pool } from "../connection/Pool";
import { poolFor } from "./pools";
import type { TestHooks } from "../settings/TestHooks";
import { readTestHooks } from "../settings/readTestHooks";
import { readConnection, type Settings } from "../settings/Settings";
import type { InvalidInputError } from "../../errors";
import { activeChannel, traceCall, type OperationTrace } from "../call/tracing";
import { toCallersError } from "../call/toCallersError";
import { toConnectorError } from "../call/toConnectorError";

/** Default time limit of an invocation: enough for a function that runs for 15 minutes. */
const INVOCATION_TIMEOUT_MS = 910_000;

/** Default time limit of every other operation. */
const TIMEOUT_MS = 30_000;

/** The base class of all operations: created with a connection, executed with one request at a time. */
export abstract class BaseOperation<Request extends object> {
  /** The operation's name: that of the IAM action, or its own if it uses several actions. */
  abstract readonly name: string;

  /** The IAM actions that the caller needs. */
  abstract readonly permissions: readonly string[];

  /** The class of the operation's request. */
  abstract readonly request: EntityClass<Request>;

  /** What to do if it is not known whether the request took effect, in whole sentences. Optional; defaults to no advice. */
  protected readonly adviceIfUnknown?: string;

  readonly #settings: Settings;
  readonly #pool: Pool;
  #role: OperationRole | undefined;

  /**
   * @param connection - Region, credentials, endpoint and other settings. Optional; defaults to those of the environment.
   * @param hooks - A custom clock and transport, for tests. Optional; defaults to the system clock and the network.
   * @throws `ERR_INVALID_INPUT` with every field of the connection that breaks a rule.
   */
  constructor(
    connection: Input<Connection> | Settings = {},
    hooks: TestHooks = {},
  ) {
    this.#settings = readConnection(connection, new.target.name);
    this.#pool = poolFor(readTestHooks(hooks, new.target.name));
  }

  /** Validates the caller's input and returns it as a request. */
  protected parse(request: unknown): Request {
    return parse(request, this.#parseTarget);
  }

  /** Parses the request, runs `work` within a traced call, and translates every error into one of this package's. */
  protected runCall<Result>(
    execution: CallExecution<Request, Result>,
  ): Promise<Result> {
    const channel = activeChannel(this.name);
    if (!channel) return this.#execute(execution);
    const trace: OperationTrace = { operation: this.name, attempts: 0 };
    return traceCall(channel, trace, () => this.#execute(execution, trace));
  }

  async #execute<Result>(
    {
      request,
      options,
      work,
      staysOpen = false,
    }: CallExecution<Request, Result>,
    trace?: OperationTrace,
  ): Promise<Result> {
    let call: Call | undefined;
    let isOpen = false;
    try {
      const parsed = this.parse(request);
      const { functionName } = parsed as { functionName?: string };
      if (trace && functionName !== undefined)
        trace.functionName = functionName;
      call = this.#createCall(options, trace);
      call.functionName = functionName;
      const roleReady = this.#useRole(parsed, call);
      if (roleReady) await call.within(roleReady);
      const result = await call.within(work(parsed, call));
      isOpen = staysOpen;
      return result;
    } catch (error) {
      // Before the call is created, only validation throws.
      throw toCallersError(
        call ? toConnectorError(error, call) : (error as InvalidInputError),
        call?.functionName,
      );
    } finally {
      if (!isOpen) call?.end();
    }
  }

  /** Makes the call use the connection's role, if there is one. Returns a promise if the region must be loaded. */
  #useRole(request: Request, call: Call): void | Promise<void> {
    const { role } = this.#settings;
    if (!role) return;
    this.#role ??= new OperationRole(role, this.permissions);
    return this.#role.use(request, call);
  }

  /** Reads the options and creates the call. */
  #createCall(
    options: Input<CallOptions> | undefined,
    trace: OperationTrace | undefined,
  ): Call {
    const { timeoutMs, signal } = readCallOptions<CallOptions>(options, {
      rules: CALL_OPTION_RULES,
      what: "call's options",
      context: this.#parseTarget,
      requestFields: fieldsOf(this.request),
    });
    const invokes = this.#invokes;
    const init: CallInit = {
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
    };
    try {
      return new Call(init);
    } catch {
      // The caller's signal may be any object, and adding a listener to it may throw.
      const message =
        "signal must be an AbortSignal that accepts listeners; adding one threw";
      const issue = { path: "signal", rule: "signal", message };
      throwIfInvalid([issue], this.#parseTarget);
      throw new Error(message);
    }
  }

  get #invokes(): boolean {
    return this.permissions.includes("lambda:InvokeFunction");
  }

  get #parseTarget(): ParseTarget<Request> {
    return {
      operation: this.name,
      request: this.request,
      execution: this.#invokes ? "did-not-run" : undefined,
    };
  }
}

/** One execution of an operation. */
interface CallExecution<Request, Result> {
  readonly request: unknown;
  readonly options: Input<CallOptions> | undefined;
  readonly work: (request: Request, call: Call) => Promise<Result>;
  /** Whether `work` ends the call itself, after the result has been returned. Defaults to `false`. */
  readonly staysOpen?: boolean;
}
