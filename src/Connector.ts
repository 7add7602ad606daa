import * as operations from "../operations";
import type { Connection } from "./engine/settings/Connection";
import type { Input } from "./engine/validation/Input";
import { poolFor } from "./engine/operation/pools";
import type { TestHooks } from "./engine/settings/TestHooks";
import { readConnection } from "./engine/settings/Settings";
import { createTypedFunction } from "./createTypedFunction";
import { throwIfInvalid } from "./engine/validation/parse";
import { readTestHooks } from "./engine/settings/readTestHooks";
import { recordDesignTypes } from "../domain/decorators";
import { toMethod, type Guard, type OperationConstructor } from "./toMethod";
import type { FunctionContract, TypedFunction, Unboxed } from "./TypedFunction";

type Registry = typeof operations;

/** Class of an operation. */
type OperationClass = abstract new (...args: never) => {
  readonly permissions: readonly string[];
  execute(...args: never): unknown;
};

/** Names of the operations in the registry. */
type OperationName = {
  [Name in keyof Registry]: Registry[Name] extends OperationClass
    ? Name
    : never;
}[keyof Registry];

type Instance<Name extends OperationName> = InstanceType<
  Extract<Registry[Name], OperationClass>
>;

/** An operation as a method: a function that executes it, with `stream`, `page` and `provider` if the operation has them. */
type Method<Name extends OperationName> = Instance<Name>["execute"] &
  (Instance<Name> extends { stream: infer Stream }
    ? { readonly stream: Stream }
    : unknown) &
  (Instance<Name> extends { page: infer Page }
    ? { readonly page: Page }
    : unknown) &
  (Instance<Name> extends { provider: infer Provider }
    ? { readonly provider: Provider }
    : unknown);

/** All operations as methods. Each operation's page describes its request, result and errors. */
export type OperationMethods = {
  readonly [Name in OperationName as Uncapitalize<Name>]: Method<Name>;
};

/**
 * All operations as methods of one connection, and {@link ConnectorBase.function | typed functions}.
 *
 * A method accepts the operation's request and optional {@link CallOptions}. Each operation's page describes its request,
 * result and errors. Paged operations also have `stream` and `page`, batch operations `stream`, and operations that return
 * credentials `provider`.
 *
 * @example
 * const { payload } = await connector.invokeFunction(
 *   { functionName: "price" },
 *   { timeoutMs: 5_000 },
 * );
 * for await (const fn of connector.listFunctions.stream({ limit: 10 }))
 *   console.log(fn.functionName, payload);
 */
export interface Connector extends OperationMethods, ConnectorBase {}

/** Members of a connector other than its operations. */
export interface ConnectorBase {
  /**
   * Returns a Lambda function as a typed function, whose request and response are validated by the contract's classes or
   * schemas. Its property `many` invokes the function in a batch.
   *
   * Classes are validated completely, with nested objects and items. A class with properties that could not be validated is
   * rejected. Properties that a class does not declare are passed on. To run under a role, set `role` on the connection.
   *
   * @throws
   * - `ERR_INVALID_INPUT`: the function name or the contract is invalid, or a class could not be validated completely. The
   *   message names the property and what to add.
   *
   * When the returned function is called:
   * - `ERR_INVALID_INPUT`: the request violates the contract. Nothing is sent.
   * - `ERR_RESPONSE`: the response violates the contract, or is not JSON.
   * - `ERR_DEADLINE`: also if validating takes longer than `timeoutMs`.
   * - All other errors of {@link operations!InvokeFunction}.
   *
   * @example
   * const getPrice = connector.function("price", {
   *   request: PriceRequest,
   *   response: Price,
   * });
   * const price: Price = await getPrice({ sku: "A-17" });
   *
   * @example
   * const getPrice = connector.function("price", {
   *   request: z.object({ sku: z.string() }),
   *   response: z.object({ amount: z.number() }),
   * });
   * const { amount } = await getPrice({ sku: "A-17" });
   * const outcomes = await getPrice.many([{ sku: "A-17" }, { sku: "B-02" }]);
   */
  function<Request = unknown, Response = unknown>(
    functionName: string,
    contract?: FunctionContract<Request, Response>,
  ): TypedFunction<Unboxed<Request>, Unboxed<Response>>;

  /**
   * Closes the connector; its methods throw `ERR_INVALID_INPUT` from then on.
   *
   * Closing the last connector of a connection closes its sockets. Closing the last connector of all drops the cached role
   * sessions.
   */
  close(): void;

  /**
   * Calls {@link ConnectorBase.close}, for `using connector = createConnector(…)`.
   *
   * @see {@link https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Statements/using | using}
   */
  [Symbol.dispose](): void;

  /** Calls {@link ConnectorBase.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Creates a connector: all operations as methods of one connection.
 *
 * @param connection - Region, credentials and other settings. Defaults to those of the environment.
 * @param hooks - Clock and transport for tests. Defaults to the system clock and to HTTP.
 * @throws
 * - `ERR_INVALID_INPUT`: a setting or a hook is invalid. The error names every invalid field. A region or credentials that are
 *   missing are errors of the first operation that needs them: they can come from the metadata of the machine.
 *
 * @example
 * const connector = createConnector({ region: AWS_Region.eu_central_1 });
 * const { payload } = await connector.invokeFunction({
 *   functionName: "price",
 *   payload: { sku: "A-17" },
 * });
 */
export function createConnector(
  connection: Input<Connection> = {},
  hooks: TestHooks = {},
): Connector {
  recordDesignTypes();
  const settings = readConnection(connection, "createConnector");
  const checkedHooks = readTestHooks(hooks, "createConnector");
  const pool = poolFor(checkedHooks);
  pool.for(settings);
  let open = true;
  const methods: object = {};
  const guard: Guard = ({ name, permissions }) => {
    if (open) return;
    const message = "the connector is closed; create a new one";
    const invokes = permissions.includes("lambda:InvokeFunction");
    throwIfInvalid([{ path: "", rule: "closed", message }], {
      operation: name,
      execution: invokes ? "did-not-run" : undefined,
    });
  };
  for (const name of operationNames)
    defineLazily(methods, name.charAt(0).toLowerCase() + name.slice(1), () => {
      const Operation = operations[name] as unknown as OperationConstructor;
      return toMethod(new Operation(settings, checkedHooks), guard);
    });
  pool.acquire(settings);
  const connector = methods as Connector;
  return Object.assign(connector, {
    function: (functionName: string, contract?: unknown) =>
      createTypedFunction(functionName, contract, {
        settings,
        hooks: checkedHooks,
        guard,
      }),
    ...createCloseMethods(function close() {
      if (open) pool.release(settings);
      open = false;
    }),
  });
}

function createCloseMethods(
  close: () => void,
): Pick<
  ConnectorBase,
  "close" | typeof Symbol.dispose | typeof Symbol.asyncDispose
> {
  return {
    close,
    [Symbol.dispose]: close,
    [Symbol.asyncDispose]() {
      close();
      return Promise.resolve();
    },
  };
}

/** The operations in the registry. Each has a request class. Reading the names loads no operation. */
const operationNames = Object.keys(operations).filter(
  (name) => `${name}Request` in operations,
) as OperationName[];

/** Defines a property whose value is created when it is first read. */
function defineLazily(
  target: object,
  name: string,
  create: () => unknown,
): void {
  const attributes = { configurable: true, enumerable: true };
  Object.defineProperty(target, name, {
    ...attributes,
    get() {
      const value = create();
      Object.defineProperty(target, name, { ...attributes, value });
      return value;
    },
  });
}
