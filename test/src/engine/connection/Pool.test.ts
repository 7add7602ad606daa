import { ListFunctions } from "../../../../operations";
import { createConnector, type Connection } from "../../../../src";
import { Pool, poolFor, pool } from "../../../../src/engine/connection/Pool";
import { readConnection } from "../../../../src/engine/connection/Settings";
import { EXTERNAL_ID, parameter, ROLE, session } from "../../../answers";
import { connection } from "../../../connection";
import { FakeAws } from "../../../FakeAws";
import { FakeClock } from "../../../FakeClock";

const settingsOf = (given: Connection) => readConnection(given, "Test");
const other = { ...connection, region: "us-east-1" };

describe("Pool", () => {
  it("gives equal connections the same, and different ones their own", () => {
    const mine = new Pool({ transport: new FakeAws() });

    const first = mine.for(settingsOf(connection));

    expect(mine.for(settingsOf({ ...connection }))).toBe(first);
    expect(mine.for(settingsOf(other))).not.toBe(first);
    expect(mine.inspect().connections).toBe(2);
  });

  it("is one for everything without seams, and one for each transport", () => {
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

  it("is one for each clock where there is no transport", () => {
    const clock = new FakeClock();

    const pools = [poolFor({ clock }), poolFor({ clock })];

    expect(pools[0]).toBe(pools[1]);
    expect(pools[0]).not.toBe(pool);
  });

  it("can be looked into: connections, sessions, sockets", async () => {
    const aws = new FakeAws().answers(parameter(EXTERNAL_ID), session(), {
      body: "1",
    });
    const inspect = () => ({ open: 3, idle: 2, waiting: 1 });
    const seams = {
      transport: Object.assign(aws, { inspect }),
      clock: new FakeClock(),
    };
    const connector = createConnector(connection, seams);

    await connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: ROLE,
      externalIdKey: "key",
    });

    expect(poolFor(seams).inspect()).toEqual({
      connections: 1,
      sessions: 1,
      open: 3,
      idle: 2,
      waiting: 1,
    });
  });

  it("can be emptied: what is kept is forgotten, and connectors go on", async () => {
    const aws = new FakeAws().answers({ body: '{"Functions":[]}' });
    const connector = createConnector(connection, { transport: aws });

    poolFor({ transport: aws }).empty();
    const functions = await connector.listFunctions();

    expect(functions).toEqual([]);
  });

  it("opens no socket before something is sent", () => {
    const mine = new Pool();

    mine.for(settingsOf(connection));

    expect(mine.inspect()).toEqual({
      connections: 1,
      sessions: 0,
      open: 0,
      idle: 0,
      waiting: 0,
    });
  });

  it("lets go of a connection with the last connector that is closed", () => {
    const seams = { transport: new FakeAws() };
    const [first, second] = [
      createConnector(connection, seams),
      createConnector({ ...connection }, seams),
    ];
    const held = () => poolFor(seams).inspect().connections;

    first.close();
    first.close();
    const afterFirst = held();
    second.close();

    expect([afterFirst, held()]).toEqual([1, 0]);
  });

  it("forgets what was borrowed with the last connector that is closed", async () => {
    const aws = new FakeAws().answers(parameter(EXTERNAL_ID), session(), {
      body: "1",
    });
    const seams = { transport: aws, clock: new FakeClock() };
    const connector = createConnector(connection, seams);
    await connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: ROLE,
      externalIdKey: "key",
    });
    const before = poolFor(seams).inspect().sessions;

    connector.close();

    expect([before, poolFor(seams).inspect().sessions]).toEqual([1, 0]);
  });

  it("lets go of what an open connector used after it was emptied, too", async () => {
    const seams = {
      transport: new FakeAws().answers({ body: '{"Functions":[]}' }),
    };
    const [first, second] = [
      createConnector(connection, seams),
      createConnector({ ...connection }, seams),
    ];
    const held = () => poolFor(seams).inspect().connections;
    poolFor(seams).empty();
    await first.listFunctions();

    first.close();
    const afterFirst = held();
    second.close();

    expect([afterFirst, held()]).toEqual([1, 0]);
  });

  it("keeps the other connections when one is closed", () => {
    const seams = { transport: new FakeAws() };
    const one = createConnector(connection, seams);
    createConnector(other, seams);

    one.close();

    expect(poolFor(seams).inspect().connections).toBe(1);
  });

  it("keeps 500 connections, and lets go of the one that was unused longest", () => {
    const mine = new Pool({ transport: new FakeAws() });

    for (let sockets = 1; sockets <= 501; sockets++)
      mine.for(settingsOf({ ...connection, maxSockets: sockets }));

    expect(mine.inspect().connections).toBe(500);
  });

  it("shares sessions and clients between operations made one by one", async () => {
    const aws = new FakeAws().answers({ body: '{"Functions":[]}' });
    const seams = { transport: aws };

    await new ListFunctions(connection, seams).execute();
    await new ListFunctions({ ...connection }, seams).execute();

    expect(poolFor(seams).inspect().connections).toBe(1);
  });
});
