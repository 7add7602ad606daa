import type { LambdaContext, LambdaHandler } from "../function/LambdaHandler";

/** Result of a handler: the value it returned, or what it threw. */
export type Settlement =
  { readonly value: unknown } | { readonly thrown: unknown };

/** Arguments of one handler call. */
export interface HandlerCall {
  readonly event: unknown;
  readonly context: LambdaContext;

  /** Called at most once. */
  settle(settlement: Settlement): void;
}

/**
 * Calls a handler. Its promise, its callback or its return value settles the call.
 *
 * @returns What an unsettled call waits for.
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
