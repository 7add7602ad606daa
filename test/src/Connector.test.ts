/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- typed functions accept plain objects */
import {
  IsInt,
  IsNumber,
  IsString,
  Length,
  Min,
  Validate,
  ValidateNested,
  type ValidatorConstraintInterface,
  ValidatorConstraint,
} from "class-validator";
import { Type } from "class-transformer";
import { createConnector, type Connector } from "../../src";
import { functionResult, functionError } from "../awsResponses";
import { connection } from "../connection";
import { FakeAws, type Reply } from "../FakeAws";
import { catchError } from "../catchError";

@ValidatorConstraint({ name: "inStock", async: true })
class InStock implements ValidatorConstraintInterface {
  async validate(sku: unknown): Promise<boolean> {
    await new Promise(setImmediate);
    return sku !== "A-0";
  }

  defaultMessage(): string {
    return "sku is out of stock";
  }
}

@ValidatorConstraint({ name: "notToday" })
class NotToday implements ValidatorConstraintInterface {
  validate(): boolean {
    throw new Error("not today");
  }
}

class PriceRequest {
  @IsString()
  @Length(3, 10)
  @Validate(InStock)
  readonly sku!: string;
}

class Money {
  @IsString()
  @Length(3, 3)
  readonly currency!: string;
}

class Price {
  @IsNumber()
  @Min(0)
  readonly amount!: number;

  @ValidateNested()
  @Type(() => Money)
  readonly money!: Money;

  label(): string {
    return `${this.amount} ${this.money.currency}`;
  }
}

function open(...replies: Reply[]): { aws: FakeAws; connector: Connector } {
  const aws = new FakeAws().respondWith(...replies);
  return { aws, connector: createConnector(connection, { transport: aws }) };
}

describe("createConnector", () => {
  it("accepts null for the test hooks, which JavaScript callers can pass", () => {
    const connector = createConnector(connection, null as never);

    expect(() => {
      connector.close();
    }).not.toThrow();
  });

  it("closes with Symbol.dispose and Symbol.asyncDispose", async () => {
    const connectors = [1, 2].map(() => open(functionResult(1)).connector);
    connectors[0]?.[Symbol.dispose]();
    await connectors[1]?.[Symbol.asyncDispose]();

    for (const connector of connectors)
      await expect(
        connector.invokeFunction({ functionName: "price" }),
      ).rejects.toThrow(/the connector is closed/);
  });

  it("binds every operation to one connection", async () => {
    const { aws, connector } = open(functionResult({ amount: 12.5 }));

    const response = await connector.invokeFunction({ functionName: "price" });

    expect(response.payload).toEqual({ amount: 12.5 });
    expect(aws.sent).toHaveLength(1);
  });

  it("names its methods after the operations, for stack frames", () => {
    const connector = createConnector(connection);
    const methods = Object.entries(connector).flatMap(([name, method]) => [
      [name, method] as const,
      ...Object.entries(method as object).map(
        ([member, call]) => [`${name}.${member}`, call as unknown] as const,
      ),
    ]);

    expect(
      methods.map(([, method]) => (method as { name: string }).name),
    ).toEqual(methods.map(([name]) => name));
    expect(methods.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        "invokeFunction",
        "listFunctions.stream",
        "getDefaultCredentials.provider",
        "close",
      ]),
    );
    expect(connector.getDefaultCredentials.provider().name).toBe(
      "getDefaultCredentials.provider",
    );
  });

  it("appears in stack traces under the name of the called method", async () => {
    const connector = createConnector(connection);

    const error = await catchError(connector.listFunctions.page({ limit: 0 }));

    expect(error.stack).toMatch(/\blistFunctions\.page \(/);
  });

  it("lists, streams and pages with one method", async () => {
    const page = { body: '{"Functions":[{"FunctionName":"price"}]}' };
    const { connector } = open(page);
    const { listFunctions } = connector;

    const all = await listFunctions();
    const { functions } = await listFunctions.page();
    const streamed = [];
    for await (const fn of listFunctions.stream()) streamed.push(fn);

    expect(all).toEqual(functions);
    expect(streamed).toEqual(all);
  });

  it("rejects a misspelled connection field and names it", async () => {
    const error = await catchError(() =>
      createConnector({ regoin: "eu-central-1" } as object),
    );

    expect(error).toMatchObject({
      operation: "createConnector",
      issues: [{ path: "regoin", rule: "unknown" }],
    });
  });

  it.each<[string, unknown, object]>([
    [
      "a transport without its method",
      { transport: 5 },
      {
        path: "transport",
        rule: "testHook",
        message: "transport must be an object with the method send",
      },
    ],
    [
      "a clock without its methods",
      { clock: { now: 7 } },
      {
        path: "clock",
        rule: "testHook",
        message: "clock must be an object with the methods now and after",
      },
    ],
    [
      "a misspelled test hook, which would send requests to AWS",
      { trnsport: new FakeAws() },
      {
        path: "trnsport",
        rule: "unknown",
        message:
          "trnsport is not a field of this set of test hooks; did you mean transport?",
      },
    ],
    [
      "test hooks that are a string",
      "fake",
      {
        path: "",
        rule: "object",
        message:
          "the set of test hooks must be an object with clock, transport, not a string",
      },
    ],
  ])("rejects %s", async (_, hooks, issue) => {
    const error = await catchError(() =>
      createConnector(connection, hooks as object),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: "createConnector",
      issues: [issue],
    });
    expect(error.message).toMatch(/^createConnector: .*([^.]\.|\?)$/);
  });

  it("rejects every operation after it is closed", async () => {
    const { aws, connector } = open();
    const price = connector.function("price");

    connector.close();

    const closed = {
      code: "ERR_INVALID_INPUT",
      issues: [
        {
          path: "",
          rule: "closed",
          message: "the connector is closed; create a new one",
        },
      ],
    };
    const { listFunctions } = connector;
    expect(await catchError(listFunctions())).toMatchObject(closed);
    expect(await catchError(listFunctions.page())).toMatchObject(closed);
    expect(await catchError(listFunctions.stream().next())).toMatchObject(
      closed,
    );
    expect(await catchError(price({}))).toMatchObject({
      ...closed,
      operation: "InvokeFunction",
      execution: "did-not-run",
      message:
        "InvokeFunction: the connector is closed; create a new one. The request was not sent.",
    });
    expect(aws.sent).toEqual([]);
  });

  it("closes no other connector of the same connection", async () => {
    const aws = new FakeAws().respondWith(functionResult(1));
    const [one, other] = [
      createConnector(connection, { transport: aws }),
      createConnector(connection, { transport: aws }),
    ];

    one.close();
    const response = await other.invokeFunction({ functionName: "price" });

    expect(response.payload).toBe(1);
  });
});

describe("connector.function", () => {
  const contract = { request: PriceRequest, response: Price };
  const GOOD = functionResult({
    amount: 12.5,
    money: { currency: "EUR" },
    extra: 1,
  });

  it("sends its input unchanged and returns an instance of the response class", async () => {
    const { aws, connector } = open(GOOD);
    const price = connector.function("price", contract);

    const result = await price({ sku: "A-17", note: "more" } as PriceRequest);

    expect(aws.sent).toMatchObject([{ body: { sku: "A-17", note: "more" } }]);
    expect(result).toBeInstanceOf(Price);
    expect(result.money).toBeInstanceOf(Money);
    expect(result.label()).toBe("12.5 EUR");
  });

  it("accepts an instance of the request class and does not change it", async () => {
    const { aws, connector } = open(GOOD);
    const request = Object.freeze(
      Object.assign(new PriceRequest(), { sku: "A-17" }),
    );

    await connector.function("price", contract)(request);

    expect(aws.sent).toMatchObject([{ body: { sku: "A-17" } }]);
  });

  it("sends the qualifier, and retries if the contract is idempotent", async () => {
    const { aws, connector } = open({ fails: "ECONNRESET", sent: true }, GOOD);
    const price = connector.function("price", {
      ...contract,
      qualifier: "live",
      idempotent: true,
    });

    await price({ sku: "A-17" });

    expect(aws.sent.map(({ request }) => request)).toEqual(
      Array(2).fill(
        "POST /2015-03-31/functions/price/invocations?Qualifier=live",
      ),
    );
  });

  it.each<[string, unknown, string]>([
    [
      "a misspelled field",
      { requst: PriceRequest },
      "requst is not a field of this contract; did you mean request?",
    ],
    [
      "an unknown field",
      { timeout: 5 },
      "timeout is not a field of this contract; timeoutMs belongs in the second argument of the typed function, with the options of the call.",
    ],
    [
      "an instance instead of its class",
      { request: new PriceRequest() },
      "request must be a class with class-validator decorators, or a schema of Zod or another library with Standard Schema, not an instance.",
    ],
    [
      "a function that is not a class",
      { response: () => new Price() },
      "response must be a class with class-validator decorators, or a schema of Zod or another library with Standard Schema, not a function.",
    ],
    [
      "a qualifier that is a number",
      { qualifier: 7 },
      "qualifier must be a string.",
    ],
    [
      "idempotent that is a string",
      { idempotent: "yes" },
      "idempotent must be true or false.",
    ],
    [
      "a class instead of a contract",
      PriceRequest,
      "the contract must be an object with request, response, qualifier, idempotent, not a function.",
    ],
  ])(
    "rejects an invalid contract before the function is called: %s",
    async (_, wrong, message) => {
      const { connector } = open(GOOD);

      const error = await catchError(() =>
        connector.function("price", wrong as object),
      );

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        message: `function: the contract of the function price is not valid; ${message}`,
      });
    },
  );

  it("rejects an invalid function name before the function is called", async () => {
    const { connector } = open(GOOD);

    const error = await catchError(() => connector.function("price list"));

    expect(error).toMatchObject({
      issues: [{ path: "functionName", rule: "matches" }],
    });
  });

  it("names the class whose validator throws, with the thrown error as cause", async () => {
    class Moody {
      @Validate(NotToday)
      readonly sku!: string;
    }
    const { aws, connector } = open(GOOD);

    const error = await catchError(
      connector.function("price", { request: Moody })({ sku: "A-17" }),
    );

    expect(error).toMatchObject({
      message:
        "InvokeFunction: the payload for the function price violates the contract Moody; the validation rules of Moody could not be applied because its constructor, a type function or a validator threw; see cause and correct the class. The request was not sent.",
      cause: { message: "not today" },
    });
    expect(aws.sent).toEqual([]);
  });

  it("returns any payload without a contract", async () => {
    const { connector } = open(functionResult([1, "two"]));

    const result = await connector.function("price")({ any: "thing" });

    expect(result).toEqual([1, "two"]);
  });

  it.each<[string, unknown, object[]]>([
    ["a violated rule", { sku: "A" }, [{ path: "sku", rule: "isLength" }]],
    [
      "a violated asynchronous rule",
      { sku: "A-0" },
      [{ path: "sku", rule: "inStock", message: "sku is out of stock" }],
    ],
    ["an empty object", {}, [{ path: "sku" }, { path: "sku" }]],
    ["a string", "A-17", [{ path: "", rule: "object" }]],
    ["null", null, [{ path: "", rule: "object" }]],
  ])(
    "rejects input that violates the contract before anything is sent: %s",
    async (_, given, issues) => {
      const { aws, connector } = open(GOOD);
      const price = connector.function("price", contract);

      const error = await catchError(price(given as PriceRequest));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        operation: "InvokeFunction",
        execution: "did-not-run",
        issues,
      });
      expect(aws.sent).toEqual([]);
    },
  );

  it("reports which rules a response violates, and that the function ran", async () => {
    const { connector } = open(
      functionResult({ amount: -1, money: { currency: "EURO" } }),
    );

    const error = await catchError(
      connector.function("price", contract)({ sku: "A-17" }),
    );

    expect(error.toJSON()).toEqual({
      name: "ResponseError",
      code: "ERR_RESPONSE",
      operation: "InvokeFunction",
      functionName: "price",
      message:
        "InvokeFunction: the function price ran, but its response violates the contract Price; amount must not be less than 0; money.currency must be shorter than or equal to 3 characters. Correct the function or the contract.",
      retryable: false,
      execution: "ran",
      requestId: "request-1",
      issues: [
        {
          path: "amount",
          rule: "min",
          message: "amount must not be less than 0",
        },
        {
          path: "money.currency",
          rule: "isLength",
          message:
            "money.currency must be shorter than or equal to 3 characters",
        },
      ],
    });
  });

  it.each<[string, Reply, object[]]>([
    ["an empty body", {}, [{ path: "", rule: "object" }]],
    ["null", functionResult(null), [{ path: "", rule: "object" }]],
    ["an array", functionResult([]), [{ path: "", rule: "object" }]],
    ["a string", functionResult("12.5"), [{ path: "", rule: "object" }]],
  ])(
    "throws ERR_RESPONSE if the function returns %s",
    async (_, reply, issues) => {
      const { connector } = open(reply);

      const error = await catchError(
        connector.function("price", contract)({ sku: "A-17" }),
      );

      expect(error).toMatchObject({
        code: "ERR_RESPONSE",
        execution: "ran",
        issues,
      });
    },
  );

  it("throws ERR_RESPONSE if the function does not return JSON", async () => {
    const { connector } = open({ body: "twelve" });

    const error = await catchError(
      connector.function("price", contract)({ sku: "A-17" }),
    );

    expect(error).toMatchObject({ code: "ERR_RESPONSE", execution: "ran" });
  });

  it("throws ERR_FUNCTION if the function throws", async () => {
    const { connector } = open(functionError('{"errorType":"OutOfStock"}'));

    const error = await catchError(
      connector.function("price", contract)({ sku: "A-17" }),
    );

    expect(error).toMatchObject({
      code: "ERR_FUNCTION",
      errorType: "OutOfStock",
    });
  });

  it("reports the path of an invalid array item", async () => {
    class Line {
      @IsInt()
      readonly count!: number;
    }
    class Order {
      @ValidateNested({ each: true })
      @Type(() => Line)
      readonly lines!: Line[];
    }
    const { connector } = open(
      functionResult({ lines: [{ count: 1 }, { count: "two" }] }),
    );

    const error = await catchError(
      connector.function("order", { response: Order })({}),
    );

    expect(error).toMatchObject({
      issues: [
        {
          path: "lines[1].count",
          rule: "isInt",
          message: "lines[1].count must be an integer number",
        },
      ],
    });
    expect(error.message).toContain("lines[1].count must be an integer number");
  });

  it("passes its call options to the invocation", async () => {
    const { aws, connector } = open(GOOD);

    const error = await catchError(
      connector.function("price")({}, { signal: AbortSignal.abort() }),
    );

    expect(error).toMatchObject({ reason: "aborted" });
    expect(aws.sent).toEqual([]);
  });
});
