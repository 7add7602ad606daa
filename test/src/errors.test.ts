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

/** One of each. */
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
  it("has a literal name and code, and is an error", () => {
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(ConnectorError);
    expect(isConnectorError(error)).toBe(true);
  });

  it("begins its trace with its name and message, and the trace with its maker", () => {
    const [first, second] = (error.stack ?? "").split("\n");

    expect(first).toBe(`${name}: InvokeFunction: it did not go well.`);
    expect(second).toContain("errors.test.ts");
  });

  it("is printed with its name", () => {
    const texts = [String(error), inspect(error)];

    for (const text of texts)
      expect(text).toContain(`${name}: InvokeFunction: it did not go well.`);
  });

  it("is written as JSON with every field that it has, and no other", () => {
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

  it("has no cause where there is none, and the cause where there is one", () => {
    const cause = new Error("before");
    const Kind = error.constructor as new (given: object) => ConnectorError;

    const caused = new Kind({ ...facts, cause });

    expect("cause" in error).toBe(false);
    expect(caused.cause).toBe(cause);
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
    ["a text", "ERR_SERVICE"],
    ["null", null],
    ["undefined", undefined],
    ["what JSON has made of one", JSON.parse(JSON.stringify(ALL[0]?.[2]))],
  ])("does not take %s for one of the set", (_, thrown) => {
    const judged = isConnectorError(thrown);

    expect(judged).toBe(false);
  });

  it("knows one from another copy of the package, and of another realm", () => {
    const foreign: unknown = runInNewContext(
      'Object.defineProperty(new Error("no"), Symbol.for("aws-lambda-connector.error"), { value: true })',
    );

    const judged = isConnectorError(foreign);

    expect(judged).toBe(true);
  });

  it("narrows by code to the class's own fields", () => {
    const told = ALL.map(([, , error]) => tell(error));

    expect(told).toEqual([
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

function tell(error: AnyConnectorError): string {
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
