import { createConnector } from "aws-lambda-connector";
import { startLocalAws, type LocalAws } from "aws-lambda-connector/local";

const FIXED = { accessKeyId: "test", secretAccessKey: "fixed-secret" };

describe("the credentials of the embedded AWS", () => {
  it("are those of the option", async () => {
    await using local = await startLocalAws({ credentials: FIXED });
    const { endpoint, region } = local;
    const connector = createConnector({ endpoint, region, credentials: FIXED });
    const other = createConnector({
      endpoint,
      region,
      credentials: { ...FIXED, secretAccessKey: "another" },
    });

    expect(local.credentials).toEqual(FIXED);
    expect(await connector.listFunctions()).toEqual([]);
    await expect(other.listFunctions()).rejects.toMatchObject({
      httpStatus: 403,
    });
    connector.close();
    other.close();
  });

  it.each([
    [{ accessKeyId: "test" }, "credentials.secretAccessKey is required"],
    [{ secretAccessKey: "top secret" }, "credentials.accessKeyId is required"],
    [{ ...FIXED, accessKeyId: "a b" }, "credentials.accessKeyId must be"],
    [
      { ...FIXED, secretAccessKey: "top secret" },
      "credentials.secretAccessKey must be",
    ],
    [{ ...FIXED, token: "a" }, "token"],
  ])("must be complete and valid: %j", async (credentials, problem) => {
    const error: unknown = await startLocalAws({
      credentials: credentials as never,
    }).catch((thrown: unknown) => thrown);

    expect(String(error)).toContain(problem);
    expect(String(error)).not.toContain("top secret");
  });
});

describe("an embedded AWS in a block", () => {
  it("is closed at its end", async () => {
    let started: LocalAws | undefined;
    {
      await using local = await startLocalAws();
      started = local;
    }

    await expect(fetch(started.endpoint)).rejects.toThrow();
  });
});

describe("a reset fault without when", () => {
  it("loses the response of a function that ran", async () => {
    await using local = await startLocalAws({ functions: { price: () => 1 } });
    const { endpoint, region, credentials } = local;
    const connector = createConnector({ endpoint, region, credentials });
    local.faults.add({ kind: "reset" });

    await expect(
      connector.invokeFunction({ functionName: "price" }),
    ).rejects.toMatchObject({ execution: "may-have-run" });
    connector.close();
  });
});
