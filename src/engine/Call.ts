import type { CredentialKeys } from "../../domain";
import type { Execution } from "../errors";
import { deliver } from "./deliver";
import { onAbort } from "./onAbort";
import type { Shared } from "./Pool";
import { Secrets } from "./Secrets";
import type { Action, ActionInput, ActionOutput } from "./services";
import type { Settings } from "./Settings";
import type { Ask } from "./exchange";

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
export interface CallFacts {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: Shared;
  readonly invokes: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Where one request goes, and as whom. */
export interface Target {
  /** Absent: the connection's. */
  readonly region?: string | undefined;
  /** Borrowed keys. Absent: the caller's own. */
  readonly keys?: CredentialKeys | undefined;
  /** `once`: sent again only where it was certainly not done. Absent: whenever there is hope. */
  readonly delivery?: "once" | "again";
}

/** One execution of one operation: its deadline, its secrets, how far it has come, and the road to AWS. */
export class Call {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: Shared;
  readonly timeoutMs: number;
  readonly invokes: boolean;

  readonly #endsAt: number;
  readonly #stopTimer: () => void;
  readonly #stopListening: (() => void) | undefined;
  readonly #waiting: (() => void)[] = [];
  #secrets: Secrets | undefined;
  #controller: AbortController | undefined;
  #reason: "timeout" | "aborted" | undefined;
  /** Attempts that have gone out, and of which AWS has not said that they were refused. */
  #unsettled = 0;
  #invocationsUnsettled = 0;
  #answered = false;

  constructor(facts: CallFacts) {
    const { shared, timeoutMs, signal } = facts;
    this.operation = facts.operation;
    this.settings = facts.settings;
    this.shared = shared;
    this.timeoutMs = timeoutMs;
    this.invokes = facts.invokes;
    this.#endsAt = shared.clock.now() + timeoutMs;
    this.#stopTimer = shared.clock.after(timeoutMs, () => {
      this.#stop("timeout");
    });
    this.#stopListening =
      signal &&
      onAbort(signal, () => {
        this.#stop("aborted");
      });
  }

  /** What must not leave this call inside an error. */
  get secrets(): Secrets {
    this.#secrets ??= new Secrets();
    this.#secrets.addKeys(this.shared.clients.keys.latest);
    return this.#secrets;
  }

  /** Why the call was ended before its time. Absent: it was not. */
  get reason(): "timeout" | "aborted" | undefined {
    return this.#reason;
  }

  /** Whether the function ran, as far as the wire can tell. Absent where no function was to run. */
  get execution(): Execution | undefined {
    if (!this.invokes) return undefined;
    return this.#invocationsUnsettled > 0 ? "may-have-run" : "did-not-run";
  }

  /** Whether something may have been done of which AWS has not said so. */
  get mayBeDone(): boolean {
    return this.#unsettled > 0;
  }

  /** Whether AWS, or somebody in its place, has answered at all. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Fires when the call has been ended before its time. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason) this.#controller.abort();
    return this.#controller.signal;
  }

  /** An attempt may have begun to arrive, or AWS has said that nothing came of it. */
  count(step: 1 | -1, runsFunction: boolean): void {
    this.#unsettled += step;
    if (runsFunction) this.#invocationsUnsettled += step;
  }

  /** AWS, or somebody in its place, has answered. */
  noteAnswer(): void {
    this.#answered = true;
  }

  /** The caller's own keys where they need not be asked for. */
  get keysAtHand(): CredentialKeys | undefined {
    return this.shared.clients.keys.current;
  }

  /** The caller's own keys, asked for anew; an error that follows is searched for them. */
  async keys(): Promise<CredentialKeys> {
    const keys = await this.within(this.shared.clients.keys.get());
    // They may be others when an error is searched for them.
    this.secrets.addKeys(keys);
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
    target: Target = {},
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
  ): Promise<ActionOutput<"ssm", Of>> {
    return this.#ask({ service: "ssm", action, input }, {});
  }

  /** Waits for something, but not beyond the end of the call. */
  within<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        reject(new Error("the call was ended"));
      };
      if (this.#reason) end();
      this.#waiting.push(end);
      work.then(
        (value) => {
          this.#forget(end);
          resolve(value);
        },
        (error: unknown) => {
          this.#forget(end);
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it was thrown
          reject(error);
        },
      );
    });
  }

  /** Calls back when the call is ended before its time, unless what it answers is called before. */
  readonly whenEnded = (end: () => void): (() => void) => {
    if (this.#reason) end();
    else this.#waiting.push(end);
    return () => {
      this.#forget(end);
    };
  };

  /** Lets go of the timer and the caller's signal. */
  end(): void {
    this.#stopTimer();
    this.#stopListening?.();
  }

  #ask<Output>(ask: Ask, target: Target): Promise<Output> {
    const region = target.region ?? this.settings.region;
    if (region !== undefined)
      return deliver({ call: this, ask, region, target });
    return this.region().then((named) =>
      deliver({ call: this, ask, region: named, target }),
    );
  }

  /** Waits, not beyond the end of the call; `false` where there is no time for it. */
  async pause(ms: number): Promise<boolean> {
    const { clock } = this.shared;
    if (clock.now() + ms >= this.#endsAt) return false;
    let stop: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      stop = clock.after(ms, resolve);
    });
    try {
      await this.within(over);
      return true;
    } finally {
      stop?.();
    }
  }

  #forget(end: () => void): void {
    const index = this.#waiting.lastIndexOf(end);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  #stop(reason: "timeout" | "aborted"): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort();
    for (const end of [...this.#waiting]) end();
  }
}
