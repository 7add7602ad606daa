import { ConnectorCache } from "../../../gateway/gravitee/runtime/ConnectorCache";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Connection, Connector } from "../../../src";
import { temporaryFolder } from "../../temporaryFolder";

const LIMIT = 64;

/** A function that creates connectors, and the regions for which it has created and closed them. */
function observeConnect() {
  const connected: string[] = [];
  const closed: string[] = [];
  const connect = ({ region = "" }: Connection): Connector => {
    connected.push(region);
    return { close: () => closed.push(region) } as unknown as Connector;
  };
  return { connect, connected, closed };
}

const cacheWith = (
  connect: (connection: Connection) => Connector,
): ConnectorCache =>
  new ConnectorCache({
    semantics: "v4",
    configuration: { function: "f" },
    connect,
  });

/** A cache, the regions that it has connected to, and those whose connector it has closed. */
function observedCache() {
  const { connect, connected, closed } = observeConnect();
  const cache = cacheWith(connect);
  const get = (region: string): Connector =>
    cache.get({
      strings: { region },
      timeouts: {},
      trustAll: false,
    });
  const regions = Array.from({ length: LIMIT }, (_, n) => `region-${n}`);
  return { cache, get, regions, connected, closed };
}

describe("ConnectorCache", () => {
  it("returns the open connector for the same connection", () => {
    const { get, connected } = observedCache();

    expect(get("region-0")).toBe(get("region-0"));
    expect(connected).toEqual(["region-0"]);
  });

  it("keeps 64 connectors open", () => {
    const { get, regions, connected, closed } = observedCache();

    for (const region of [...regions, ...regions]) get(region);

    expect(connected).toEqual(regions);
    expect(closed).toEqual([]);
  });

  it("closes the least recently used connector when a 65th is opened", () => {
    const { get, regions, connected, closed } = observedCache();
    for (const region of regions) get(region);
    get("region-0");

    get("another");
    expect(closed).toEqual(["region-1"]);
    get("region-0");
    get("region-1");

    expect(connected).toEqual([...regions, "another", "region-1"]);
    expect(closed).toEqual(["region-1", "region-2"]);
  });

  it("closes every connector and opens no other once it is closed", () => {
    const { cache, get, regions, closed } = observedCache();
    for (const region of regions) get(region);

    cache.close();

    expect(closed.sort()).toEqual([...regions].sort());
    expect(() => get("region-0")).toThrow("the policy has been closed");
  });

  it("shares its connectors with other policies, and closes each with the last of them", () => {
    const { connect, connected, closed } = observeConnect();
    const caches = [cacheWith(connect), cacheWith(connect)] as const;
    const [first, second] = caches.map((cache) =>
      cache.get({ strings: { region: "a" }, timeouts: {}, trustAll: false }),
    );

    expect(first).toBe(second);
    caches[0].close();
    expect(closed).toEqual([]);
    caches[1].close();

    expect(connected).toEqual(["a"]);
    expect(closed).toEqual(["a"]);
  });

  it("does not share a connector whose trust store has changed since", () => {
    const { connect, connected } = observeConnect();
    const path = join(temporaryFolder("trust-store"), "ca.pem");
    const strings = {
      region: "a",
      "ssl.trustStoreType": "PEM",
      "ssl.trustStorePath": path,
    };
    const caches = ["old", "new"].map((content) => {
      writeFileSync(path, content);
      const cache = cacheWith(connect);
      cache.get({ strings, timeouts: {}, trustAll: false });
      return cache;
    });

    expect(connected).toEqual(["a", "a"]);
    for (const cache of caches) cache.close();
  });
});
