import { randomUUID } from "node:crypto";
import type { RequestTarget } from "./Call";
import { Attempt, type OutgoingRequest } from "./Attempt";
import { classifyFailure } from "./classifyFailure";
import {
  MAX_ATTEMPTS,
  retryDelayMs,
  type RetryReason,
} from "../connection/retry";

/** A request, where it goes, and as whom. */
export interface Delivery extends Omit<OutgoingRequest, "id"> {
  readonly target: RequestTarget;
}

/** What is known between two attempts. */
interface Progress {
  readonly delivery: Delivery;
  /** What the last further attempt was paid for. */
  paid?: RetryReason;
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
    const keys =
      target.credentials ??
      call.cachedCredentials ??
      (await call.credentials());
    const attempt = new Attempt(request, keys, number);
    call.noteAttempt(request.region);
    progress.skewMs = call.shared.skewMs;
    try {
      const output = await exchange(attempt);
      call.shared.budget.refund(progress.paid);
      return output;
    } catch (error) {
      call.secrets.addCredentials(keys);
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
  const { call, number, credentials: keys } = attempt;
  const { shared } = call;
  const { target } = progress.delivery;
  const outcome = classifyFailure(error, {
    sent: attempt.sent,
    now: shared.clock.now(),
    skewMs: progress.skewMs,
    service: attempt.serviceRequest.service,
  });
  if (attempt.sent && !outcome.mayHaveTakenEffect) attempt.markRejected();
  if (number === MAX_ATTEMPTS || call.reason) return false;
  if (outcome.mayHaveTakenEffect && target.delivery === "once") return false;
  if (outcome.skewMs !== undefined) {
    shared.skewMs = outcome.skewMs;
    return true;
  }
  if (
    outcome.credentialsRejected &&
    !target.credentials &&
    !progress.askedForKeys
  ) {
    progress.askedForKeys = true;
    return shared.clients.credentials.drop(keys);
  }
  const { retryReason: hope } = outcome;
  if (!hope) return false;
  const ms = retryDelayMs(number + 1, hope, outcome.retryAfterMs);
  if (ms === undefined || !shared.budget.spend(hope)) return false;
  progress.paid = hope;
  return call.deadline.pause(ms);
}
