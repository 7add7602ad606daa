import { ConnectorCache } from "../../../gateway/gravitee/runtime/ConnectorCache";
import type { Connector } from "../../../src";

const LIMIT = 64;

/** A cache, the regions that it has connected to, and those whose connector it has closed. */
function observedCache() {
  const connected: string[] = [];
  const closed: string[] = [];
  const cache = new ConnectorCache({
    semantics: "v4",
    configuration: { function: "f" },
    connect: ({ region = "" }) => {
      connected.push(region);
      return { close: () => closed.push(region) } as unknown as Connector;
    },
  });
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
});
