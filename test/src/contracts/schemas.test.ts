import { join } from "node:path";
import * as v from "valibot";
import * as z from "zod";
import { createConnector, type StandardSchema } from "../../../src";
import {
  EXTERNAL_ID,
  functionResult,
  ROLE,
  SESSION_TOKEN,
  sessionResponse,
} from "../../awsResponses";
import { catchError } from "../../catchError";
import { connection } from "../../connection";
import { FakeAws } from "../../FakeAws";
import { FakeClock } from "../../FakeClock";
import { temporaryFolder } from "../../temporaryFolder";

function open(payload: unknown = null, clock?: FakeClock) {
  const aws = new FakeAws().respondWith(functionResult(payload));
  const connector = createConnector(connection, {
    transport: aws,
    ...(clock && { clock }),
  });
  return { aws, connector };
}

/** A schema that returns what a function returns. */
function schemaOf(validate: (value: unknown) => unknown): StandardSchema {
  return {
    "~standard": { version: 1, vendor: "test", validate: validate as never },
  };
}

describe("a contract with a schema", () => {
  it("sends the output of the request schema and returns the output of the response schema, typed", async () => {
    const { aws, connector } = open({ at: "2026-01-02T03:04:05Z", sum: 12 });
    const price = connector.function("price", {
      request: z.object({
        sku: z.string().transform((sku) => sku.toUpperCase()),
        count: z.number().default(1),
      }),
      response: z.object({ at: z.coerce.date(), sum: z.number() }),
    });

    const { at, sum } = await price({ sku: "a-17" });

    const time: Date = at;
    const total: number = sum;
    expect(time.toISOString()).toBe("2026-01-02T03:04:05.000Z");
    expect(total).toBe(12);
    expect(aws.sent).toMatchObject([{ body: { sku: "A-17", count: 1 } }]);
  });

  it("works with Valibot, and hides the value that it quotes", async () => {
    const { connector } = open({ sum: "a secret" });
    const price = connector.function("price", {
      request: v.object({ sku: v.pipe(v.string(), v.minLength(3)) }),
      response: v.object({ sum: v.number() }),
    });

    const refused = await catchError(price({ sku: "A" }));
    const violated = await catchError(price({ sku: "A-17" }));

    expect(refused).toMatchObject({
      code: "ERR_INVALID_INPUT",
      execution: "did-not-run",
      issues: [
        {
          path: "sku",
          rule: "schema",
          message: "sku is invalid (Invalid length: Expected >=3)",
        },
      ],
    });
    expect(violated).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "ran",
      message:
        "InvokeFunction: the function price ran, but its response violates the contract (a schema of valibot); sum is invalid (Invalid type: Expected number). Correct the function or the contract.",
    });
    expect(JSON.stringify(violated)).not.toContain("secret");
  });

  it("reports the issues of Zod with their paths", async () => {
    const { connector } = open({ items: [{ "unit price": "12" }] });
    const price = connector.function("price", {
      response: z.object({
        items: z.array(z.object({ "unit price": z.number() })),
      }),
    });

    const error = await catchError(price({}));

    expect(error).toMatchObject({
      issues: [
        {
          path: 'items[0]["unit price"]',
          rule: "schema",
          message:
            'items[0]["unit price"] is invalid (Invalid input: expected number, received string)',
        },
      ],
    });
  });

  it("accepts discriminated unions and asynchronous rules", async () => {
    const { connector } = open({ kind: "circle", radius: -1 });
    const shape = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("circle"), radius: z.number() }),
      z.object({ kind: z.literal("square"), side: z.number() }),
    ]);
    const draw = connector.function("draw", {
      response: shape.refine(
        async (each) => {
          await new Promise(setImmediate);
          return each.kind !== "circle" || each.radius > 0;
        },
        { message: "radius must be positive", path: ["radius"] },
      ),
    });

    expect(await catchError(draw({}))).toMatchObject({
      issues: [{ path: "radius", message: "radius must be positive" }],
    });
  });

  it("sends nothing and ends with the call if the schema never settles", async () => {
    const clock = new FakeClock();
    const { aws, connector } = open(null, clock);
    const request = schemaOf(() => new Promise(() => undefined));
    const call = connector.function("price", { request })(1, {
      timeoutMs: 500,
    });
    const error = catchError(call);
    await new Promise(setImmediate);

    clock.pass(500);

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      reason: "timeout",
      execution: "did-not-run",
    });
    expect(aws.sent).toEqual([]);
  });

  it("sends nothing if the call is aborted while the schema works", async () => {
    const { aws, connector } = open();
    let settle: (() => void) | undefined;
    const request = schemaOf(
      () =>
        new Promise((resolve) => {
          settle = () => {
            resolve({ value: 1 });
          };
        }),
    );
    const controller = new AbortController();
    const call = connector.function("price", { request })(1, {
      signal: controller.signal,
    });
    const error = catchError(call);
    await new Promise(setImmediate);

    controller.abort("enough");
    settle?.();

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      cause: "enough",
      execution: "did-not-run",
    });
    await new Promise(setImmediate);
    expect(aws.sent).toEqual([]);
  });

  it("reports that the function ran if the response schema never settles", async () => {
    const clock = new FakeClock();
    const { connector } = open(1, clock);
    const response = schemaOf(() => new Promise(() => undefined));
    const call = connector.function("price", { response })(1, {
      timeoutMs: 500,
    });
    const error = catchError(call);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);

    clock.pass(500);

    expect(await error).toMatchObject({
      code: "ERR_DEADLINE",
      execution: "ran",
      message:
        "InvokeFunction: the call did not end within 500 ms for the function price; the function ran. Increase timeoutMs, or find out why the call is slow.",
    });
  });

  const thrower = (): never => {
    throw new Error("not today");
  };

  it.each<[string, (value: unknown) => unknown]>([
    ["throws", thrower],
    ["rejects", () => Promise.reject(new Error("no"))],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- schemas can do so
    ["rejects with undefined", () => Promise.reject()],
    ["returns nothing", () => undefined],
    ["returns a string", () => "good"],
    ["returns an empty object", () => ({})],
    ["returns issues that are no array", () => ({ issues: "many" })],
    ["returns no issues", () => ({ issues: [] })],
    ["returns issues that are no objects", () => ({ issues: [null, 7] })],
    [
      "returns issues with getters that throw",
      () => ({
        issues: [
          {
            get message(): string {
              throw new Error("no");
            },
          },
        ],
      }),
    ],
    [
      "returns a path without an end",
      () => ({ issues: [{ message: "m", path: Array(1e5).fill("key") }] }),
    ],
    [
      "returns a path of symbols and objects",
      () => ({
        issues: [
          { message: "m", path: [Symbol("s"), { key: Symbol("t") }, {}] },
        ],
      }),
    ],
    [
      "returns more issues than anyone reads",
      () => ({ issues: Array(1e5).fill({ message: "m".repeat(1e4) }) }),
    ],
    [
      "returns a revoked proxy",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      "returns an object whose then throws",
      () => ({
        get then(): unknown {
          throw new Error("no");
        },
      }),
    ],
    ["returns a value that JSON lacks", () => ({ value: 1n })],
  ])(
    "is refused with an error of the closed set if it %s",
    async (_, validate) => {
      const schema = schemaOf(validate);
      const sent = open();
      const received = open({ a: 1 });

      const refused = await catchError(
        sent.connector.function("price", { request: schema })({ a: 1 }),
      );
      const violated = await received.connector
        .function("price", { response: schema })({ a: 1 })
        .catch((error: unknown) => error);

      expect(refused).toMatchObject({ code: "ERR_INVALID_INPUT" });
      expect(refused.message.length).toBeLessThan(30_000);
      expect(sent.aws.sent).toEqual([]);
      if (violated !== 1n)
        expect(violated).toMatchObject({ code: "ERR_RESPONSE" });
    },
  );

  it.each<[string, unknown]>([
    ["another version", { "~standard": { version: 2, validate: thrower } }],
    ["no validate", { "~standard": { version: 1, vendor: "x" } }],
    ["no properties", { "~standard": null }],
    [
      "a getter that throws",
      {
        get "~standard"(): unknown {
          throw new Error("no");
        },
      },
    ],
  ])("is refused when it is made if it has %s", async (_, schema) => {
    const { connector } = open();

    const error = await catchError(() =>
      connector.function("price", { request: schema as never }),
    );

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "request", rule: "schema" }],
    });
    expect(error.message).toMatch(
      /^function: the contract of the function price is not valid; request must be a Standard Schema/,
    );
  });

  it("removes values from the library's and the caller's own messages", async () => {
    const { connector } = open({ user: { password: "hunter2!", pin: "12" } });
    const response = z
      .object({})
      .loose()
      .superRefine((value, context) => {
        context.addIssue(`no ${JSON.stringify(value)}`);
      });

    const error = await catchError(
      connector.function("price", { response })({}),
    );

    expect(error.message).not.toMatch(/hunter2|"12"/);
  });

  it("can be a proxy, a function or an object of a class", async () => {
    const proxied = new Proxy(z.number(), {});
    const callable = Object.assign(
      (): void => undefined,
      schemaOf((value) => ({ value: Number(value) + 1 })),
    );

    const one = await open(7).connector.function("price", {
      response: proxied,
    })(1);
    const two = await open(7).connector.function("price", {
      response: callable,
    })(1);

    expect([one, two]).toEqual([7, 8]);
  });
});

describe("a batch of a typed function", () => {
  const contract = {
    request: z.object({ sku: z.string().transform((sku) => sku.trim()) }),
    response: z.object({ sum: z.number().transform((sum) => sum * 2) }),
  };

  it("yields a value or an error for each request, and continues", async () => {
    const aws = new FakeAws().respondWith(
      functionResult({ sum: 1 }),
      functionResult({ sum: "one" }),
      functionResult({ sum: 3 }),
    );
    const connector = createConnector(connection, { transport: aws });
    const price = connector.function("price", contract);
    const requests = [
      { sku: " A " },
      { sku: 7 as unknown as string },
      { sku: "B" },
      { sku: "C" },
    ];

    const outcomes = await price.many(requests, { concurrency: 1 });

    expect(outcomes).toMatchObject([
      { index: 0, value: { sum: 2 }, response: { payload: { sum: 2 } } },
      {
        index: 1,
        error: { code: "ERR_INVALID_INPUT", execution: "did-not-run" },
      },
      { index: 2, error: { code: "ERR_RESPONSE", execution: "ran" } },
      { index: 3, value: { sum: 6 } },
    ]);
    expect(aws.sent.map(({ body }) => body)).toEqual([
      { sku: "A" },
      { sku: "B" },
      { sku: "C" },
    ]);
  });

  it("streams, with asynchronous schemas and progress", async () => {
    const aws = new FakeAws().respondWith(
      ...Array.from({ length: 5 }, () => functionResult({ sum: 1 })),
    );
    const connector = createConnector(connection, { transport: aws });
    const price = connector.function("price", {
      ...contract,
      request: z.object({ sku: z.string() }).refine(async ({ sku }) => {
        await new Promise(setImmediate);
        return sku !== "2";
      }),
    });
    const seen: unknown[] = [];
    const progress: unknown[] = [];
    async function* requests() {
      for (let sku = 0; sku < 5; sku++) {
        await new Promise(setImmediate);
        yield { sku: String(sku) };
      }
    }

    for await (const outcome of price.many.stream(requests(), {
      ordered: true,
      onProgress: ({ done, failed }) => progress.push([done, failed]),
    }))
      seen.push(outcome.value?.sum ?? outcome.error?.code);

    expect(seen).toEqual([2, 2, "ERR_INVALID_INPUT", 2, 2]);
    expect(progress.at(-1)).toEqual([5, 1]);
  });

  it("validates recorded responses again when a run is resumed", async () => {
    const aws = new FakeAws().respondWith(
      ...[1, 2, 3].map((sum) => functionResult({ sum })),
    );
    const connector = createConnector(connection, { transport: aws });
    const price = connector.function("price", contract);
    const requests = [{ sku: "A" }, { sku: "B" }, { sku: "C" }];
    const options = {
      resumeFile: join(temporaryFolder("resume"), "run"),
      concurrency: 1,
    };
    for await (const { index } of price.many.stream(requests, options))
      if (index === 1) break;

    const outcomes = await price.many(requests, options);

    expect(outcomes.map(({ value }) => value)).toEqual([
      { sum: 2 },
      { sum: 4 },
      { sum: 6 },
    ]);
    expect(aws.sent).toHaveLength(3);
  });

  it("sends what the request was when it was read", async () => {
    const aws = new FakeAws().respondWith(
      functionResult({ sum: 1 }),
      functionResult({ sum: 1 }),
    );
    const connector = createConnector(connection, { transport: aws });
    function* reused() {
      const request = { sku: "A" };
      yield request;
      request.sku = "B";
      yield request;
    }

    await connector.function("price", contract).many(reused());

    expect(aws.sent.map(({ body }) => body)).toEqual([
      { sku: "A" },
      { sku: "B" },
    ]);
  });

  it("rejects unknown options, and anything after the connector is closed", async () => {
    const { connector } = open();
    const price = connector.function("price", contract);

    expect(
      await catchError(price.many([], { concurency: 5 } as never)),
    ).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "concurency" }],
    });
    expect(await catchError(price.many(7 as never))).toMatchObject({
      issues: [{ path: "requests", rule: "iterable" }],
    });
    connector.close();
    expect(await catchError(price.many([]))).toMatchObject({
      issues: [{ rule: "closed" }],
    });
    expect(await catchError(price.many.stream([]).next())).toMatchObject({
      issues: [{ rule: "closed" }],
    });
  });

  it("reports an outcome that is not JSON as the error of its request", async () => {
    const aws = new FakeAws().respondWith({ body: "twelve" });
    const connector = createConnector(connection, { transport: aws });

    const outcomes = await connector.function("price").many([1]);

    expect(outcomes).toMatchObject([
      { index: 0, error: { code: "ERR_RESPONSE", execution: "ran" } },
    ]);
  });
});

describe("a typed function under a role", () => {
  it("is validated and invoked with the role's session, alone and in a batch", async () => {
    const aws = new FakeAws().respondWith(
      sessionResponse(),
      functionResult({ sum: 1 }),
      functionResult({ sum: "two" }),
    );
    const connector = createConnector(
      { ...connection, role: { roleArn: ROLE, externalId: EXTERNAL_ID } },
      { transport: aws, clock: new FakeClock() },
    );
    const price = connector.function("price", {
      request: z.object({ sku: z.string() }),
      response: z.object({ sum: z.number() }),
    });

    const { sum } = await price({ sku: "A" });
    const outcomes = await price.many([{ sku: "B" }, { sku: 7 as never }]);

    expect(sum).toBe(1);
    expect(outcomes).toMatchObject([
      { error: { code: "ERR_RESPONSE" } },
      { error: { code: "ERR_INVALID_INPUT", execution: "did-not-run" } },
    ]);
    expect(aws.sent).toHaveLength(3);
    expect(aws.requests[2]?.headers).toMatchObject({
      "x-amz-security-token": SESSION_TOKEN,
    });
  });
});
