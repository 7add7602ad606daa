import type { CredentialKeys } from "../../../domain";
import type { Execution } from "../../errors";
import { deliver } from "./deliver";
import { Deadline } from "./Deadline";
import type { SharedResources } from "../connection/Pool";
import { Secrets } from "../text/Secrets";
import type {
  Action,
  ActionInput,
  ActionOutput,
} from "../connection/sdkClients";
import type { Settings } from "../connection/Settings";
import type { OperationTrace } from "./tracing";
import { metadataOf } from "../http/awsError";
import type { WireResponse } from "../http/transport";
import type { ServiceRequest, Attempt } from "./Attempt";
import { sendAttempt } from "./sendAttempt";

/**
 * What may go with every execution.
 *
 * @example
 * await connector.listFunctions({ limit: 10 }, { timeoutMs: 5_000, signal: AbortSignal.timeout(8_000) });
 */
export interface CallOptions {
  /** Ends the call when it fires, with `ERR_DEADLINE`; a running function runs on. Absent: only time ends the call. */
  readonly signal?: AbortSignal;

  /** Longest time of this call, in ms; a whole number, 1 to 2,147,483,647. Absent: the connection's `timeoutMs`. */
  readonly timeoutMs?: number;
}

/** What one execution is made of. */
export interface CallInit {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: SharedResources;
  readonly invokes: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What a tracer is told. Absent: nobody listens. */
  readonly trace?: OperationTrace | undefined;
  /** What to do where nobody can tell whether it was done. Absent: there is nothing to say. */
  readonly adviceIfUnknown?: string | undefined;
}

/** Where one request goes, and as whom. */
export interface RequestTarget {
  /** Absent: the connection's. */
  readonly region?: string | undefined;
  /** Borrowed keys. Absent: the caller's own. */
  readonly credentials?: CredentialKeys | undefined;
  /** `once`: sent again only where it was certainly not done. Absent: whenever there is hope. */
  readonly delivery?: "once" | "again";
}

/** One execution of one operation: its deadline, its secrets, how far it has come, and the road to AWS. */
export class Call {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: SharedResources;
  readonly timeoutMs: number;
  readonly invokes: boolean;
  /** What a tracer is told. Absent: nobody listens. */
  readonly trace: OperationTrace | undefined;
  /** When it is over at the latest, and who is told then. */
  readonly deadline: Deadline;
  /** What to do where nobody can tell whether it was done. Absent: there is nothing to say. */
  readonly adviceIfUnknown: string | undefined;
  /** ARN of the role whose session AWS has refused. Absent: it was the caller himself. */
  deniedRole: string | undefined;

  #secrets: Secrets | undefined;
  /** Attempts that have gone out, and of which AWS has not said that they were refused. */
  #unsettled = 0;
  #invocationsUnsettled = 0;
  #answered = false;
  #ran = false;

  constructor(facts: CallInit) {
    const { shared, timeoutMs, signal } = facts;
    this.operation = facts.operation;
    this.settings = facts.settings;
    this.shared = shared;
    this.timeoutMs = timeoutMs;
    this.invokes = facts.invokes;
    this.trace = facts.trace;
    this.adviceIfUnknown = facts.adviceIfUnknown;
    this.deadline = new Deadline(shared.clock, timeoutMs, signal);
  }

  /** What must not leave this call inside an error. */
  get secrets(): Secrets {
    this.#secrets ??= new Secrets();
    this.#secrets.addCredentials(this.shared.clients.credentials.latest);
    return this.#secrets;
  }

  /** Why the call was ended before its time. Absent: it was not. */
  get reason(): "timeout" | "aborted" | undefined {
    return this.deadline.reason;
  }

  /** Whether the function ran, as far as the wire can tell. Absent where no function was to run. */
  get execution(): Execution | undefined {
    if (!this.invokes) return undefined;
    if (this.#ran) return "ran";
    return this.#invocationsUnsettled > 0 ? "may-have-run" : "did-not-run";
  }

  /** Whether something may have been done of which AWS has not said so. */
  get mayHaveTakenEffect(): boolean {
    return this.#unsettled > 0;
  }

  /** Whether AWS, or somebody in its place, has answered at all. */
  get hasResponse(): boolean {
    return this.#answered;
  }

  /** Fires when the call has been ended before its time. */
  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  /** An attempt may have begun to arrive, or AWS has said that nothing came of it. */
  countUnconfirmed(step: 1 | -1, runsFunction: boolean): void {
    this.#unsettled += step;
    if (runsFunction) this.#invocationsUnsettled += step;
  }

  /** Another request goes out. */
  noteAttempt(region: string): void {
    if (!this.trace) return;
    this.trace.attempts++;
    this.trace.region = region;
  }

  /** The function has begun to answer. */
  noteRun(): void {
    this.#ran = true;
  }

  /** AWS, or somebody in its place, has answered. */
  noteResponse(answer: Omit<WireResponse, "body">): void {
    this.#answered = true;
    if (!this.trace) return;
    const { httpStatusCode, requestId } = metadataOf(answer);
    this.trace.statusCode = httpStatusCode;
    if (requestId !== undefined) this.trace.requestId = requestId;
  }

  /** The caller's own keys where they need not be asked for. */
  get cachedCredentials(): CredentialKeys | undefined {
    return this.shared.clients.credentials.current;
  }

  /** The caller's own keys, asked for anew; an error that follows is searched for them. */
  async credentials(): Promise<CredentialKeys> {
    const keys = await this.within(this.shared.clients.credentials.get());
    // They may be others when an error is searched for them.
    this.secrets.addCredentials(keys);
    return keys;
  }

  /** The region of the connection. */
  async region(): Promise<string> {
    return this.settings.region ?? this.within(this.shared.clients.region());
  }

  /** Asks Lambda. */
  lambda<Of extends Action<"lambda">>(
    action: Of,
    input: ActionInput<"lambda", Of>,
    target: RequestTarget = {},
  ): Promise<ActionOutput<"lambda", Of>> {
    return this.#ask({ service: "lambda", action, input }, target);
  }

  /** Asks STS. */
  sts<Of extends Action<"sts">>(
    action: Of,
    input: ActionInput<"sts", Of>,
  ): Promise<ActionOutput<"sts", Of>> {
    return this.#ask({ service: "sts", action, input }, {});
  }

  /** Asks the Parameter Store. */
  ssm<Of extends Action<"ssm">>(
    action: Of,
    input: ActionInput<"ssm", Of>,
    target: RequestTarget = {},
  ): Promise<ActionOutput<"ssm", Of>> {
    return this.#ask({ service: "ssm", action, input }, target);
  }

  /** Waits for something, but not beyond the end of the call. */
  within<Value>(work: Promise<Value>): Promise<Value> {
    return this.deadline.within(work);
  }

  /** Lets go of the timer and the caller's signal. */
  end(): void {
    this.deadline.close();
  }

  #ask<Output>(ask: ServiceRequest, target: RequestTarget): Promise<Output> {
    return this.deliver(ask, target, sendAttempt<Output>);
  }

  /** Sends a request as often as it may be sent, in whichever way. */
  deliver<Output>(
    ask: ServiceRequest,
    target: RequestTarget,
    way: (attempt: Attempt) => Promise<Output>,
  ): Promise<Output> {
    const region = target.region ?? this.settings.region;
    if (region !== undefined)
      return deliver({ call: this, serviceRequest: ask, region, target }, way);
    return this.region().then((named) =>
      deliver({ call: this, serviceRequest: ask, region: named, target }, way),
    );
  }
}
