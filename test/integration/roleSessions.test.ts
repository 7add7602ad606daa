import { createConnector, pool, type Connector } from "aws-lambda-connector";
import {
  startLocalAws,
  type LocalAws,
  type LocalAwsOptions,
} from "aws-lambda-connector/local";
import { inspect } from "node:util";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";
import { until } from "../until";
import { Front, Held } from "./front";
import { connectionTo, CUSTOMER, EXTERNAL_ID, trustedRole } from "./world";

const KEY = "acme/prod/trustKey";
const OFFER = `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:offer`;
const NEW_EXTERNAL_ID = "new-external-id";
const ROLES = Array.from({ length: 10 }, (_, number) => `prices-${number}`);

let local: LocalAws;
let connector: Connector;

async function start(options: LocalAwsOptions = {}) {
  local = await startLocalAws({
    parameters: {
      "/acme/prod/trustKey": EXTERNAL_ID,
      ...Object.fromEntries(
        ROLES.map((role) => [`/acme/${role}/trustKey`, EXTERNAL_ID]),
      ),
    },
    accounts: {
      [CUSTOMER]: {
        functions: { offer: (event: unknown) => ({ offered: event }) },
        roles: {
          ...Object.fromEntries(ROLES.map((role) => [role, trustedRole()])),
          prices: trustedRole(),
          rotated: trustedRole(NEW_EXTERNAL_ID),
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

/** How many requests each service received. */
const countRequests = () =>
  (["GetParameter", "AssumeRole", "Invoke"] as const).map(
    (operation) => local.requests.of(operation).length,
  );

describe("a role session", () => {
  it("is requested once for a thousand concurrent calls", async () => {
    await start();

    await Promise.all(Array.from({ length: 1_000 }, () => invoke()));

    expect(countRequests()).toEqual([1, 1, 1_000]);
  });

  it("is requested once for each of ten roles with ten external IDs, by 200 concurrent calls", async () => {
    await start();

    await Promise.all(
      Array.from({ length: 20 }, () => ROLES)
        .flat()
        .map((role) => invoke(role, `acme/${role}/trustKey`)),
    );

    expect(countRequests()).toEqual([10, 10, 200]);
  });

  it("is shared by connectors with the same credentials and different socket options", async () => {
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

    expect(countRequests()).toEqual([1, 1, 2]);
  });

  it("is renewed three times in the background while calls use the previous session", async () => {
    // The SDK's STS client signs by the real clock: AWS accepts a difference of up to 15 minutes.
    const clock = new FakeClock({ startsAt: Date.now() });
    await start({ sessionSeconds: 200, clock: () => clock.now() });
    let renewal = new Held(() => false);
    const front = await Front.open(local.endpoint, {
      before: (request) => renewal.before(request),
    });
    const endpoint = {
      lambda: local.endpoint,
      ssm: local.endpoint,
      sts: front.endpoint,
    };
    connector = createConnector(
      { ...connectionTo(local), endpoint },
      { clock },
    );
    const session = async () => {
      await invoke();
      return local.requests.of("Invoke").at(-1)?.accessKeyId;
    };
    const usedOldSession: unknown[] = [];

    const sessions = [await session()];
    for (let renewals = 1; renewals <= 3; renewals++) {
      renewal = new Held((request) => request.includes("Action=AssumeRole"));
      clock.pass(155_000);
      for (let call = 0; call < 10; call++) {
        usedOldSession.push((await session()) === sessions.at(-1));
        clock.pass(1_000);
      }
      await until(() => renewal.count === 1);
      renewal.release();
      let next = sessions.at(-1);
      while (next === sessions.at(-1)) next = await session();
      sessions.push(next);
    }

    expect(usedOldSession).toEqual(Array.from({ length: 30 }, () => true));
    expect(new Set(sessions).size).toBe(4);
    expect(local.requests.of("AssumeRole")).toHaveLength(4);
    await front.close();
  });
});

describe("an external ID", () => {
  it("is read again when a role refuses the cached one, and the call succeeds", async () => {
    await start();
    await invoke();
    local.putParameter("/acme/prod/trustKey", NEW_EXTERNAL_ID);
    local.requests.clear();

    const { payload } = await invoke("rotated");

    expect(payload).toEqual({ offered: { sku: "A-17" } });
    expect(countRequests()).toEqual([1, 2, 1]);
  });

  it("is read again only once when it stays wrong, and the error names only its key", async () => {
    await start();
    await invoke();
    local.requests.clear();

    const error = await catchError(invoke("rotated"));

    expect(countRequests()).toEqual([1, 1, 0]);
    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      execution: "did-not-run",
      roleArn: `arn:aws:iam::${CUSTOMER}:role/rotated`,
    });
    expect(error.message).toContain(`parameter ${KEY}`);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(
      EXTERNAL_ID,
    );
  });
});
