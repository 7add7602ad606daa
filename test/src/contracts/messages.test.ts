import { IsString } from "class-validator";
import { z } from "zod";
import { createConnector, type Connector } from "../../../src";
import { functionResult } from "../../awsResponses";
import { catchError } from "../../catchError";
import { connection } from "../../connection";
import { FakeAws, type Reply } from "../../FakeAws";
import { FakeClock } from "../../FakeClock";

class Order {
  @IsString()
  readonly sku!: string;
}

const schema = z.object({ sku: z.string() });
const asynchronous = schema.refine(() => Promise.resolve(false));
const wrong = { sku: 7 } as never;

/** What goes wrong with the function `price`, and the start of the message. */
const FAILURES: readonly {
  readonly failure: string;
  readonly run: (connector: Connector) => unknown;
  readonly reply?: Reply;
  readonly message: string;
}[] = [
  {
    failure: "an invalid contract",
    run: (connector) => connector.function("price", { request: 7 } as object),
    message:
      "function: the contract of the function price is not valid; request must be a class",
  },
  {
    failure: "an invalid qualifier",
    run: (connector) => connector.function("price", { qualifier: "a b" }),
    message:
      "function: the contract of the function price is not valid; qualifier must be",
  },
  {
    failure: "a payload that violates a class",
    run: (connector) => connector.function("price", { request: Order })(wrong),
    message:
      "InvokeFunction: the payload for the function price violates the contract Order; sku must be a string. The request was not sent.",
  },
  {
    failure: "a payload that violates a schema",
    run: (connector) => connector.function("price", { request: schema })(wrong),
    message:
      "InvokeFunction: the payload for the function price violates the contract (a schema of zod); sku is invalid",
  },
  {
    failure: "a payload that violates an asynchronous schema",
    run: (connector) =>
      connector.function("price", { request: asynchronous })({ sku: "A-17" }),
    message:
      "InvokeFunction: the payload for the function price violates the contract (a schema of zod); the payload is invalid",
  },
  {
    failure: "a payload that is not JSON",
    run: (connector) => connector.function("price")({ total: 1n }),
    message:
      "InvokeFunction: the payload for the function price is not valid; payload cannot be serialized as JSON because payload.total is a BigInt",
  },
  {
    failure: "a response that violates a class",
    run: (connector) => connector.function("price", { response: Order })({}),
    reply: functionResult({ sku: 7 }),
    message:
      "InvokeFunction: the function price ran, but its response violates the contract Order; sku must be a string.",
  },
  {
    failure: "a response that is not JSON",
    run: (connector) => connector.function("price")({}),
    reply: { body: "no" },
    message:
      "InvokeFunction: the response of the function price is not JSON (2 characters).",
  },
  {
    failure: "a function that failed",
    run: (connector) => connector.function("price")({}),
    reply: functionResult(
      { errorMessage: "no" },
      { "x-amz-function-error": "Unhandled" },
    ),
    message: "InvokeFunction: the function price ran and failed (no).",
  },
];

function open(reply: Reply = functionResult({})) {
  const transport = new FakeAws().respondWith(reply);
  return createConnector(connection, { transport, clock: new FakeClock() });
}

describe("the error of a typed function", () => {
  it.each(FAILURES)(
    "names the function for $failure",
    async ({ run, reply, message }) => {
      const connector = open(reply);

      const error = await catchError(() => run(connector));

      expect(error.message.startsWith(message) || error.message).toBe(true);
    },
  );

  it("names the function for each payload of a batch that violates the contract", async () => {
    const price = open().function("price", { request: Order });

    const outcomes = await price.many([wrong, wrong]);

    expect(outcomes.map(({ error }) => error?.message)).toEqual(
      Array(2).fill(
        "InvokeFunction: the payload for the function price violates the contract Order; sku must be a string. The request was not sent.",
      ),
    );
  });

  it("names the rule if the name of the function itself is not valid", async () => {
    const error = await catchError(() => open().function("price list"));

    expect(error.message).toMatch(/^function: functionName must /);
  });
});
