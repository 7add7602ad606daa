import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { InvokeFunctionResponse } from "../../domain";
import {
  ConnectorError,
  CredentialsError,
  DeadlineError,
  FunctionError,
  InvalidInputError,
  isConnectorError,
  ResponseError,
  ServiceError,
  TransportError,
  type AnyConnectorError,
} from "../../src/errors";

const facts = {
  operation: "InvokeFunction",
  message: "InvokeFunction: it did not go well.",
  retryable: false,
  execution: undefined,
  cause: undefined,
};
const response = new InvokeFunctionResponse({ statusCode: 200 });

/** One error of each class. */
const ALL: readonly [string, string, AnyConnectorError][] = [
  [
    "InvalidInputError",
    "ERR_INVALID_INPUT",
    new InvalidInputError({ ...facts, issues: [] }),
  ],
  [
    "CredentialsError",
    "ERR_CREDENTIALS",
    new CredentialsError({
      ...facts,
      roleArn: undefined,
      serviceCode: undefined,
    }),
  ],
  [
    "ServiceError",
    "ERR_SERVICE",
    new ServiceError({
      ...facts,
      httpStatus: 500,
      serviceCode: "ServiceException",
      requestId: undefined,
      retryAfterMs: undefined,
    }),
  ],
  ["TransportError", "ERR_TRANSPORT", new TransportError(facts)],
  [
    "DeadlineError",
    "ERR_DEADLINE",
    new DeadlineError({ ...facts, reason: "timeout", timeoutMs: 5 }),
  ],
  [
    "FunctionError",
    "ERR_FUNCTION",
    new FunctionError({
      ...facts,
      response,
      errorType: undefined,
      errorMessage: undefined,
      trace: undefined,
    }),
  ],
  [
    "ResponseError",
    "ERR_RESPONSE",
    new ResponseError({ ...facts, issues: undefined, requestId: undefined }),
  ],
];

describe.each(ALL)("%s", (name, code, error) => {
  it("has a literal name and code, and is an Error", () => {
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(ConnectorError);
    expect(isConnectorError(error)).toBe(true);
  });

  it("has a stack that starts with its name and message, followed by the calling function", () => {
    const [first, second] = (error.stack ?? "").split("\n");

    expect(first).toBe(`${name}: InvokeFunction: it did not go well.`);
    expect(second).toContain("errors.test.ts");
  });

  it("is printed with its name", () => {
    const texts = [String(error), inspect(error)];

    for (const text of texts)
      expect(text).toContain(`${name}: InvokeFunction: it did not go well.`);
  });

  it("serializes to JSON with every field that it has, and no other", () => {
    const json = JSON.parse(JSON.stringify(error)) as Record<string, unknown>;

    expect(json).toMatchObject({
      name,
      code,
      operation: "InvokeFunction",
      message: "InvokeFunction: it did not go well.",
      retryable: false,
    });
    expect(json).not.toHaveProperty("stack");
    expect(json).not.toHaveProperty("cause");
    expect(json).not.toHaveProperty("execution");
  });

  it("has a cause only if one was given", () => {
    const cause = new Error("before");
    const Kind = error.constructor as new (given: object) => ConnectorError;

    const caused = new Kind({ ...facts, cause });

    expect("cause" in error).toBe(false);
    expect(caused.cause).toBe(cause);
  });
});

describe("a FunctionError", () => {
  const trace = ["TypeError: kaput", "    at handler (/var/task/index.js:1:7)"];
  const bytes = Buffer.from(JSON.stringify({ errorType: "TypeError", trace }));
  const error = new FunctionError({
    ...facts,
    response: new InvokeFunctionResponse({
      statusCode: 200,
      payloadBytes: bytes,
      log: `ERROR ${trace.join(" ")}`,
    }),
    errorType: "TypeError",
    errorMessage: "kaput",
    trace,
  });

  it.each([{}, { customInspect: false, depth: 5 }])(
    "is printed with the function's trace once: %p",
    (options) => {
      const text = inspect(error, options);

      expect(text.split("/var/task/index.js:1:7")).toHaveLength(2);
      expect(text).not.toContain("response");
    },
  );

  it("has its response, which toJSON includes", () => {
    expect(error.response.statusCode).toBe(200);
    expect(error.response.payload).toMatchObject({ errorType: "TypeError" });
    expect(error.toJSON()).toMatchObject({ response: error.response });
  });
});

describe("isConnectorError", () => {
  it.each<[string, unknown]>([
    ["an error", new Error("no")],
    [
      "an error that looks like one",
      Object.assign(new Error("no"), {
        code: "ERR_SERVICE",
        name: "ServiceError",
      }),
    ],
    ["a string", "ERR_SERVICE"],
    ["null", null],
    ["undefined", undefined],
    [
      "an error that was serialized to JSON",
      JSON.parse(JSON.stringify(ALL[0]?.[2])),
    ],
  ])("returns false for %s", (_, thrown) => {
    const result = isConnectorError(thrown);

    expect(result).toBe(false);
  });

  it("returns true for an error from another copy of the package and from another realm", () => {
    const foreign: unknown = runInNewContext(
      'Object.defineProperty(new Error("no"), Symbol.for("aws-lambda-connector.error"), { value: true })',
    );

    const result = isConnectorError(foreign);

    expect(result).toBe(true);
  });

  it("narrows by code to the class's own fields", () => {
    const descriptions = ALL.map(([, , error]) => describeError(error));

    expect(descriptions).toEqual([
      "0 issues",
      "role undefined",
      "status 500",
      "no answer",
      "timeout after 5",
      "answer 200",
      "issues undefined",
    ]);
  });
});

function describeError(error: AnyConnectorError): string {
  switch (error.code) {
    case "ERR_INVALID_INPUT":
      return `${error.issues.length} issues`;
    case "ERR_CREDENTIALS":
      return `role ${String(error.roleArn)}`;
    case "ERR_SERVICE":
      return `status ${error.httpStatus}`;
    case "ERR_TRANSPORT":
      return "no answer";
    case "ERR_DEADLINE":
      return `${error.reason} after ${String(error.timeoutMs)}`;
    case "ERR_FUNCTION":
      return `answer ${error.response.statusCode}`;
    case "ERR_RESPONSE":
      return `issues ${typeof error.issues}`;
  }
}
