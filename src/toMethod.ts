import { Activity } from "./engine/operation/Activity";
import type { Seams } from "./engine/connection/Pool";
import type { Settings } from "./engine/connection/Settings";

/** An operation of the menu, and the verbs that it may have. */
type ActivityClass = new (
  connection: Settings,
  seams: Seams,
) => Activity<object> & {
  execute(...args: unknown[]): unknown;
  stream?(...args: unknown[]): AsyncGenerator<unknown, void, undefined>;
  page?(...args: unknown[]): Promise<unknown>;
  provider?(...args: unknown[]): () => Promise<unknown>;
};

/** Lets an operation through as long as the connector is open. */
export type Guard = (operation: Activity<object>) => void;

/** Whether something on the menu is an operation. */
export function isActivity(exported: unknown): exported is ActivityClass {
  return (
    typeof exported === "function" && exported.prototype instanceof Activity
  );
}

/** The operation's verbs as functions of their own, each behind the guard. */
export function toMethod(
  operation: InstanceType<ActivityClass>,
  guard: Guard,
): unknown {
  const execute = async (...args: unknown[]): Promise<unknown> => {
    guard(operation);
    return await operation.execute(...args);
  };
  const method: Record<string, unknown> & typeof execute = execute as never;
  const stream = operation.stream?.bind(operation);
  if (stream)
    method["stream"] = (...args: unknown[]) =>
      guarded(stream(...args), () => {
        guard(operation);
      });
  if (operation.page)
    method["page"] = async (...args: unknown[]): Promise<unknown> => {
      guard(operation);
      return await operation.page?.(...args);
    };
  const provider = operation.provider?.bind(operation);
  if (provider)
    method["provider"] = (...args: unknown[]) => {
      guard(operation);
      const give = provider(...args);
      return async () => {
        guard(operation);
        return await give();
      };
    };
  return method;
}

/** The same items, each behind a check; a generator around a generator would cost as much as the item itself. */
function guarded<Item>(
  items: AsyncGenerator<Item, void, undefined>,
  check: () => void,
): AsyncGenerator<Item, void, undefined> {
  const behind: Omit<typeof items, typeof Symbol.asyncDispose> = {
    next: () => {
      try {
        check();
      } catch (refusal) {
        return items.return().then(() => {
          throw refusal;
        });
      }
      return items.next();
    },
    return: (value) => items.return(value),
    throw: (error) => items.throw(error),
    [Symbol.asyncIterator]: () => behind as typeof items,
  };
  return behind as typeof items;
}
