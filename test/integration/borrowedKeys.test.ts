import { createConnector, pool, type Connector } from "aws-lambda-connector";
import { startLocalAws, type LocalAws } from "aws-lambda-connector/local";
import { inspect } from "node:util";
import { thrownBy } from "../thrownBy";
import { connectionTo, CUSTOMER, EXTERNAL_ID, trustedRole } from "./world";

const KEY = "acme/prod/trustKey";
const OFFER = `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:offer`;
const LATER_ID = "agreed-on-later";
const TEN = Array.from({ length: 10 }, (_, number) => `prices-${number}`);

let local: LocalAws;
let connector: Connector;

async function start(options: { sessionSeconds?: number } = {}) {
  local = await startLocalAws({
    parameters: {
      "/acme/prod/trustKey": EXTERNAL_ID,
      ...Object.fromEntries(
        TEN.map((role) => [`/acme/${role}/trustKey`, EXTERNAL_ID]),
      ),
    },
    accounts: {
      [CUSTOMER]: {
        functions: { offer: (event: unknown) => ({ offered: event }) },
        roles: {
          ...Object.fromEntries(TEN.map((role) => [role, trustedRole()])),
          prices: trustedRole(),
          later: trustedRole(LATER_ID),
        },
      },
    },
    ...options,
  });
  connector = createConnector(connectionTo(local));
}

afterEach(async () => {
  connector.close();
  pool.empty();
  await local.close();
});

const invoke = (role = "prices", key = KEY) =>
  connector.assumeRoleInvoke({
    functionName: OFFER,
    payload: { sku: "A-17" },
    roleArn: `arn:aws:iam::${CUSTOMER}:role/${role}`,
    externalIdKey: key,
  });

/** How often each service was asked. */
const asked = () =>
  (["GetParameter", "AssumeRole", "Invoke"] as const).map(
    (operation) => local.requests.of(operation).length,
  );

describe("borrowed keys", () => {
  it("are asked for once by a thousand cold calls at once", async () => {
    await start();

    await Promise.all(Array.from({ length: 1_000 }, () => invoke()));

    expect(asked()).toEqual([1, 1, 1_000]);
  });

  it("are asked for once for each of ten roles and ten keys at once", async () => {
    await start();

    await Promise.all(
      Array.from({ length: 20 }, () => TEN)
        .flat()
        .map((role) => invoke(role, `acme/${role}/trustKey`)),
    );

    expect(asked()).toEqual([10, 10, 200]);
  });

  it("are shared by connectors of the same caller, however they reach AWS", async () => {
    await start();
    const other = createConnector({ ...connectionTo(local), maxSockets: 7 });

    await invoke();
    await other.assumeRoleInvoke({
      functionName: OFFER,
      payload: { sku: "A-17" },
      roleArn: `arn:aws:iam::${CUSTOMER}:role/prices`,
      externalIdKey: KEY,
    });
    other.close();

    expect(asked()).toEqual([1, 1, 2]);
  });

  it("of two seconds carry calls without pause over three ends: none fails, and none waits for the renewal", async () => {
    await start({ sessionSeconds: 2 });
    await invoke();
    // Whoever waited for new keys would wait for this.
    local.faults.add({
      kind: "delay",
      operation: "AssumeRole",
      ms: 300,
      times: 100,
    });
    const waits: number[] = [];
    const end = Date.now() + 6_500;

    while (Date.now() < end) {
      const from = performance.now();
      await invoke();
      waits.push(performance.now() - from);
      await new Promise((go) => setTimeout(go, 2));
    }

    const [, sessions = 0] = asked();
    expect(sessions).toBeGreaterThanOrEqual(4);
    expect(Math.max(...waits)).toBeLessThan(290);
  }, 20_000);
});

describe("an external id", () => {
  it("that was replaced is read once more when a role refuses the old one, and the call succeeds", async () => {
    await start();
    await invoke();
    local.putParameter("/acme/prod/trustKey", LATER_ID);
    local.requests.clear();

    const { payload } = await invoke("later");

    expect(payload).toEqual({ offered: { sku: "A-17" } });
    expect(asked()).toEqual([1, 2, 1]);
  });

  it("that is the wrong one is read once more at most, and named by its key alone", async () => {
    await start();
    await invoke();
    local.requests.clear();

    const error = await thrownBy(invoke("later"));

    expect(asked()).toEqual([1, 1, 0]);
    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
      roleArn: `arn:aws:iam::${CUSTOMER}:role/later`,
    });
    expect(error.message).toContain(`parameter ${KEY}`);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(
      EXTERNAL_ID,
    );
  });
});
