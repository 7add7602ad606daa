import * as fc from "fast-check";
import {
  createConnector,
  isConnectorError,
  type Transport,
} from "../../../../src";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";

type Send = Transport["send"];

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const valid = { statusCode: 200, headers: {}, body: Buffer.from('"ok"') };
const throwing = {
  get statusCode(): number {
    throw new Error("getter");
  },
};

/** Rejects with any value. */
async function rejectWith(value: unknown): Promise<never> {
  await Promise.resolve();
  throw value as Error;
}

const connect = (transport: object) =>
  createConnector(connection, { transport: transport as Transport });

describe("a transport that returns something else", () => {
  it.each<[string, unknown, string]>([
    ["undefined", undefined, "undefined, not an object"],
    ["null", null, "null, not an object"],
    ["a string", "ok", "a string, not an object"],
    ["no status", { ...valid, statusCode: undefined }, "statusCode is not"],
    [
      "a status as a string",
      { ...valid, statusCode: "200" },
      "statusCode is not",
    ],
    ["the status 0", { ...valid, statusCode: 0 }, "statusCode is not"],
    ["the status 100", { ...valid, statusCode: 100 }, "statusCode is not"],
    ["headers of null", { ...valid, headers: null }, "headers are null, not"],
    [
      "a Headers object",
      { ...valid, headers: new Headers() },
      "headers are an instance of another class, not a plain object",
    ],
    [
      "a list as a header",
      { ...valid, headers: { a: ["b"] } },
      "a header whose value is an array",
    ],
    [
      "a number as body",
      { ...valid, body: 7 },
      "body is a number, not a Uint8Array",
    ],
    [
      "a string as body",
      { ...valid, body: "ok" },
      "body is a string, not a Uint8Array",
    ],
    ["a throwing getter", throwing, "a getter or proxy that throws"],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          get: (_, name) => {
            if (name === "then") return undefined;
            throw new Error("x");
          },
        },
      ),
      "a getter or proxy that throws",
    ],
  ])("is an error that names the rule: %s", async (_, response, what) => {
    const { invokeFunction, deleteFunction, invokeWithResponseStream } =
      connect({ send: () => Promise.resolve(response) });
    const request = { functionName: "price" };

    const errors = [
      await catchError(invokeFunction(request)),
      await catchError(invokeWithResponseStream(request)),
      await catchError(deleteFunction(request)),
    ];

    for (const error of errors) {
      expect(error.code).toBe("ERR_RESPONSE");
      expect(error.message).toContain(`the transport returned `);
      expect(error.message).toContain(what);
      expect(error.retryable).toBe(false);
    }
    // It may be the response of a function that has run.
    expect(errors.map(({ execution }) => execution)).toEqual([
      "may-have-run",
      "may-have-run",
      undefined,
    ]);
  });

  it.each<[string, unknown]>([
    ["a string", "no"],
    ["undefined", undefined],
    ["null", null],
    [
      "an error with a throwing message",
      Object.defineProperty(new Error(), "message", {
        get: () => {
          throw new Error("x");
        },
      }),
    ],
    ["a revoked proxy", revoked.proxy],
  ])("or throws %s, at once or later, is an error", async (_, thrown) => {
    for (const [sent, execution] of [
      [false, "did-not-run"],
      [true, "may-have-run"],
    ] as const) {
      const sends: Send[] = [
        (_request, { onSent }) => {
          if (sent) onSent?.();
          throw thrown as Error;
        },
        (_request, { onSent }) => {
          if (sent) onSent?.();
          return rejectWith(thrown);
        },
      ];
      for (const send of sends) {
        const error = await catchError(
          connect({ send }).invokeFunction({ functionName: "price" }),
        );

        expect([error.code, error.execution]).toEqual([
          "ERR_TRANSPORT",
          execution,
        ]);
      }
    }
  });

  it.each<[string, unknown]>([
    ["no iterable", Buffer.from("ok")],
    [
      "a chunk that is a string",
      (async function* () {
        await Promise.resolve();
        yield "chunk";
      })(),
    ],
    [
      "a body that throws a string",
      {
        [Symbol.asyncIterator]: () => ({
          next: () => rejectWith("no"),
        }),
      },
    ],
    ["an iterator of nothing", { [Symbol.asyncIterator]: () => undefined }],
  ])("or streams %s is an error", async (_, body) => {
    const connector = connect({
      send: () => Promise.reject(new Error("not used")),
      stream: () =>
        Promise.resolve({
          ...valid,
          body,
          closed: Promise.reject(new Error("closed")),
        }),
    });

    const error = await catchError(async () => {
      const stream = await connector.invokeWithResponseStream({
        functionName: "price",
      });
      for await (const chunk of stream) expect(chunk).toBeDefined();
    });

    expect(["ERR_RESPONSE", "ERR_TRANSPORT"]).toContain(error.code);
    expect(error.execution).toBe("may-have-run");
  });

  it("throws only connector errors, whatever it returns or throws", async () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withTypedArray: true,
      withObjectString: true,
    });
    const response = fc.oneof(
      anything,
      fc.record(
        {
          statusCode: fc.oneof(fc.constant(200), anything),
          headers: fc.oneof(fc.constant({}), anything),
          body: fc.oneof(fc.constant(Buffer.from("{}")), anything),
        },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(response, fc.boolean(), async (value, throws) => {
        const send = (): Promise<unknown> =>
          throws ? rejectWith(value) : Promise.resolve(value);
        const connector = connect({ send, stream: send });
        const outcomes = await Promise.allSettled([
          connector.invokeFunction({ functionName: "price" }),
          connector.listFunctions(),
          connector.deleteFunction({ functionName: "price" }),
          connector.invokeWithResponseStream({ functionName: "price" }),
        ]);
        for (const outcome of outcomes)
          if (outcome.status === "rejected")
            expect(isConnectorError(outcome.reason)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("throws only connector errors, whatever a credentials function returns or throws", async () => {
    const credentials = fc.oneof(
      fc.anything(),
      fc.record(
        {
          accessKeyId: fc.oneof(
            fc.constant("AKIAIOSFODNN7EXAMPLE"),
            fc.anything(),
          ),
          secretAccessKey: fc.oneof(fc.constant("secret"), fc.anything()),
          sessionToken: fc.anything(),
          expiration: fc.anything(),
        },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(credentials, fc.boolean(), async (value, throws) => {
        const provide = (): unknown => {
          if (throws) throw value as Error;
          return value;
        };
        const connector = createConnector(
          { ...connection, credentials: provide as never },
          { transport: { send: () => Promise.resolve(valid) } },
        );
        const reason: unknown = await connector
          .invokeFunction({ functionName: "price" })
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        if (reason !== undefined) expect(isConnectorError(reason)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
