import { randomUUID } from "node:crypto";
import { retryDelayMs, type RetryReason } from "../connection/retry";
import { Attempt, type OutgoingRequest } from "./Attempt";
import { classifyFailure } from "./classifyFailure";
import type { RequestTarget } from "./RequestTarget";

/** A request to send, with its region, its credentials and whether it may be sent again. */
export interface Delivery extends Omit<OutgoingRequest, "id"> {
  readonly target: RequestTarget;
}

/** What is remembered from one attempt to the next. */
interface Progress {
  readonly delivery: Delivery;
  /** Why the current retry was paid for from the budget. Not set for the first attempt. */
  retryReason?: RetryReason;
  reloadedCredentials?: boolean;
  /** Whether the request was signed again because AWS rejected the time of its signature. */
  signedAgain?: boolean;
}

/** Sends a request, and sends it again as long as that is allowed and may help. Nothing else retries. */
export async function deliver<Output>(
  delivery: Delivery,
  send: (attempt: Attempt) => Promise<Output>,
): Promise<Output> {
  const { call, target } = delivery;
  const request = { ...delivery, id: randomUUID() };
  const progress: Progress = { delivery };
  call.isRepeatable = target.delivery !== "once";
  for (let number = 1; ; number++) {
    const credentials =
      target.credentials ??
      call.cachedCredentials ??
      (await call.credentials());
    const attempt = new Attempt(request, credentials, number);
    call.noteAttempt(request.region, credentials);
    call.attempts = number;
    try {
      const output = await send(attempt);
      call.shared.budget.refund(progress.retryReason);
      return output;
    } catch (error) {
      call.secrets.addCredentials(credentials);
      if (!(await shouldRetry(attempt, error, progress))) throw error;
    }
  }
}

/** Whether to make another attempt; resolves when it is time for it. */
async function shouldRetry(
  attempt: Attempt,
  error: unknown,
  progress: Progress,
): Promise<boolean> {
  const { call, number, credentials } = attempt;
  const { shared } = call;
  const { target } = progress.delivery;
  const failure = classifyFailure(error, {
    sent: attempt.sent,
    now: shared.clock.now(),
    skewMs: attempt.signedWithSkewMs,
    service: attempt.serviceRequest.service,
  });
  if (attempt.sent && !failure.mayHaveTakenEffect) attempt.noteRejected();
  // What the failure says about the clock and the credentials is also kept after the last attempt, for the next call.
  const isLast =
    number >= call.settings.maxAttempts || call.reason !== undefined;
  if (failure.mayHaveTakenEffect && target.delivery === "once") return false;
  if (failure.skewMs !== undefined) {
    shared.skewMs = failure.skewMs;
    progress.signedAgain = true;
    return !isLast;
  }
  if (failure.isSignatureOutdated && !progress.signedAgain) {
    progress.signedAgain = true;
    return !isLast;
  }
  const canReload = !target.credentials && !progress.reloadedCredentials;
  if (failure.credentialsRejected && canReload) {
    progress.reloadedCredentials = true;
    return call.dropCredentials(credentials) && !isLast;
  }
  const { retryReason, retryAfterMs } = failure;
  if (isLast || !retryReason) return false;
  const ms = retryDelayMs(number + 1, retryReason, retryAfterMs);
  if (ms === undefined || !shared.budget.spend(retryReason)) return false;
  progress.retryReason = retryReason;
  return call.pauseBeforeRetry(ms);
}
