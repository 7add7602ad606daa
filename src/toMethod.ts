import type { BaseOperation } from "./engine/operation/BaseOperation";
import type { TestHooks } from "./engine/settings/TestHooks";
import type { Settings } from "./engine/settings/Settings";

/** Class of an operation, with the methods that some operations have. */
export type OperationConstructor = new (
  connection: Settings,
  hooks: TestHooks,
) => BaseOperation<object> & {
  execute(...args: unknown[]): unknown;
  stream?(...args: unknown[]): AsyncGenerator<unknown, void, undefined>;
  page?(...args: unknown[]): Promise<unknown>;
  provider?(...args: unknown[]): () => Promise<unknown>;
};

/** Throws if the connector is closed. */
export type Guard = (operation: BaseOperation<object>) => void;

/**
 * Returns an operation's `execute` as a function, with its other methods as properties. Each calls the guard first, and has
 * the name that the caller uses, which stack frames and diagnostics show.
 */
export function toMethod(
  operation: InstanceType<OperationConstructor>,
  guard: Guard,
): unknown {
  const name = operation.name.charAt(0).toLowerCase() + operation.name.slice(1);
  const method: Record<string, unknown> & Method = named(
    name,
    async (...args) => {
      guard(operation);
      return await operation.execute(...args);
    },
  ) as never;
  const add = (member: string, call: Method): void => {
    method[member] = named(`${name}.${member}`, call);
  };
  const stream = operation.stream?.bind(operation);
  if (stream)
    add("stream", (...args) =>
      guarded(stream(...args), () => {
        guard(operation);
      }),
    );
  const page = operation.page?.bind(operation);
  if (page)
    add("page", async (...args) => {
      guard(operation);
      return await page(...args);
    });
  const provider = operation.provider?.bind(operation);
  if (provider)
    add("provider", (...args) => {
      guard(operation);
      const give = provider(...args);
      return named(`${name}.provider`, async () => {
        guard(operation);
        return await give();
      });
    });
  return method;
}

type Method = (...args: unknown[]) => unknown;

function named(name: string, method: Method): Method {
  return Object.defineProperty(method, "name", { value: name });
}

/** Runs a check before each item of a generator. Wrapping it in another generator would double the time per item. */
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
