import type { CredentialKeys } from "../../domain";
import type { Execution } from "../errors";
import type { Shared } from "./Pool";
import type { AttemptWatch } from "./requestHandler";
import { Secrets } from "./Secrets";
import { isCertainRefusal } from "./serviceErrors";
import {
  createCommand,
  type Action,
  type ActionInput,
  type ActionOutput,
  type Service,
} from "./services";
import type { Settings } from "./Settings";

/** Attempts of what may be done more than once; the AWS SDK's own number. */
const ATTEMPTS = 3;

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
  /** `once`: sent a single time, whatever happens. Absent: again, where the AWS SDK sees hope. */
  readonly delivery?: "once" | "again";
}

/** One execution of one operation: its deadline, its secrets, how far it has come, and the road to AWS. */
export class Call {
  readonly operation: string;
  readonly settings: Settings;
  readonly shared: Shared;
  readonly secrets = new Secrets();
  readonly timeoutMs: number;

  readonly #invokes: boolean;
  readonly #ended = new AbortController();
  readonly #cleanups: (() => void)[] = [];
  #reason: "timeout" | "aborted" | undefined;
  /** Attempts that have gone out, and of which AWS has not said that they were refused. */
  #unsettled = 0;
  #invocationsUnsettled = 0;
  #answered = false;

  constructor(facts: CallFacts) {
    this.operation = facts.operation;
    this.settings = facts.settings;
    this.shared = facts.shared;
    this.timeoutMs = facts.timeoutMs;
    this.#invokes = facts.invokes;
    const { signal } = facts;
    const abort = (): void => {
      this.#stop("aborted");
    };
    signal?.addEventListener("abort", abort, { once: true });
    this.#cleanups.push(
      this.shared.clock.after(this.timeoutMs, () => {
        this.#stop("timeout");
      }),
      () => signal?.removeEventListener("abort", abort),
    );
    if (signal?.aborted) abort();
  }

  /** Why the call was ended before its time. Absent: it was not. */
  get reason(): "timeout" | "aborted" | undefined {
    return this.#reason;
  }

  /** Whether the function ran, as far as the wire can tell. Absent where no function was to run. */
  get execution(): Execution | undefined {
    if (!this.#invokes) return undefined;
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

  /** The caller's own keys; an error that follows is searched for them. */
  async keys(): Promise<CredentialKeys> {
    const { keys } = this.shared.clients;
    try {
      return await this.within(keys.get());
    } finally {
      this.secrets.addKeys(keys.latest);
    }
  }

  /** Whether this call runs a function. */
  get invokes(): boolean {
    return this.#invokes;
  }

  /** Fires when the call has been ended before its time. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** The region of the connection. */
  region(): Promise<string> {
    return this.within(this.shared.clients.region());
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
    const { signal } = this.#ended;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        reject(new Error("the call was ended"));
      };
      if (signal.aborted) end();
      signal.addEventListener("abort", end, { once: true });
      work.then(resolve, reject).finally(() => {
        signal.removeEventListener("abort", end);
      });
    });
  }

  /** Lets go of the timer and the caller's signal. */
  end(): void {
    for (const cleanup of this.#cleanups) cleanup();
  }

  async #ask<Output>(
    question: { service: Service; action: string; input: unknown },
    target: Target,
  ): Promise<Output> {
    const { service, action, input } = question;
    const { clients } = this.shared;
    const client = clients.for({
      service,
      region: target.region ?? (await this.region()),
      maxAttempts: target.delivery === "once" ? 1 : ATTEMPTS,
      keys: target.keys,
    });
    const command = createCommand(service, action, input);
    const options = {
      abortSignal: this.#ended.signal,
      ...this.#watch(action, input),
    };
    try {
      return (await this.within(client.send(command, options))) as Output;
    } finally {
      this.secrets.addKeys(target.keys);
      this.secrets.addKeys(clients.keys.latest);
    }
  }

  /** One attempt may be lost and the next refused: it may have been done all the same. */
  #watch(action: string, input: unknown): AttemptWatch {
    const { InvocationType } = input as { InvocationType?: string };
    const runs = action.startsWith("Invoke") && InvocationType !== "DryRun";
    const count = (step: 1 | -1): void => {
      this.#unsettled += step;
      if (runs) this.#invocationsUnsettled += step;
    };
    return {
      onSent: () => {
        count(1);
      },
      onAnswer: (answer) => {
        this.#answered = true;
        if (isCertainRefusal(answer)) count(-1);
      },
    };
  }

  #stop(reason: "timeout" | "aborted"): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#ended.abort();
  }
}
