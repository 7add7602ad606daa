import type { LambdaContext, LambdaHandler } from "../function/LambdaHandler";

/** How a handler settled: with a value, or with what it threw. */
export type Settlement =
  { readonly value: unknown } | { readonly thrown: unknown };

/** One call of a handler. */
export interface HandlerCall {
  readonly event: unknown;
  readonly context: LambdaContext;

  /** Called at most once. */
  settle(settlement: Settlement): void;
}

/**
 * Calls a handler; its promise, its callback or its plain return value settles the call.
 *
 * Returns what a call that is still open waits for.
 */
export function callHandler(
  handler: LambdaHandler,
  call: HandlerCall,
): "promise" | "callback" {
  let open = true;
  const settle = (settlement: Settlement): void => {
    if (!open) return;
    open = false;
    call.settle(settlement);
  };
  try {
    const returned = handler(call.event, call.context, (thrown, value) => {
      settle(thrown === undefined || thrown === null ? { value } : { thrown });
    });
    if (isThenable(returned)) {
      returned.then(
        (value) => {
          settle({ value });
        },
        (thrown: unknown) => {
          settle({ thrown });
        },
      );
      return "promise";
    }
    if (returned !== undefined) settle({ value: returned });
  } catch (thrown) {
    settle({ thrown });
  }
  return "callback";
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
