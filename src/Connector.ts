import * as operations from "../operations";
import type { Connection } from "./engine/connection/Connection";
import type { Given } from "./engine/validation/Given";
import { poolOf, type Seams } from "./engine/connection/Pool";
import { readConnection } from "./engine/connection/Settings";
import type { CallOptions } from "./engine/call/Call";
import {
  checkAnswer,
  checkRequest,
  CONTRACT_REFUSAL,
  readContract,
} from "./engine/validation/contract";
import { parse, refuse } from "./engine/validation/parse";
import { readSeams } from "./engine/connection/readSeams";
import { isActivity, toMethod, type Guard } from "./toMethod";

type Menu = typeof operations;

/** An operation, seen from its class. */
type OperationClass = abstract new (...args: never) => {
  readonly permissions: readonly string[];
  execute(...args: never): unknown;
};

/** The names of the operations on the menu. */
type OperationName = {
  [Name in keyof Menu]: Menu[Name] extends OperationClass ? Name : never;
}[keyof Menu];

type Instance<Name extends OperationName> = InstanceType<
  Extract<Menu[Name], OperationClass>
>;

/** A class that can be made without arguments. */
export type PlainClass<Entity> = new () => Entity;

/** What a function is given and what it answers, by the classes that check it; and how it is called. */
export interface FunctionContract<Request, Response> {
  /** Class of what the function is given, with class-validator's rules. Absent: any JSON value, unchecked. */
  readonly request?: PlainClass<Request>;

  /** Class of what it answers; the answer becomes an instance of it. Absent: whatever it is, unchecked. */
  readonly response?: PlainClass<Response>;

  /** Version or alias. Absent: the unqualified function. */
  readonly qualifier?: string;

  /** Running it twice does no harm. Absent: it is sent once. */
  readonly idempotent?: boolean;
}

/** A Lambda function as a function. */
export type TypedFunction<Request, Response> = (
  request: Request,
  options?: CallOptions,
) => Promise<Response>;

/** A verb of the connector: called, it executes; `stream`, `page` and `provider` hang on it where the operation has them. */
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

/** Every operation of the menu as a method: what it takes, answers and throws stands at the operation. */
export type Methods = {
  readonly [Name in OperationName as Uncapitalize<Name>]: Method<Name>;
};

/**
 * Every operation as a method, bound to one connection; and {@link Binding.function | functions with a contract}.
 *
 * A method takes the operation's request and, if need be, {@link CallOptions}; what it answers and throws stands at the
 * operation. `stream` and `page` hang on the method where the operation has them, and `provider` where it answers with
 * keys.
 *
 * @example
 * const answer = await connector.invokeFunction({ functionName: "price" }, { timeoutMs: 5_000 });
 * for await (const fn of connector.listFunctions.stream({ limit: 10 })) console.log(fn.functionName);
 */
export type Connector = Methods & Binding;

/** What a connector has besides the operations. */
export interface Binding {
  /**
   * A Lambda function as a typed call: what it is given and what it answers is checked by the classes of its contract.
   *
   * @throws `ERR_INVALID_INPUT` where the name or the contract itself breaks a rule. When called: `ERR_INVALID_INPUT`
   * where what is given breaks the contract, before anything is sent; `ERR_RESPONSE` where the answer does; otherwise as
   * {@link operations!InvokeFunction}.
   *
   * @example
   * const price = connector.function("price", { request: PriceRequest, response: Price });
   * const answer: Price = await price({ sku: "A-17" });
   */
  function<Request = unknown, Response = unknown>(
    functionName: string,
    contract?: Given<FunctionContract<Request, Response>>,
  ): TypedFunction<Request, Response>;

  /**
   * Closes the connector. Its sockets are let go with the last connector of the same connection, borrowed sessions with the
   * last of all.
   */
  close(): void;
}

/**
 * Binds every operation to one connection.
 *
 * @param connection - Where AWS is, and as whom it is spoken to. Absent: as the environment says.
 * @param seams - A clock and a wire of one's own, for tests. Absent: the machine's.
 * @throws `ERR_INVALID_INPUT` naming each field of the connection or the seams that breaks a rule.
 *
 * @example
 * const connector = createConnector({ region: AWS_Region.eu_central_1 });
 * const answer = await connector.invokeFunction({ functionName: "price", payload: { sku: "A-17" } });
 */
export function createConnector(
  connection: Given<Connection> = {},
  seams: Seams = {},
): Connector {
  const settings = readConnection(connection, "createConnector");
  const given = readSeams(seams, "createConnector");
  const pool = poolOf(given);
  pool.for(settings);
  let open = true;
  const methods: Record<string, unknown> = {};
  const guard: Guard = ({ name, permissions }) => {
    if (open) return;
    const message = "the connector is closed; create a new one";
    const invokes = permissions.includes("lambda:InvokeFunction");
    refuse([{ path: "", rule: "closed", message }], {
      operation: name,
      execution: invokes ? "did-not-run" : undefined,
    });
  };
  for (const [name, Operation] of Object.entries(operations))
    if (isActivity(Operation)) {
      const operation = new Operation(settings, given);
      const method = name.charAt(0).toLowerCase() + name.slice(1);
      methods[method] = toMethod(operation, guard);
    }
  pool.hold(settings);
  const connector = methods as unknown as Connector;
  return Object.assign(connector, {
    function: typed(connector),
    close() {
      if (open) pool.release(settings);
      open = false;
    },
  });
}

function typed(connector: Connector): Binding["function"] {
  return <Request, Response>(
    functionName: string,
    contract?: Given<FunctionContract<Request, Response>> | null,
  ): TypedFunction<Request, Response> => {
    const { request, response, ...settings } = readContract(contract);
    const base = parse(
      { functionName, ...settings },
      { request: operations.InvokeFunctionRequest, ...CONTRACT_REFUSAL },
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
        ? await checkAnswer(answer, { contract: response, functionName })
        : (answer.payload as Response);
    };
  };
}
