import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import {
  AssumeRoleInvokeRequest,
  InvokeFunctionRequest,
  ListFunctionsRequest,
} from "../../../../operations";
import { Tag } from "../../../../domain";
import { isConnectorError } from "../../../../src/errors";
import { parse } from "../../../../src/engine/validation/parse";
import { ROLE } from "../../../awsResponses";
import { catchError } from "../../../catchError";

function read(input: unknown): InvokeFunctionRequest {
  return parse(input, { operation: "Test", request: InvokeFunctionRequest });
}

function readRole(input: object): AssumeRoleInvokeRequest {
  return parse(
    { functionName: "price", roleArn: ROLE, ...input },
    { operation: "Test", request: AssumeRoleInvokeRequest },
  );
}

describe("parse", () => {
  it("returns an instance of the request's class", () => {
    const parsed = read({ functionName: "price", idempotent: false });

    expect(parsed).toBeInstanceOf(InvokeFunctionRequest);
    expect(Object.entries(parsed)).toEqual([
      ["functionName", "price"],
      ["idempotent", false],
    ]);
  });

  it.each<[string, unknown]>([
    ["an object", { a: { b: [1] } }],
    ["bytes", new Uint8Array(8)],
    ["a Map", new Map()],
    ["a date", new Date()],
    ["a function", () => 1],
    ["a frozen object", Object.freeze({ a: 1 })],
    ["an instance of a class", new (class Price {})()],
    ["a thenable", { then: () => undefined }],
    ["a revoked proxy", revoked()],
  ])("passes a payload on by reference: %s", (_, payload) => {
    const parsed = read({ functionName: "price", payload });

    expect(Object.is(parsed.payload, payload)).toBe(true);
  });

  it("does not read properties of a payload", () => {
    const trap = jest.fn();
    const payload = new Proxy({}, { get: trap, ownKeys: trap });

    read({ functionName: "price", payload });

    expect(trap).not.toHaveBeenCalled();
  });

  it("ignores fields that are null or undefined, except a null payload", () => {
    const parsed = read({
      functionName: "price",
      payload: null,
      qualifier: null,
      payloadJson: undefined,
      tenantId: null,
    });

    expect(Object.entries(parsed)).toEqual([
      ["functionName", "price"],
      ["payload", null],
    ]);
  });

  it("treats undefined as an empty request", () => {
    const parsed = parse(undefined, {
      operation: "Test",
      request: ListFunctionsRequest,
    });

    expect(Object.keys(parsed)).toEqual([]);
  });

  it("does not change the caller's object, which can be frozen", () => {
    const tags = Object.freeze([Object.freeze({ key: "a", value: "b" })]);
    const input = Object.freeze({ tags, durationSeconds: null });

    const parsed = readRole(input);

    expect(input).toEqual({
      tags: [{ key: "a", value: "b" }],
      durationSeconds: null,
    });
    expect(parsed.tags?.[0]).toBeInstanceOf(Tag);
    expect(parsed.tags).not.toBe(tags);
  });

  it.each<[string, unknown]>([
    [
      "without a prototype",
      Object.assign(Object.create(null), { functionName: "price" }),
    ],
    ["of another realm", runInNewContext("({ functionName: 'price' })")],
    [
      "of the class itself",
      Object.assign(new InvokeFunctionRequest(), { functionName: "price" }),
    ],
    [
      "of a subclass",
      Object.assign(new AssumeRoleInvokeRequest(), { functionName: "price" }),
    ],
    [
      "with a getter",
      {
        get functionName() {
          return "price";
        },
      },
    ],
    ["with a symbol", { functionName: "price", [Symbol("mark")]: 1 }],
    ["behind a proxy", new Proxy({ functionName: "price" }, {})],
  ])("accepts an object %s", (_, input) => {
    const parsed = read(input);

    expect(parsed.functionName).toBe("price");
  });

  it.each<[string, unknown, string]>([
    ["null", null, "null"],
    ["an array", [], "an array"],
    ["a string", "price", "a string"],
    ["a number", 7, "a number"],
    ["a symbol", Symbol("price"), "a symbol"],
    ["a function", () => "price", "a function"],
    ["a Map", new Map(), "an instance of another class"],
    [
      "an instance of another request class",
      new ListFunctionsRequest(),
      "an instance of another class",
    ],
  ])("rejects %s as a request", async (_, input, kind) => {
    const error = await catchError(() => read(input));

    expect(error).toMatchObject({
      message: `Test: the request must be a plain object, not ${kind}. The request was not sent.`,
      issues: [{ path: "", rule: "object" }],
    });
  });

  it("reports only that a field could not be read when its getter throws", async () => {
    const input = {
      get functionName(): string {
        throw new Error("rejected by the test");
      },
    };

    const error = await catchError(() => read(input));

    expect(error).toMatchObject({
      issues: [
        {
          path: "functionName",
          rule: "readable",
          message: "functionName could not be read because its getter threw",
        },
      ],
    });
  });

  it.each<[string, unknown]>([
    ["a revoked proxy", revoked()],
    ["a proxy whose traps all throw", new Proxy({}, hostile())],
  ])("throws ERR_INVALID_INPUT for %s", async (_, input) => {
    const error = await catchError(() => read(input));

    expect(error.code).toBe("ERR_INVALID_INPUT");
  });

  it.each<[string, string]>([
    ["FunctionName", "functionName"],
    ["function_name", "functionName"],
    ["functioName", "functionName"],
    ["qualifer", "qualifier"],
    ["payloads", "payload"],
  ])(
    "suggests the closest field for the unknown field %s (%s)",
    async (typo, meant) => {
      const error = await catchError(() =>
        read({ functionName: "price", [typo]: "7" }),
      );

      expect(error).toMatchObject({
        issues: [
          {
            path: typo,
            rule: "unknown",
            message: `${typo} is not a field of this request; did you mean ${meant}?`,
          },
        ],
      });
    },
  );

  it("lists the known fields when no field is close to the unknown one", async () => {
    const error = await catchError(() =>
      parse(
        { colour: 1 },
        { operation: "Test", request: ListFunctionsRequest },
      ),
    );

    expect(error.message).toBe(
      "Test: colour is not a field of this request; its fields are functionVersion, masterRegion, marker, maxItems, limit. The request was not sent.",
    );
  });

  it("lists the known fields once and at most 20 issues in the message", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`colour${index}`, 1]),
    );

    const error = await catchError(() =>
      parse(many, { operation: "Test", request: ListFunctionsRequest }),
    );

    expect(error.message).toMatch(
      /^Test: colour0 is not a field of this request; its fields are functionVersion, masterRegion, marker, maxItems, limit; colour1 is not a field of this request; .*colour19 is not a field of this request; and 5 more, see issues\. The request was not sent\.$/,
    );
    expect(error).toMatchObject({ issues: { length: 25 } });
  });

  it("shortens a long field name in the message", async () => {
    const error = await catchError(() =>
      read({ functionName: "price", ["x".repeat(1_000_000)]: 1 }),
    );

    expect(error.message.length).toBeLessThan(600);
  });

  it("puts a field name with a line break on one line", async () => {
    const error = await catchError(() =>
      read({ functionName: "price", "two\nlines": 1 }),
    );

    expect(error.message).toMatch(/: "two\\nlines" is not a field .*$/);
    expect(error).toMatchObject({ issues: [{ path: "two\nlines" }] });
  });

  it("reports the path of invalid array items", async () => {
    const error = await catchError(() =>
      readRole({
        tags: [{ key: "a", value: "b" }, { key: "b", valeu: "" }, null],
      }),
    );

    expect(error).toMatchObject({
      issues: [
        { path: "tags[1].valeu", rule: "unknown" },
        { path: "tags[1].value", rule: "required" },
        { path: "tags[2]", rule: "object" },
      ],
    });
  });

  it("puts the path of an array item in the message of a rule", async () => {
    const error = await catchError(() =>
      readRole({ tags: [{ key: "a,b", value: 7 }] }),
    );

    expect(error.message).toBe(
      "Test: tags[0].key must contain only letters, digits, spaces and _ . : / = + - @; tags[0].value must be a string. The request was not sent.",
    );
  });

  it("rejects the field __proto__ and changes no prototype", async () => {
    const input: unknown = JSON.parse(
      '{"functionName":"price","__proto__":{"qualifier":"7"}}',
    );

    const error = await catchError(() => read(input));

    expect(error).toMatchObject({
      issues: [{ path: "__proto__", rule: "unknown" }],
    });
    expect("qualifier" in {}).toBe(false);
  });

  it("throws only ERR_INVALID_INPUT, with a message on one line, for any input", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withTypedArray: true,
    });
    const fields = fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          "functionName",
          "tags",
          "payload",
          "roleArn",
          "__proto__",
          "constructor",
        ),
        fc.string(),
      ),
      fc.oneof(anything, fc.constantFrom("revoked", "hostile")),
    );
    const proxied = (value: unknown): unknown => {
      if (value === "revoked") return revoked();
      return value === "hostile" ? new Proxy([], hostile()) : value;
    };

    fc.assert(
      fc.property(fc.oneof(anything, fields), (given) => {
        const input =
          typeof given === "object" && given !== null && !Array.isArray(given)
            ? Object.fromEntries(
                Object.entries(given).map(([key, value]) => [
                  key,
                  proxied(value),
                ]),
              )
            : given;
        try {
          parse(input, {
            operation: "Test",
            request: AssumeRoleInvokeRequest,
          });
        } catch (error) {
          expect(isConnectorError(error) && error.code).toBe(
            "ERR_INVALID_INPUT",
          );
          expect((error as Error).message).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 500 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function hostile(): ProxyHandler<object> {
  const refuse = (): never => {
    throw new Error("rejected by the test");
  };
  return {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
  };
}
