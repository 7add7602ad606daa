import { leaseConnector } from "../../../gateway/connectors/leaseConnector";
import type { Connection, Connector } from "../../../src";

/** A function that creates connectors, and what it has created and closed. */
function observe() {
  const created: string[] = [];
  const closed: string[] = [];
  const connect = ({ region = "" }: Connection): Connector => {
    created.push(region);
    return { close: () => closed.push(region) } as unknown as Connector;
  };
  const lease = (region: string, shared?: object) =>
    leaseConnector({
      shared,
      settings: [region],
      toConnection: () => ({ region }),
      connect,
    });
  return { created, closed, lease };
}

describe("leaseConnector", () => {
  it("returns the same connector for equal connections", () => {
    const { created, lease } = observe();
    const shared = { maxAttempts: 2 };
    const [first, second] = [lease("a", shared), lease("a", shared)];
    expect(first.connector).toBe(second.connector);
    expect(created).toEqual(["a"]);
    first.release();
    second.release();
  });

  it("returns different connectors for other settings, other shared options, or another function that creates them", () => {
    const { created, lease } = observe();
    const other = observe();
    const leases = [
      lease("a"),
      lease("b"),
      lease("a", { maxAttempts: 2 }),
      lease("a", { maxAttempts: 2 }),
      other.lease("a"),
    ];
    expect(new Set(leases.map(({ connector }) => connector)).size).toBe(5);
    expect([...created, ...other.created]).toEqual(["a", "b", "a", "a", "a"]);
    for (const { release } of leases) release();
  });

  it("closes a connector when its last user has released it, once", () => {
    const { closed, created, lease } = observe();
    const [first, second] = [lease("a"), lease("a")];
    first.release();
    first.release();
    expect(closed).toEqual([]);
    second.release();
    expect(closed).toEqual(["a"]);
    lease("a").release();
    expect(created).toEqual(["a", "a"]);
  });
});
