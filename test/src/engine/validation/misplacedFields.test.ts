import { createConnector } from "../../../../src";
import { CONNECTION_RULES } from "../../../../src/engine/settings/connectionRules";
import { CONNECTION_FIELDS } from "../../../../src/engine/validation/misplacedFields";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import { FakeAws } from "../../../FakeAws";

const connector = createConnector(connection, { transport: new FakeAws() });
const request = { functionName: "price" };

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await catchError(work);
  expect(error.code).toBe("ERR_INVALID_INPUT");
  return error.message;
}

describe("a field in the wrong argument", () => {
  it.each<[string, object]>([
    ["timeoutMs", { timeoutMs: 5 }],
    ["signal", { signal: new AbortController().signal }],
  ])("is named: the option %s in the request", async (name, option) => {
    const messages = await Promise.all(
      [
        connector.invokeFunction({ ...request, ...option }),
        connector.deleteFunction({ ...request, ...option }),
        connector.listFunctions(option),
        connector.listFunctions.stream(option).next(),
        connector.invokeWithResponseStream({ ...request, ...option }),
        connector.invokeMany({ requests: [], ...option }),
        connector.assumeRoleInvoke({
          ...request,
          roleArn: "arn:aws:iam::222233334444:role/invoker",
          ...option,
        }),
      ].map(messageOf),
    );

    for (const message of messages)
      expect(message).toContain(
        `: ${name} belongs in the second argument, with the options of the call.`,
      );
  });

  it("is named: a misspelled option in the request", async () => {
    const message = await messageOf(
      connector.invokeFunction({ ...request, timeout: 5 } as never),
    );

    expect(message).toContain(
      "timeout is not a field of this request; timeoutMs belongs in the second argument, with the options of the call.",
    );
  });

  it("is named: a field of the request in the options", async () => {
    const options = { payload: 1, qualifier: "live" } as object;

    expect(await messageOf(connector.invokeFunction(request, options))).toBe(
      "InvokeFunction: payload belongs in the first argument, the request; qualifier belongs in the first argument, the request. The request was not sent.",
    );
    expect(
      await messageOf(
        connector.invokeMany({ requests: [] }, { concurrency: 5 } as object),
      ),
    ).toContain("concurrency belongs in the first argument, the request");
  });

  it("is named: a setting of the connection in the request or the options", async () => {
    const setting = { region: "eu-central-1" } as object;
    const expected =
      "region belongs in the connection, for example in createConnector";

    expect(
      await messageOf(connector.invokeFunction({ ...request, ...setting })),
    ).toContain(expected);
    expect(
      await messageOf(connector.invokeFunction(request, setting)),
    ).toContain(expected);
  });

  it("is named: a role in the request", async () => {
    const role = {
      roleArn: "arn:aws:iam::222233334444:role/invoker",
      externalId: "external-id",
    };
    const expected =
      "roleArn belongs in role of the connection, for example in createConnector({ role: { roleArn } }); externalId belongs in role of the connection, for example in createConnector({ role: { roleArn } }).";

    expect(
      await messageOf(connector.invokeFunction({ ...request, ...role })),
    ).toContain(expected);
    const [outcome] = await connector.invokeMany({
      requests: [{ ...request, ...role }],
    });
    expect(outcome?.error?.message).toContain(expected);
  });

  it("is named: an option or a setting in a contract", async () => {
    const error = await catchError(() =>
      connector.function("price", { timeoutMs: 5, region: "eu-1" } as object),
    );

    expect(error.message).toBe(
      "function: the contract of the function price is not valid; timeoutMs belongs in the second argument of the typed function, with the options of the call; region belongs in the connection, for example in createConnector.",
    );
  });

  it("is recognized for every setting of the connection", () => {
    expect([...CONNECTION_FIELDS].sort()).toEqual(
      Object.keys(CONNECTION_RULES).sort(),
    );
  });
});
