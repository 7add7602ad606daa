import { existsSync } from "node:fs";
import { join } from "node:path";
import * as operations from "../operations";
import { BaseOperation } from "../src/engine/operation/BaseOperation";
import { createConnector, isConnectorError } from "../src";
import { connection } from "./connection";
import { FakeAws } from "./FakeAws";

type AnyOperation = BaseOperation<object> & {
  execute(request?: unknown): Promise<unknown>;
};
type AnyClass = new (given: object, hooks: object) => AnyOperation;

const menu = Object.entries(operations as Record<string, unknown>).filter(
  (entry): entry is [string, AnyClass] =>
    typeof entry[1] === "function" &&
    entry[1].prototype instanceof BaseOperation,
);

function open(Operation: AnyClass): { operation: AnyOperation; aws: FakeAws } {
  const aws = new FakeAws();
  return { operation: new Operation(connection, { transport: aws }), aws };
}

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("the operation registry", () => {
  it("has all operations of the first release", () => {
    const names = menu.map(([name]) => name);

    expect(names).toEqual(
      expect.arrayContaining([
        "AssumeRoleInvoke",
        "DeleteFunction",
        "GetDefaultCredentials",
        "GetSessionCredentials",
        "GetStaticCredentials",
        "InvokeFunction",
        "ListFunctions",
        "ValidateCredentials",
      ]),
    );
  });

  it("gives the connector one method per operation and no other", () => {
    const connector = createConnector(connection, { transport: new FakeAws() });

    const methods = menu.map(
      ([name]) => name.charAt(0).toLowerCase() + name.slice(1),
    );
    expect(Object.keys(connector).sort()).toEqual(
      [...methods, "close", "function"].sort(),
    );
  });
});

describe.each(menu)("%s", (name, Operation) => {
  it("has the name of its class", () => {
    const { operation } = open(Operation);

    expect(operation.name).toBe(name);
    expect(Operation.name).toBe(name);
  });

  it("lists the IAM actions that it needs", () => {
    const { operation } = open(Operation);

    for (const permission of operation.permissions)
      expect(permission).toMatch(/^(lambda|sts|ssm):[A-Z]\w+$/);
  });

  it("has a request class that is named after it and exported with it", () => {
    const { operation } = open(Operation);

    expect(operation.request.name).toBe(`${name}Request`);
    expect(operations).toHaveProperty(`${name}Request`, operation.request);
  });

  it("rejects an unknown property before anything is sent", async () => {
    const { operation, aws } = open(Operation);

    const error = await refusalOf(operation.execute({ colour: "blue" }));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      operation: name,
      issues: expect.arrayContaining([
        expect.objectContaining({ path: "colour", rule: "unknown" }),
      ]),
    });
    expect(aws.sent).toEqual([]);
  });

  it.each([
    ["null", null],
    ["a list", [{ functionName: "price" }]],
    ["a text", "price"],
    ["a number", 7],
    ["a date", new Date()],
    ["a Map", new Map([["functionName", "price"]])],
  ])("rejects %s as a request before anything is sent", async (_, request) => {
    const { operation, aws } = open(Operation);

    const error = await refusalOf(operation.execute(request));

    expect(isConnectorError(error)).toBe(true);
    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "", rule: "object" }],
    });
    expect(aws.sent).toEqual([]);
  });

  it("has its own test file", () => {
    const file = join(__dirname, "operations", `${name}.test.ts`);

    expect(existsSync(file)).toBe(true);
  });
});
