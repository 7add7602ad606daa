import type { CredentialsLike } from "../../../domain";
import type { Execution } from "../../errors";
import type { CachedRoleSession } from "../connection/CachedRoleSession";
import type { Caller } from "../credentials/Caller";
import type { Principal } from "./Principal";
import type { SharedResources } from "../connection/SharedResources";
import type { Settings } from "../settings/Settings";
import { toResponseMetadata, withRequestId } from "../http/awsError";
import type { Transport, WireResponse } from "../http/transport";
import { Secrets } from "../text/Secrets";
import { Deadline } from "./Deadline";
import type { OperationTrace } from "./tracing";

/** What a call is created from. */
export interface CallInit {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: SharedResources;
  readonly invokes: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What tracers see. `undefined`: no one subscribes. */
  readonly trace?: OperationTrace | undefined;
  /** Advice if it is unknown whether the request took effect. */
  readonly adviceIfUnknown?: string | undefined;
  /** Whose credentials the call must use. Optional; defaults to those that are current when a request is sent. */
  readonly caller?: Caller | undefined;
  /** Sends the requests. Optional; defaults to the transport of the connection. */
  readonly transport?: Transport;
}

/** One execution of one operation: its deadline, its secrets, and how far its requests have come. */
export class Call {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: SharedResources;
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** Whether the operation runs a function. */
  readonly invokes: boolean;
  /** What tracers see. `undefined`: no one subscribes. */
  readonly trace: OperationTrace | undefined;
  readonly deadline: Deadline;
  /** Advice if it is unknown whether the request took effect. */
  readonly adviceIfUnknown: string | undefined;
  /** The role whose session signs the requests. `undefined`: the caller's own credentials do. */
  principal: Principal | undefined;
  /** ARN of the role whose session AWS refused. Optional; defaults to the principal's. */
  deniedRole: string | undefined;
  /** The function that the request names. `undefined`: none. */
  functionName: string | undefined;
  /** Number of times that the last request was sent. */
  attempts = 0;
  /** Whether the last request may be sent again even if it may have taken effect. */
  isRepeatable = false;
  /** The role session that the call uses. `undefined`: none. */
  session: CachedRoleSession | undefined;
  /** Whose credentials the call must use. `undefined`: those that are current when a request is sent. */
  readonly caller: Caller | undefined;

  #secrets: Secrets | undefined;
  /** Credentials that signed the last attempt. */
  #signedWith: CredentialsLike | undefined;
  /** Attempts that were sent and that AWS has not rejected. */
  #unconfirmed = 0;
  #unconfirmedInvocations = 0;
  #hasResponse = false;
  #ran = false;
  #hadNoTimeToRetry = false;

  constructor(init: CallInit) {
    const { shared, timeoutMs, signal } = init;
    this.operation = init.operation;
    this.settings = init.settings;
    this.shared = shared;
    this.transport = init.transport ?? shared.transport;
    this.timeoutMs = timeoutMs;
    this.invokes = init.invokes;
    this.trace = init.trace;
    this.adviceIfUnknown = init.adviceIfUnknown;
    this.caller = init.caller;
    this.deadline = new Deadline(shared.clock, timeoutMs, signal);
  }

  /** The secrets that must not leave this call in an error. */
  get secrets(): Secrets {
    const { proxyPasswords = [] } = this.settings;
    this.#secrets ??= new Secrets(proxyPasswords);
    this.#secrets.add(this.session?.externalId);
    this.#secrets.addCredentials(this.shared.clients.credentials.latest);
    this.#secrets.addCredentials(this.caller?.credentials);
    this.#secrets.addCredentials(this.#signedWith);
    return this.#secrets;
  }

  /** Why the call ended early. `undefined`: it did not. */
  get reason(): "timeout" | "aborted" | undefined {
    return this.deadline.reason;
  }

  /** Whether the function ran, as far as the requests sent can tell. `undefined`: the operation runs no function. */
  get execution(): Execution | undefined {
    if (!this.invokes) return undefined;
    if (this.#ran) return "ran";
    return this.#unconfirmedInvocations > 0 ? "may-have-run" : "did-not-run";
  }

  /** Whether AWS may have done something that it has not confirmed. */
  get mayHaveTakenEffect(): boolean {
    return this.#unconfirmed > 0;
  }

  /** Whether any response arrived, from AWS or from something in between. */
  get hasResponse(): boolean {
    return this.#hasResponse;
  }

  /** Whether another attempt was allowed, but its delay would have ended after the deadline. */
  get hadNoTimeToRetry(): boolean {
    return this.#hadNoTimeToRetry;
  }

  /** Fires when the call ends early. */
  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  /** Counts an attempt that may have reached AWS (1), or one that AWS rejected (-1). */
  countUnconfirmed(step: 1 | -1, runsFunction: boolean): void {
    this.#unconfirmed += step;
    if (runsFunction) this.#unconfirmedInvocations += step;
  }

  /** Records that an attempt is sent, and the credentials that sign it: responses are searched for them. */
  noteAttempt(region: string, credentials: CredentialsLike): void {
    this.#signedWith = credentials;
    if (!this.trace) return;
    this.trace.attempts++;
    this.trace.region = region;
  }

  /** Waits for `ms` and resolves with `true`; or resolves with `false` at once if the deadline comes first. */
  async pauseBeforeRetry(ms: number): Promise<boolean> {
    const hasTime = await this.deadline.pause(ms);
    this.#hadNoTimeToRetry = !hasTime;
    return hasTime;
  }

  /** Records that the function has begun to respond. */
  noteRun(): void {
    this.#ran = true;
  }

  /**
   * Records that a response arrived, and returns it without secrets in its request ID: requests contain secrets, and any
   * server can repeat them.
   */
  noteResponse<Response extends Omit<WireResponse, "body">>(
    response: Response,
  ): Response {
    this.#hasResponse = true;
    const { httpStatusCode, requestId } = toResponseMetadata(response);
    const shown = requestId && this.secrets.hide(requestId);
    if (this.trace) {
      this.trace.statusCode = httpStatusCode;
      if (shown !== undefined) this.trace.requestId = shown;
    }
    return shown === undefined || shown === requestId
      ? response
      : withRequestId(response, shown);
  }

  /** The credentials that sign the next request, if they are cached and still valid. */
  get cachedCredentials(): CredentialsLike | undefined {
    return this.principal ? this.principal.current : this.#ownCredentials;
  }

  /** The caller's credentials if they are cached and still valid. They are refreshed in the background if they expire soon. */
  get #ownCredentials(): CredentialsLike | undefined {
    return this.caller?.credentials ?? this.shared.clients.credentials.use();
  }

  /** Who makes the call, apart from roles. `undefined`: credentials or region must be loaded. */
  get cachedCaller(): Caller | undefined {
    if (this.caller) return this.caller;
    const { region } = this.settings;
    const credentials = this.#ownCredentials;
    return credentials && region !== undefined
      ? this.shared.clients.callerWith(credentials, region)
      : undefined;
  }

  /** Returns who makes the call, apart from roles. */
  async loadCaller(): Promise<Caller> {
    if (this.caller) return this.caller;
    const region = await this.region();
    const credentials =
      this.#ownCredentials ?? (await this.#loadOwnCredentials());
    return this.shared.clients.callerWith(credentials, region);
  }

  /** Removes credentials that AWS rejected from the cache. Returns whether this call can use others. */
  dropCredentials(credentials: CredentialsLike): boolean {
    if (this.principal) {
      this.principal.drop(credentials);
      return true;
    }
    const dropped = this.shared.clients.credentials.drop(credentials);
    return dropped && this.caller === undefined;
  }

  /** Loads the credentials that sign the next request. They are removed from every error that follows. */
  credentials(): Promise<CredentialsLike> {
    return this.principal ? this.principal.load() : this.#loadOwnCredentials();
  }

  async #loadOwnCredentials(): Promise<CredentialsLike> {
    if (this.caller) return this.caller.credentials;
    const credentials = await this.within(
      this.shared.clients.credentials.get(),
    );
    // Others may be current by the time an error is cleaned.
    this.secrets.addCredentials(credentials);
    return credentials;
  }

  /** The region of the connection. */
  async region(): Promise<string> {
    return this.settings.region ?? this.within(this.shared.clients.region());
  }

  /** Waits for a promise, but not beyond the end of the call. */
  within<Value>(work: Promise<Value>): Promise<Value> {
    return this.deadline.within(work);
  }

  /** Releases the timer and the caller's signal. */
  end(): void {
    this.deadline.close();
  }
}
