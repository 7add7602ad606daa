import { createConnector, type Connector } from "../../../../src";
import { poolFor } from "../../../../src/engine/operation/pools";
import { stsError } from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import { lambdaError } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";
import { FakeRoles } from "../../../FakeRoles";
import {
  INVOKE,
  LIST,
  OPERATIONS,
  ROLE,
  openWithRole,
} from "../../../roleOperations";
import { until } from "../../../until";

const EXPIRED = lambdaError(403, "ExpiredTokenException", "expired");
const MINUTE_MS = 60_000;

describe("a session of the connection's role", () => {
  const RENEWED: readonly [
    string,
    (connector: Connector) => Promise<unknown>,
  ][] = OPERATIONS.filter(([name]) =>
    ["ListFunctions", "InvokeWithResponseStream", "InvokeMany"].includes(name),
  ).map(([name, run]) => [name, run]);

  it.each(RENEWED)(
    "of %s is replaced after each of three expiries",
    async (_, run) => {
      const { aws, clock, connector } = openWithRole();

      for (let hour = 0; hour < 4; hour++) {
        await run(connector);
        await run(connector);
        clock.pass(60 * MINUTE_MS);
      }

      expect(aws.sessions).toHaveLength(4);
      const used = aws.requests
        .filter(({ action }) => action.startsWith("lambda"))
        .map(({ by }) => by.split("#")[1]);
      expect(used).toEqual(["1", "1", "2", "2", "3", "3", "4", "4"]);
    },
  );

  it.each(RENEWED)(
    "of %s is renewed in the background five minutes before it expires",
    async (_, run) => {
      const { aws, clock, connector } = openWithRole();

      for (let hour = 1; hour < 4; hour++) {
        await run(connector);
        clock.pass(55 * MINUTE_MS);
        await run(connector);
        await until(() => aws.sessions.length === hour + 1);
        await new Promise(setImmediate);
      }
      await run(connector);

      const used = aws.requests
        .filter(({ action }) => action.startsWith("lambda"))
        .map(({ by }) => by.split("#")[1]);
      expect(used).toEqual(["1", "1", "2", "2", "3", "3", "4"]);
    },
  );

  it("is renewed between the pages of a stream", async () => {
    const { aws, clock, connector } = openWithRole();
    let pages = 0;
    aws.reply = ({ action }) =>
      action.startsWith("lambda")
        ? {
            body: JSON.stringify({
              Functions: [{ FunctionName: `f${++pages}` }],
              ...(pages < 4 && { NextMarker: `m${pages}` }),
            }),
          }
        : undefined;

    for await (const fn of connector.listFunctions.stream()) {
      expect(fn.functionName).toBe(`f${pages}`);
      clock.pass(61 * MINUTE_MS);
    }

    expect(aws.log.filter((line) => line.includes("lambda"))).toEqual([
      `lister#1: ${LIST}`,
      `lister#2: ${LIST}?Marker=m1`,
      `lister#3: ${LIST}?Marker=m2`,
      `lister#4: ${LIST}?Marker=m3`,
    ]);
  });

  it("is renewed between the invocations of a batch", async () => {
    const { aws, clock, connector } = openWithRole();
    function* requests() {
      for (let index = 0; index < 3; index++) {
        yield { functionName: "price" };
        clock.pass(61 * MINUTE_MS);
      }
    }

    const outcomes = await connector.invokeMany({
      requests: requests(),
      concurrency: 1,
    });

    expect(outcomes.every(({ response }) => response)).toBe(true);
    expect(aws.sessions).toHaveLength(3);
  });

  it.each(OPERATIONS)(
    "is replaced once, and %s sent again, when AWS reports that it has expired",
    async (_, run, action) => {
      const { aws, connector } = openWithRole();
      const code = action.startsWith("lambda")
        ? EXPIRED
        : stsError(403, "ExpiredToken", "");
      const ssm = {
        status: 400,
        body: '{"__type":"ExpiredTokenException","message":"expired"}',
      };
      aws.reply = ({ by }) =>
        by === "lister#1" ? (action.startsWith("ssm") ? ssm : code) : undefined;

      await run(connector);

      expect(aws.log.filter((line) => line.endsWith(action))).toEqual([
        `lister#1: ${action}`,
        `lister#2: ${action}`,
      ]);
    },
  );

  it("is replaced once for a thousand calls that AWS rejects", async () => {
    const { aws, connector } = openWithRole();
    await connector.listFunctions();
    aws.reply = ({ by }) => (by === "lister#1" ? EXPIRED : undefined);

    await Promise.all(
      Array.from({ length: 1_000 }, () => connector.listFunctions()),
    );

    expect(aws.sessions).toHaveLength(2);
  });

  it("is not replaced twice by one call, and never by the caller's own credentials", async () => {
    const { aws, connector } = openWithRole();
    aws.reply = ({ action }) =>
      action.startsWith("lambda") ? EXPIRED : undefined;

    const error = await catchError(
      connector.invokeFunction({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ExpiredTokenException",
      execution: "did-not-run",
    });
    expect(aws.log).toEqual([
      "caller: ssm GetParameter",
      "caller: sts AssumeRole",
      `lister#1: ${INVOKE}`,
      "caller: sts AssumeRole",
      `lister#2: ${INVOKE}`,
    ]);
  });

  it("does not lead to a second invocation when the first may have run", async () => {
    const { aws, connector } = openWithRole();
    aws.reply = ({ action }) =>
      action === INVOKE ? { fails: "ECONNRESET", sent: true } : undefined;

    const error = await catchError(
      connector.invokeFunction({ functionName: "price" }),
    );

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "may-have-run",
    });
    expect(aws.count("lambda")).toBe(1);
  });

  it("is separate for other credentials, and for another role", async () => {
    const clock = new FakeClock();
    const aws = new FakeRoles(clock);
    aws.externalId = undefined;
    const hooks = { transport: aws, clock };
    const list = (other: object) =>
      createConnector(
        { ...connection, role: { roleArn: ROLE }, ...other },
        hooks,
      ).listFunctions();

    await list({});
    await list({ maxSockets: 7 });
    await list({ role: { roleArn: ROLE, roleSessionName: "other" } });
    await list({
      credentials: { ...connection.credentials, secretAccessKey: "other" },
    });

    expect(aws.sessions.map(({ id }) => id)).toEqual([
      "lister#1",
      "lister#2",
      "lister#3",
    ]);
    expect(poolFor(hooks).inspect().connections).toBe(4);
  });

  it("is released when the last connector is closed", async () => {
    const { aws, connector, hooks } = openWithRole();
    await connector.listFunctions();

    connector.close();
    const error = await catchError(connector.listFunctions());

    expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
    expect(poolFor(hooks).inspect().sessions).toBe(0);
    expect(aws.count("lambda")).toBe(1);
  });
});

describe("the external ID of the connection's role", () => {
  it.each(
    OPERATIONS.filter(([name]) =>
      ["ListFunctions", "InvokeWithResponseStream", "InvokeMany"].includes(
        name,
      ),
    ),
  )(
    "is read again by %s when the role rejects the cached one",
    async (_, run, action) => {
      const { aws, clock, connector } = openWithRole();
      await connector.validateCredentials();
      aws.externalId = "the-new-one";
      clock.pass(MINUTE_MS);

      await run(connector);

      expect(aws.log.slice(3)).toEqual([
        "caller: sts AssumeRole",
        "caller: ssm GetParameter",
        "caller: sts AssumeRole",
        `lister#2: ${action}`,
      ]);
    },
  );
});
