import { randomUUID } from "node:crypto";
import type { CredentialKeys } from "../../domain";
import type { Call, Target } from "./Call";
import { Attempt, exchange, type Ask } from "./exchange";
import { outcomeOf } from "./outcome";
import { ATTEMPTS, pauseBefore, type Hope } from "./retry";

/** A request, where it goes, and as whom. */
export interface Delivery {
  readonly call: Call;
  readonly ask: Ask;
  readonly region: string;
  readonly target: Target;
}

/** Sends a request as often as it may be sent and there is hope; the only place that does. */
export async function deliver<Output>(delivery: Delivery): Promise<Output> {
  const { call, ask, region, target } = delivery;
  const { shared } = call;
  const request = { call, ask, region, id: randomUUID() };
  let paid: Hope | undefined;
  let askedAnew = false;
  for (let number = 1; ; number++) {
    const keys = target.keys ?? call.keysAtHand ?? (await call.keys());
    const attempt = new Attempt(request, keys, number);
    try {
      const output = await exchange<Output>(attempt);
      shared.budget.earn(paid);
      return output;
    } catch (error) {
      const outcome = outcomeOf(error, {
        sent: attempt.sent,
        now: shared.clock.now(),
      });
      const { mayBeDone, hope, retryAfterMs, skewMs } = outcome;
      if (attempt.sent && !mayBeDone) attempt.settle();
      if (number === ATTEMPTS || call.reason) throw error;
      if (skewMs !== undefined) shared.skewMs = skewMs;
      const renewed: boolean | undefined =
        outcome.keysRefused && !askedAnew && forget(delivery, keys);
      askedAnew ||= renewed === true;
      if (skewMs !== undefined || renewed) continue;
      if (!hope || (mayBeDone && target.delivery === "once")) throw error;
      const ms = pauseBefore(number + 1, hope, retryAfterMs);
      if (ms === undefined || !shared.budget.pay(hope)) throw error;
      paid = hope;
      if (!(await call.pause(ms))) throw error;
    }
  }
}

/** Lets go of the caller's keys, where somebody can give others. */
function forget({ call, target }: Delivery, keys: CredentialKeys): boolean {
  return target.keys === undefined && call.shared.clients.keys.drop(keys);
}
