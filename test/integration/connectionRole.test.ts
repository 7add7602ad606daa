import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CheckVerdict,
  createConnector,
  pool,
  type Connection,
  type Connector,
  type InvokeFunctionRequest,
} from "aws-lambda-connector";
import { startLocalAws, type LocalAws } from "aws-lambda-connector/local";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import { connectionTo, EXTERNAL_ID } from "./world";

/** The accounts between the caller's and the customer's, and the customer's. */
const HUB = "333344445555";
const CUSTOMER = "222233334444";
const KEY = "acme/prod/trustKey";
const role = (account: string, name: string) =>
  `arn:aws:iam::${account}:role/${name}`;

const statement = (fields: object) => ({
  Version: "2012-10-17" as const,
  Statement: [{ Effect: "Allow" as const, ...fields }],
});

/** A role that trusts a principal on the external ID. It has more permissions than any operation needs. */
const trusting = (principal: string) => ({
  trust: statement({
    Principal: { AWS: principal },
    Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
    Condition: { StringEquals: { "sts:ExternalId": EXTERNAL_ID } },
  }),
  permissions: [
    statement({ Action: ["lambda:*", "sts:*", "ssm:*"], Resource: "*" }),
  ],
});

/** Long enough for every test. */
const SESSION_SECONDS = 200;

let clock: FakeClock;
let local: LocalAws;
let connector: Connector;

beforeEach(async () => {
  // The SDK's clients sign by the real clock: AWS accepts a difference of up to 15 minutes.
  clock = new FakeClock({ startsAt: Date.now() });
  local = await startLocalAws({
    clock: () => clock.now(),
    sessionSeconds: SESSION_SECONDS,
    functions: { price: () => "the caller's own function" },
    parameters: { [`/${KEY}`]: EXTERNAL_ID },
    accounts: {
      [HUB]: {
        parameters: { [`/${KEY}`]: EXTERNAL_ID },
        roles: { hub: trusting("111122223333"), next: trusting(HUB) },
      },
      [CUSTOMER]: {
        functions: {
          price: (event: unknown) => ({ priced: event }),
          tax: () => 7,
          report: async function* () {
            yield "one ";
            await Promise.resolve();
            yield "two";
          },
          ...Object.fromEntries(
            Array.from({ length: 120 }, (_, index) => [`f${index}`, () => 0]),
          ),
        },
        roles: {
          direct: trusting("111122223333"),
          fromHub: trusting(role(HUB, "hub")),
          fromNext: trusting(role(HUB, "next")),
        },
      },
    },
  });
});

afterEach(async () => {
  connector.close();
  pool.empty();
  await local.close();
});

function connect(
  roles: NonNullable<Connection["role"]>,
  other: Partial<Connection> = {},
): void {
  connector = createConnector({
    ...connectionTo(local),
    ...other,
    role: roles,
  });
}

const DIRECT = { roleArn: role(CUSTOMER, "direct"), externalIdKey: KEY };

/** How many requests each action received. */
const countRequests = () =>
  (["GetParameter", "AssumeRole"] as const).map(
    (operation) => local.requests.of(operation).length,
  );

describe.each<[string, NonNullable<Connection["role"]>, number]>([
  ["a role in another account", DIRECT, 1],
  [
    "a chain of two roles in two accounts",
    [
      { roleArn: role(HUB, "hub"), externalIdKey: KEY },
      { roleArn: role(CUSTOMER, "fromHub"), externalIdKey: KEY },
    ],
    2,
  ],
  [
    "a chain of three roles",
    [
      { roleArn: role(HUB, "hub"), externalIdKey: KEY, sourceIdentity: "anna" },
      { roleArn: role(HUB, "next"), externalIdKey: KEY },
      {
        roleArn: role(CUSTOMER, "fromNext"),
        externalId: EXTERNAL_ID,
        tags: [{ key: "shop", value: "Köln" }],
      },
    ],
    3,
  ],
])("under %s", (_, roles, length) => {
  beforeEach(() => {
    connect(roles);
  });

  it("lists all functions of that account, page by page", async () => {
    const names: string[] = [];
    for await (const fn of connector.listFunctions.stream())
      names.push(fn.functionName);

    expect(names).toHaveLength(123);
    expect(local.requests.of("ListFunctions")).toHaveLength(3);
    expect(countRequests()).toEqual([1, length]);
  });

  it("invokes a function of that account by its name", async () => {
    const { payload } = await connector.invokeFunction({
      functionName: "price",
      payload: { sku: "A-17" },
    });

    expect(payload).toEqual({ priced: { sku: "A-17" } });
  });

  it("invokes a typed function", async () => {
    const price = connector.function("price");

    expect(await price({ sku: "A-17" })).toEqual({ priced: { sku: "A-17" } });
  });

  it("streams a response", async () => {
    const response = await connector.invokeWithResponseStream({
      functionName: "report",
    });

    expect(await response.text()).toBe("one two");
  });

  it("invokes a function a thousand times with one session", async () => {
    const requests = Array.from({ length: 1_000 }, (_each, index) => ({
      functionName: "price",
      payload: index,
    }));

    const outcomes = await connector.invokeMany({ requests });

    expect(
      outcomes.every(
        ({ index, response }) =>
          (response?.payload as { priced: number }).priced === index,
      ),
    ).toBe(true);
    expect(countRequests()).toEqual([1, length]);
  });

  it("deletes a function of that account, not the caller's own", async () => {
    expect(await connector.deleteFunction({ functionName: "price" })).toBe(
      true,
    );
    expect(await connector.deleteFunction({ functionName: "price" })).toBe(
      false,
    );

    const own = createConnector(connectionTo(local));
    const { payload } = await own.invokeFunction({ functionName: "price" });
    own.close();
    expect(payload).toBe("the caller's own function");
  });

  it("stores an external ID in that account", async () => {
    const { version } = await connector.putExternalId({
      externalIdKey: "acme/new",
    });

    expect(version).toBe(1);
    expect(
      await catchError(connector.putExternalId({ externalIdKey: "acme/new" })),
    ).toMatchObject({ serviceCode: "ParameterAlreadyExists" });
  });

  it("validates the credentials of the session", async () => {
    expect(await connector.validateCredentials()).toBe(true);
    expect(local.requests.of("GetCallerIdentity").at(-1)?.accountId).toBe(
      CUSTOMER,
    );
  });
});

describe("AssumeRoleInvoke and CheckAssumeRole under a role", () => {
  const request = {
    functionName: `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:price`,
    roleArn: role(CUSTOMER, "fromHub"),
    externalIdKey: KEY,
    payload: 1,
  };

  beforeEach(() => {
    connect({ roleArn: role(HUB, "hub"), externalIdKey: KEY });
  });

  it("assume the request's role with the session, which reads the parameter in its account", async () => {
    const { payload } = await connector.assumeRoleInvoke(request);

    expect(payload).toEqual({ priced: 1 });
    const readers = local.requests
      .of("GetParameter")
      .map(({ accountId }) => accountId);
    expect(readers).toEqual(["111122223333", HUB]);
  });

  it("find the role set up correctly", async () => {
    const report = await connector.checkAssumeRole(request);

    expect(report.checks[0]?.message).toContain("assumed-role/hub/");
    expect(
      report.checks.filter(({ verdict }) => verdict === CheckVerdict.Failed),
    ).toEqual([]);
  });
});

describe("a session under a role", () => {
  it("allows nothing that the operation does not need", async () => {
    connect({
      ...DIRECT,
      sessionPolicy: statement({
        Action: "lambda:InvokeFunction",
        Resource: `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:tax`,
      }),
    });

    const error = await catchError(connector.listFunctions());
    const { payload } = await connector.invokeFunction({ functionName: "tax" });

    expect(payload).toBe(7);
    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "AccessDeniedException",
    });
    expect(error.message).toContain(
      "Allow lambda:ListFunctions in role.sessionPolicy of the connection, or omit it.",
    );
  });

  it("is assumed in the connection's region, and used in that region", async () => {
    connect(
      { roleArn: DIRECT.roleArn, externalId: EXTERNAL_ID },
      { region: "us-west-2" },
    );

    expect(await connector.listFunctions()).toEqual([]);
    expect(await connector.validateCredentials()).toBe(true);
  });

  it("is replaced after each of three expiries", async () => {
    connector = createConnector(
      { ...connectionTo(local), role: DIRECT },
      { clock },
    );

    for (let round = 0; round < 4; round++) {
      await connector.listFunctions({ limit: 1 });
      await connector.listFunctions({ limit: 1 });
      clock.pass(SESSION_SECONDS * 1_000);
    }

    expect(local.requests.of("AssumeRole")).toHaveLength(4);
    const used = local.requests
      .of("ListFunctions")
      .map(({ accessKeyId }) => accessKeyId);
    expect(new Set(used).size).toBe(4);
  });

  it.each<[string, () => Promise<unknown>, "ListFunctions" | "Invoke"]>([
    ["a list", () => connector.listFunctions({ limit: 1 }), "ListFunctions"],
    [
      "a batch",
      () => connector.invokeMany({ requests: [{ functionName: "tax" }] }),
      "Invoke",
    ],
  ])(
    "is replaced once during %s when AWS reports that it has expired",
    async (_, run, operation) => {
      connect(DIRECT);
      await run();
      local.faults.add({ kind: "expired-token", operation, times: 1 });

      await run();

      expect(local.requests.of(operation)).toHaveLength(3);
      expect(local.requests.of("AssumeRole")).toHaveLength(2);
    },
  );

  it("is not replaced by the caller's own credentials", async () => {
    connect({ roleArn: DIRECT.roleArn, externalId: "wrong" });

    const error = await catchError(
      connector.invokeFunction({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      roleArn: DIRECT.roleArn,
      execution: "did-not-run",
    });
    expect(local.requests.of("Invoke")).toEqual([]);
  });
});

describe("a batch with a resume file under a role", () => {
  it("continues with the session of the role", async () => {
    connect(DIRECT);
    const folder = mkdtempSync(join(tmpdir(), "role-"));
    const resumeFile = join(folder, "run.log");
    const requests = Array.from(
      { length: 20 },
      (
        _each,
        index,
      ): Partial<InvokeFunctionRequest> & {
        functionName: string;
      } => ({ functionName: "price", payload: index }),
    );
    try {
      const seen: number[] = [];
      for await (const { index } of connector.invokeMany.stream({
        requests,
        resumeFile,
        concurrency: 2,
      })) {
        seen.push(index);
        if (seen.length === 5) break;
      }
      const sent = local.requests.of("Invoke").length;

      const all = await connector.invokeMany({ requests, resumeFile });

      expect(all.map(({ response }) => response?.payload)).toEqual(
        requests.map(({ payload }) => ({ priced: payload })),
      );
      expect(sent).toBeLessThan(20);
      expect(local.requests.of("Invoke")).toHaveLength(20);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
