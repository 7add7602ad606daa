import { ListFunctions } from "../../../../operations";
import { createConnector, type Connection } from "../../../../src";
import { sendChainRequest } from "../../../../src/engine/actions/sendChainRequest";
import { Pool } from "../../../../src/engine/connection/Pool";
import { pool, poolFor } from "../../../../src/engine/operation/pools";
import { readConnection } from "../../../../src/engine/settings/Settings";
import {
  EXTERNAL_ID,
  parameterResponse,
  ROLE,
  sessionResponse,
} from "../../../awsResponses";
import { connection } from "../../../connection";
import { FakeAws } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";

const settingsOf = (given: Connection) => readConnection(given, "Test");
const other = { ...connection, region: "us-east-1" };

describe("Pool", () => {
  it("shares resources between equal connections only", () => {
    const own = new Pool(sendChainRequest, { transport: new FakeAws() });

    const first = own.for(settingsOf(connection));

    expect(own.for(settingsOf({ ...connection }))).toBe(first);
    expect(own.for(settingsOf(other))).not.toBe(first);
    expect(own.inspect().connections).toBe(2);
  });

  it("is shared by all connections without test hooks, and separate for each transport", () => {
    const [aws, another] = [new FakeAws(), new FakeAws()];

    const pools = [
      {},
      {},
      { transport: aws },
      { transport: aws },
      { transport: another },
    ].map(poolFor);

    expect(pools[0]).toBe(pool);
    expect(pools[1]).toBe(pool);
    expect(pools[2]).toBe(pools[3]);
    expect(pools[4]).not.toBe(pools[2]);
  });

  it("is separate for each clock when there is no transport", () => {
    const clock = new FakeClock();

    const pools = [poolFor({ clock }), poolFor({ clock })];

    expect(pools[0]).toBe(pools[1]);
    expect(pools[0]).not.toBe(pool);
  });

  it("reports the number of connections, sessions and sockets", async () => {
    const aws = new FakeAws().respondWith(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      {
        body: "1",
      },
    );
    const inspect = () => ({ open: 3, idle: 2, waiting: 1 });
    const hooks = {
      transport: Object.assign(aws, { inspect }),
      clock: new FakeClock(),
    };
    const connector = createConnector(connection, hooks);

    await connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: ROLE,
      externalIdKey: "key",
    });

    expect(poolFor(hooks).inspect()).toEqual({
      connections: 1,
      sessions: 1,
      open: 3,
      idle: 2,
      waiting: 1,
    });
  });

  it("keeps connectors usable after empty", async () => {
    const aws = new FakeAws().respondWith({ body: '{"Functions":[]}' });
    const connector = createConnector(connection, { transport: aws });

    poolFor({ transport: aws }).empty();
    const functions = await connector.listFunctions();

    expect(functions).toEqual([]);
  });

  it("opens no socket before the first request", () => {
    const own = new Pool(sendChainRequest);

    own.for(settingsOf(connection));

    expect(own.inspect()).toEqual({
      connections: 1,
      sessions: 0,
      open: 0,
      idle: 0,
      waiting: 0,
    });
  });

  it("releases a connection when its last connector is closed", () => {
    const hooks = { transport: new FakeAws() };
    const [first, second] = [
      createConnector(connection, hooks),
      createConnector({ ...connection }, hooks),
    ];
    const held = () => poolFor(hooks).inspect().connections;

    first.close();
    first.close();
    const afterFirst = held();
    second.close();

    expect([afterFirst, held()]).toEqual([1, 0]);
  });

  it("clears role sessions when the last connector is closed", async () => {
    const aws = new FakeAws().respondWith(
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      {
        body: "1",
      },
    );
    const hooks = { transport: aws, clock: new FakeClock() };
    const connector = createConnector(connection, hooks);
    await connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: ROLE,
      externalIdKey: "key",
    });
    const before = poolFor(hooks).inspect().sessions;

    connector.close();

    expect([before, poolFor(hooks).inspect().sessions]).toEqual([1, 0]);
  });

  it("releases what an open connector used after empty when the last connector is closed", async () => {
    const hooks = {
      transport: new FakeAws().respondWith({ body: '{"Functions":[]}' }),
    };
    const [first, second] = [
      createConnector(connection, hooks),
      createConnector({ ...connection }, hooks),
    ];
    const held = () => poolFor(hooks).inspect().connections;
    poolFor(hooks).empty();
    await first.listFunctions();

    first.close();
    const afterFirst = held();
    second.close();

    expect([afterFirst, held()]).toEqual([1, 0]);
  });

  it("keeps other connections when a connector is closed", () => {
    const hooks = { transport: new FakeAws() };
    const one = createConnector(connection, hooks);
    createConnector(other, hooks);

    one.close();

    expect(poolFor(hooks).inspect().connections).toBe(1);
  });

  it("keeps at most 500 connections", () => {
    const own = new Pool(sendChainRequest, { transport: new FakeAws() });

    for (let sockets = 1; sockets <= 501; sockets++)
      own.for(settingsOf({ ...connection, maxSockets: sockets }));

    expect(own.inspect().connections).toBe(500);
  });

  it("shares resources between operations with equal connections", async () => {
    const aws = new FakeAws().respondWith({ body: '{"Functions":[]}' });
    const hooks = { transport: aws };

    await new ListFunctions(connection, hooks).execute();
    await new ListFunctions({ ...connection }, hooks).execute();

    expect(poolFor(hooks).inspect().connections).toBe(1);
  });
});
