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
import { ROLE } from "../../../answers";
import { thrownBy } from "../../../thrownBy";

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
  it("makes an instance of the request's class", () => {
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
  ])("hands a payload over by reference: %s", (_, payload) => {
    const parsed = read({ functionName: "price", payload });

    expect(Object.is(parsed.payload, payload)).toBe(true);
  });

  it("looks into no payload", () => {
    const touched = jest.fn();
    const payload = new Proxy({}, { get: touched, ownKeys: touched });

    read({ functionName: "price", payload });

    expect(touched).not.toHaveBeenCalled();
  });

  it("takes null and undefined for absent, but for the payload", () => {
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

  it("takes no request for an empty one", () => {
    const parsed = parse(undefined, {
      operation: "Test",
      request: ListFunctionsRequest,
    });

    expect(Object.keys(parsed)).toEqual([]);
  });

  it("leaves the caller's object as it was, frozen or not", () => {
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
      "of a class below it",
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
  ])("takes an object %s", (_, input) => {
    const parsed = read(input);

    expect(parsed.functionName).toBe("price");
  });

  it.each<[string, unknown, string]>([
    ["null", null, "null"],
    ["a list", [], "a list"],
    ["a text", "price", "a text"],
    ["a number", 7, "a number"],
    ["a symbol", Symbol("price"), "a symbol"],
    ["a function", () => "price", "a function"],
    ["a Map", new Map(), "an object of another class"],
    [
      "another request",
      new ListFunctionsRequest(),
      "an object of another class",
    ],
  ])("refuses %s for a request", async (_, input, kind) => {
    const error = await thrownBy(() => read(input));

    expect(error).toMatchObject({
      message: `Test: the request was not sent: the request takes an object with named fields, not ${kind}.`,
      issues: [{ path: "", rule: "object" }],
    });
  });

  it("names a field whose getter throws, and does not say it is missing besides", async () => {
    const input = {
      get functionName(): string {
        throw new Error("not today");
      },
    };

    const error = await thrownBy(() => read(input));

    expect(error).toMatchObject({
      issues: [
        {
          path: "functionName",
          rule: "readable",
          message: "functionName could not be read: its getter threw",
        },
      ],
    });
  });

  it.each<[string, unknown]>([
    ["a revoked proxy", revoked()],
    ["a proxy that throws at everything", new Proxy({}, hostile())],
  ])("refuses %s with an issue", async (_, input) => {
    const error = await thrownBy(() => read(input));

    expect(error.code).toBe("ERR_INVALID_INPUT");
  });

  it.each<[string, string]>([
    ["FunctionName", "functionName"],
    ["function_name", "functionName"],
    ["functioName", "functionName"],
    ["qualifer", "qualifier"],
    ["payloads", "payload"],
  ])("guesses what %s was meant to be", async (wrong, meant) => {
    const error = await thrownBy(() =>
      read({ functionName: "price", [wrong]: "7" }),
    );

    expect(error).toMatchObject({
      issues: [
        {
          path: wrong,
          rule: "unknown",
          message: `${wrong} is not a field of this request; ${meant} may be meant`,
        },
      ],
    });
  });

  it("names the fields there are where it has no guess", async () => {
    const error = await thrownBy(() =>
      parse(
        { colour: 1 },
        { operation: "Test", request: ListFunctionsRequest },
      ),
    );

    expect(error.message).toBe(
      "Test: the request was not sent: colour is not a field of this request, which has functionVersion, masterRegion, marker, maxItems, limit.",
    );
  });

  it("names the fields there are once, however many it has no guess for, and goes on after twenty", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`colour${index}`, 1]),
    );

    const error = await thrownBy(() =>
      parse(many, { operation: "Test", request: ListFunctionsRequest }),
    );

    expect(error.message).toMatch(
      /^Test: the request was not sent: colour0 is not a field of this request, which has functionVersion, masterRegion, marker, maxItems, limit; colour1 is not a field of this request; .*colour19 is not a field of this request; and 5 more, in issues\.$/,
    );
    expect(error).toMatchObject({ issues: { length: 25 } });
  });

  it("shows no more than the beginning of a key without end", async () => {
    const error = await thrownBy(() =>
      read({ functionName: "price", ["x".repeat(1_000_000)]: 1 }),
    );

    expect(error.message.length).toBeLessThan(600);
  });

  it("stays on one line where a key does not", async () => {
    const error = await thrownBy(() =>
      read({ functionName: "price", "two\nlines": 1 }),
    );

    expect(error.message).toMatch(/: "two\\nlines" is not a field .*$/);
    expect(error).toMatchObject({ issues: [{ path: "two\nlines" }] });
  });

  it("names the place of what is wrong in a list", async () => {
    const error = await thrownBy(() =>
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

  it("names that place in the message of a rule too", async () => {
    const error = await thrownBy(() =>
      readRole({ tags: [{ key: "a,b", value: 7 }] }),
    );

    expect(error.message).toBe(
      "Test: the request was not sent: tags[0].key must contain only letters, digits, spaces and _ . : / = + - @; tags[0].value must be a string.",
    );
  });

  it("refuses an own key __proto__ by name, and touches no prototype", async () => {
    const input: unknown = JSON.parse(
      '{"functionName":"price","__proto__":{"qualifier":"7"}}',
    );

    const error = await thrownBy(() => read(input));

    expect(error).toMatchObject({
      issues: [{ path: "__proto__", rule: "unknown" }],
    });
    expect("qualifier" in {}).toBe(false);
  });

  it("throws nothing but ERR_INVALID_INPUT, on one line, whatever it is given", () => {
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
    throw new Error("not today");
  };
  return {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
  };
}
