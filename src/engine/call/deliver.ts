import { randomUUID } from "node:crypto";
import type { Target } from "./Call";
import { Attempt, type Asked } from "./Attempt";
import { outcomeOf } from "./outcome";
import { ATTEMPTS, pauseBefore, type Hope } from "../connection/retry";

/** A request, where it goes, and as whom. */
export interface Delivery extends Omit<Asked, "id"> {
  readonly target: Target;
}

/** What is known between two attempts. */
interface Progress {
  readonly delivery: Delivery;
  /** What the last further attempt was paid for. */
  paid?: Hope;
  askedForKeys?: boolean;
  /** By how much AWS's clock was taken to be ahead when the attempt was signed, in ms. */
  skewMs: number;
}

/** Sends a request as often as it may be sent and there is hope; the only place that does. */
export async function deliver<Output>(
  delivery: Delivery,
  exchange: (attempt: Attempt) => Promise<Output>,
): Promise<Output> {
  const { call, target } = delivery;
  const request = { ...delivery, id: randomUUID() };
  const progress: Progress = { delivery, skewMs: 0 };
  for (let number = 1; ; number++) {
    const keys = target.keys ?? call.keysAtHand ?? (await call.keys());
    const attempt = new Attempt(request, keys, number);
    call.noteAttempt(request.region);
    progress.skewMs = call.shared.skewMs;
    try {
      const output = await exchange(attempt);
      call.shared.budget.earn(progress.paid);
      return output;
    } catch (error) {
      call.secrets.addKeys(keys);
      if (!(await mayGoOn(attempt, error, progress))) throw error;
    }
  }
}

/** Whether there may be another attempt; comes back when it is time for it. */
async function mayGoOn(
  attempt: Attempt,
  error: unknown,
  progress: Progress,
): Promise<boolean> {
  const { call, number, keys } = attempt;
  const { shared } = call;
  const { target } = progress.delivery;
  const outcome = outcomeOf(error, {
    sent: attempt.sent,
    now: shared.clock.now(),
    skewMs: progress.skewMs,
    service: attempt.ask.service,
  });
  if (attempt.sent && !outcome.mayBeDone) attempt.settle();
  if (number === ATTEMPTS || call.reason) return false;
  if (outcome.mayBeDone && target.delivery === "once") return false;
  if (outcome.skewMs !== undefined) {
    shared.skewMs = outcome.skewMs;
    return true;
  }
  if (outcome.keysRefused && !target.keys && !progress.askedForKeys) {
    progress.askedForKeys = true;
    return shared.clients.keys.drop(keys);
  }
  const { hope } = outcome;
  if (!hope) return false;
  const ms = pauseBefore(number + 1, hope, outcome.retryAfterMs);
  if (ms === undefined || !shared.budget.pay(hope)) return false;
  progress.paid = hope;
  return call.ending.pause(ms);
}
