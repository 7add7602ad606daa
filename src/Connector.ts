import * as operations from "../operations";
import type { Connection } from "./engine/settings/Connection";
import type { Input } from "./engine/validation/Input";
import { poolFor } from "./engine/connection/Pool";
import type { TestHooks } from "./engine/settings/TestHooks";
import { readConnection } from "./engine/settings/Settings";
import type { CallOptions } from "./engine/call/CallOptions";
import {
  checkResponse,
  checkRequest,
  CONTRACT_ERROR_CONTEXT,
  readContract,
} from "./engine/validation/contract";
import { parse, throwIfInvalid } from "./engine/validation/parse";
import { readTestHooks } from "./engine/settings/readTestHooks";
import { isOperationClass, toMethod, type Guard } from "./toMethod";

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

/** A class whose constructor needs no arguments. */
export type PlainClass<Entity> = new () => Entity;

/** Request and response classes of a Lambda function, and how to invoke it. */
export interface FunctionContract<Request, Response> {
  /** Class of the payload, with class-validator's decorators. Defaults to any JSON value, not validated. */
  readonly request?: PlainClass<Request>;

  /** Class of the response payload, which is converted to an instance. Defaults to any value, not validated. */
  readonly response?: PlainClass<Response>;

  /** Version or alias. Defaults to the unqualified function. */
  readonly qualifier?: string;

  /** Whether the function may safely run more than once. Defaults to `false`: requests are sent at most once. */
  readonly idempotent?: boolean;
}

/** A Lambda function, called like a local asynchronous function. */
export type TypedFunction<Request, Response> = (
  request: Request,
  options?: CallOptions,
) => Promise<Response>;

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
export type Connector = OperationMethods & ConnectorBase;

/** Members of a connector other than its operations. */
export interface ConnectorBase {
  /**
   * Returns a Lambda function as a typed function, whose request and response are validated by the contract's classes.
   *
   * @throws
   * - `ERR_INVALID_INPUT`: the function name or the contract is invalid.
   *
   * When the returned function is called:
   * - `ERR_INVALID_INPUT`: the request violates the contract. Nothing is sent.
   * - `ERR_RESPONSE`: the response violates the contract.
   * - All other errors of {@link operations!InvokeFunction}.
   *
   * @example
   * const getPrice = connector.function("price", {
   *   request: PriceRequest,
   *   response: Price,
   * });
   * const price: Price = await getPrice({ sku: "A-17" });
   */
  function<Request = unknown, Response = unknown>(
    functionName: string,
    contract?: Input<FunctionContract<Request, Response>>,
  ): TypedFunction<Request, Response>;

  /**
   * Closes the connector; its methods throw `ERR_INVALID_INPUT` from then on.
   *
   * Closing the last connector of a connection closes its sockets. Closing the last connector of all drops the cached role
   * sessions.
   */
  close(): void;
}

/**
 * Creates a connector: all operations as methods of one connection.
 *
 * @param connection - Region, credentials and other settings. Defaults to those of the environment.
 * @param hooks - Clock and transport for tests. Defaults to the system clock and to HTTP.
 * @throws
 * - `ERR_INVALID_INPUT`: a setting or a hook is invalid. The error names every invalid field.
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
  const settings = readConnection(connection, "createConnector");
  const checkedHooks = readTestHooks(hooks, "createConnector");
  const pool = poolFor(checkedHooks);
  pool.for(settings);
  let open = true;
  const methods: Record<string, unknown> = {};
  const guard: Guard = ({ name, permissions }) => {
    if (open) return;
    const message = "the connector is closed; create a new one";
    const invokes = permissions.includes("lambda:InvokeFunction");
    throwIfInvalid([{ path: "", rule: "closed", message }], {
      operation: name,
      execution: invokes ? "did-not-run" : undefined,
    });
  };
  for (const [name, Operation] of Object.entries(operations))
    if (isOperationClass(Operation)) {
      const operation = new Operation(settings, checkedHooks);
      const method = name.charAt(0).toLowerCase() + name.slice(1);
      methods[method] = toMethod(operation, guard);
    }
  pool.acquire(settings);
  const connector = methods as unknown as Connector;
  return Object.assign(connector, {
    function: createTypedFunction(connector),
    close() {
      if (open) pool.release(settings);
      open = false;
    },
  });
}

function createTypedFunction(connector: Connector): ConnectorBase["function"] {
  return <Request, Response>(
    functionName: string,
    contract?: Input<FunctionContract<Request, Response>> | null,
  ): TypedFunction<Request, Response> => {
    const { request, response, ...settings } = readContract(contract);
    const base = parse(
      { functionName, ...settings },
      { request: operations.InvokeFunctionRequest, ...CONTRACT_ERROR_CONTEXT },
    );
    return async (payload, options) => {
      if (request)
        await checkRequest(payload, { contract: request, functionName });
      const answer = await connector.invokeFunction(
        Object.assign(new operations.InvokeFunctionRequest(), base, {
          payload,
        }),
        options,
      );
      return response
        ? await checkResponse(answer, { contract: response, functionName })
        : (answer.payload as Response);
    };
  };
}
