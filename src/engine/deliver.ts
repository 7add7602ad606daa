import { outcomeOf } from "./outcome";
import { ATTEMPTS, pauseBefore, type Hope, type RetryBudget } from "./retry";

/** What one attempt tells while it is under way. */
export interface AttemptWatch {
  /** The attempt may have begun to reach the other side. */
  readonly onSent: () => void;

  /** The attempt was answered, in whichever way. */
  readonly onAnswer: () => void;
}

/** Who keeps count, and who is waited for. */
export interface Delivery {
  readonly budget: RetryBudget;
  /** What may be done twice is sent again whenever there is hope; anything else only where it was certainly not done. */
  readonly mayBeDoneTwice: boolean;
  /** Counts attempts that may have been done. */
  readonly count: (step: 1 | -1) => void;
  readonly onAnswer: () => void;
  /** The machine's clock is wrong by this many ms. */
  readonly onSkew: (ms: number) => void;
  /** Lets go of keys that have expired; `false` where there are no others. */
  readonly renewKeys: () => boolean;
  /** Waits; `false` where the call would be over by then. */
  readonly pause: (ms: number) => Promise<boolean>;
  readonly now: () => number;
}

/** Sends a request as often as it may be sent and there is hope; the only place that does. */
export async function deliver<Output>(
  attempt: (watch: AttemptWatch) => Promise<Output>,
  delivery: Delivery,
): Promise<Output> {
  const { budget, count, onAnswer } = delivery;
  let paid: Hope | undefined;
  let askedAnew = false;
  for (let number = 1; ; number++) {
    let sent = false;
    try {
      const output = await attempt({
        onSent: () => {
          sent = true;
          count(1);
        },
        onAnswer,
      });
      budget.earn(paid);
      return output;
    } catch (error) {
      const outcome = outcomeOf(error, { sent, now: delivery.now() });
      const { mayBeDone, hope, retryAfterMs, skewMs } = outcome;
      if (sent && !mayBeDone) count(-1);
      if (number === ATTEMPTS) throw error;
      if (skewMs !== undefined) delivery.onSkew(skewMs);
      const renewed: boolean =
        outcome.keysRefused === true && !askedAnew && delivery.renewKeys();
      askedAnew ||= renewed;
      if (skewMs !== undefined || renewed) continue;
      if (!hope || (mayBeDone && !delivery.mayBeDoneTwice)) throw error;
      const ms = pauseBefore(number + 1, hope, retryAfterMs);
      if (ms === undefined || !budget.pay(hope)) throw error;
      paid = hope;
      if (!(await delivery.pause(ms))) throw error;
    }
  }
}
