import { inspect } from "node:util";
import { createConnector } from "aws-lambda-connector";
import {
  LocalAwsError,
  startLocalAws,
  type LocalAws,
} from "aws-lambda-connector/local";

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

describe("users, trustAnchors and profiles of an embedded AWS", () => {
  it.each(["users", "trustAnchors", "profiles"] as const)(
    "throw if a name in %s is unknown, instead of being undefined",
    async (kind) => {
      const empty = await startLocalAws();

      expect(() => empty[kind]["sidecar"]).toThrow(
        new LocalAwsError([`${kind} has no sidecar; there are none`]),
      );
      await empty.close();
    },
  );

  it("suggest the closest name of a misspelled user, and list all", async () => {
    const permissions: [] = [];
    const withUsers = await startLocalAws({
      users: { sidecar: { permissions }, reader: { permissions } },
    });

    expect(() => withUsers.users["sidecra"]).toThrow(
      "users has no sidecra; did you mean sidecar? the names are sidecar, reader",
    );
    expect(withUsers.users["reader"]?.accessKeyId).toMatch(/^AKIA/);
    await withUsers.close();
  });

  it("can be printed, compared, spread, awaited and serialized", async () => {
    const withUser = await startLocalAws({
      users: { ada: { permissions: [] } },
    });
    const { users } = withUser;

    expect(users).toEqual({ ...users });
    expect(users).not.toEqual({ eve: users["ada"] });
    expect(Object.keys(await Promise.resolve(users))).toEqual(["ada"]);
    expect(JSON.parse(JSON.stringify(users))).toEqual(users);
    expect(inspect(users)).toContain("ada");
    expect("eve" in users).toBe(false);
    await withUser.close();
  });
});
