import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError, ServiceError } from "../../errors";
import { lookUpServiceError } from "../call/serviceErrors";
import type { Clock } from "../settings/clock";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { BatchOutcome } from "./BatchOutcome";
import { ConcurrencyController, requeueDelayMs } from "./ConcurrencyController";
import type { PendingInvocation } from "./RequestSource";

/** What a dispatcher is created from. */
export interface DispatcherInit {
  readonly send: (
    invocation: InvocationInput,
  ) => Promise<InvokeFunctionResponse>;
  readonly concurrency: number;
  readonly clock: Clock;
  /** Called with the outcome of each invocation. */
  readonly onOutcome: (outcome: BatchOutcome) => void;
  /** Called when an invocation certainly did not run. It is sent again later, unless the dispatcher is stopped. */
  readonly onNotRun: (index: number) => void;
  /** Whether a later run can send invocations that have no outcome yet. */
  readonly isResumable: boolean;
  /** Called when another invocation may be sent, or one is due again. */
  readonly onChange: () => void;
}

/** How often a throttled invocation is queued again. The attempts of the engine itself are made each time. */
const MAX_REQUEUES = 8;

/** A longer delay is not waited for: the invocation ends with AWS's error. Lambda asks for seconds. */
const MAX_RETRY_AFTER_MS = 300_000;

/** Sends invocations with limited concurrency, and queues throttled ones again after a delay. */
export class Dispatcher {
  readonly #init: DispatcherInit;
  readonly #controller: ConcurrencyController;
  /** Throttled invocations whose delay has passed. */
  readonly #retries: PendingInvocation[] = [];
  /** Cancels the delay of each throttled invocation. */
  readonly #delays = new Set<() => void>();
  #inFlight = 0;
  #hasSent = false;
  #isStopped = false;

  constructor(init: DispatcherInit) {
    this.#init = init;
    this.#controller = new ConcurrencyController(init.concurrency);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Maximum number of invocations in flight at this moment. */
  get limit(): number {
    return this.#controller.limit;
  }

  /** Whether anything was ever sent. */
  get hasSent(): boolean {
    return this.#hasSent;
  }

  /** Whether nothing is in flight and nothing is sent again. */
  get isIdle(): boolean {
    return this.#inFlight + this.#retries.length + this.#delays.size === 0;
  }

  /** Removes and returns an invocation that is due again. */
  takeRetry(): PendingInvocation | undefined {
    return this.#retries.shift();
  }

  /** Sends an invocation. */
  send(pending: PendingInvocation): void {
    this.#inFlight++;
    this.#hasSent = true;
    pending.epoch = this.#controller.epoch;
    this.#init.send(pending.invocation).then(
      (response) => {
        this.#inFlight--;
        this.#controller.increase();
        this.#init.onOutcome({ index: pending.index, response });
        this.#init.onChange();
      },
      (error: unknown) => {
        this.#inFlight--;
        this.#handleError(pending, error as AnyConnectorError);
        this.#init.onChange();
      },
    );
  }

  /** Stops sending throttled invocations again. */
  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#delays) cancel();
    this.#delays.clear();
    this.#retries.length = 0;
  }

  #handleError(pending: PendingInvocation, error: AnyConnectorError): void {
    const { index } = pending;
    if (error.execution === "ran") this.#controller.increase();
    const throttled = isThrottled(error);
    if (throttled) this.#controller.decrease(pending.epoch);
    const { retryAfterMs = 0 } = error as Partial<ServiceError>;
    const canWait =
      pending.requeues < MAX_REQUEUES && retryAfterMs <= MAX_RETRY_AFTER_MS;
    if (throttled && canWait) {
      this.#init.onNotRun(index);
      if (!this.#isStopped) this.#requeue(pending, retryAfterMs);
    } else if (!isAborted(error) || !this.#isLeftOpen(pending, error))
      this.#init.onOutcome({ index, error });
    else if (error.execution === "did-not-run") this.#init.onNotRun(index);
  }

  /**
   * Whether an invocation that the caller's signal cut off has no outcome in this run. It did not run, or a later run sends it
   * again because it is idempotent: then it is recorded as in flight, as after a crash.
   */
  #isLeftOpen(
    { invocation }: PendingInvocation,
    { execution }: AnyConnectorError,
  ): boolean {
    if (execution === "did-not-run") return true;
    return this.#init.isResumable && invocation.idempotent === true;
  }

  #requeue(pending: PendingInvocation, retryAfterMs: number): void {
    const ms = requeueDelayMs(++pending.requeues, retryAfterMs);
    const cancel = this.#init.clock.after(ms, () => {
      this.#delays.delete(cancel);
      this.#retries.push(pending);
      this.#init.onChange();
    });
    this.#delays.add(cancel);
  }
}

/** Whether Lambda throttled the request, or STS throttled its role session, and the function certainly did not run. */
function isThrottled(error: AnyConnectorError): boolean {
  if (error.execution !== "did-not-run") return false;
  if (error.code === "ERR_CREDENTIALS")
    return isThrottlingCode(error.serviceCode ?? "", 400);
  return (
    error.code === "ERR_SERVICE" &&
    isThrottlingCode(error.serviceCode, error.httpStatus)
  );
}

function isThrottlingCode(serviceCode: string, httpStatus: number): boolean {
  const { retryReason } = lookUpServiceError(serviceCode, httpStatus);
  return retryReason === "throttled";
}

/** Whether the caller's signal ended the invocation. */
function isAborted(error: AnyConnectorError): boolean {
  return error.code === "ERR_DEADLINE" && error.reason === "aborted";
}
