import { OriginAgents } from "../../../gateway/origin/OriginAgents";

describe("OriginAgents", () => {
  it("shares agents between holders with the same certificates until the last has released them", () => {
    const first = OriginAgents.acquire("a");
    const second = OriginAgents.acquire(["a"]);
    const other = OriginAgents.acquire(["a", "b"]);
    const none = OriginAgents.acquire(undefined);
    const agent = first.keepAlive("https:");

    expect(second).toBe(first);
    expect(second.keepAlive("https:")).toBe(agent);
    expect(new Set([first, other, none]).size).toBe(3);
    expect(OriginAgents.size).toBe(3);

    first.release();
    expect(OriginAgents.acquire("a")).toBe(second);
    for (const each of [second, second, other, none]) each.release();
    expect(OriginAgents.size).toBe(0);
    const later = OriginAgents.acquire("a");
    expect(later).not.toBe(first);
    later.release();
  });

  it("creates each agent on first use", () => {
    const agents = OriginAgents.acquire(undefined);
    const all = (["http:", "https:"] as const).flatMap((protocol) => [
      agents.keepAlive(protocol),
      agents.fresh(protocol),
    ]);
    expect(new Set(all).size).toBe(4);
    expect(all.map(({ maxSockets }) => maxSockets)).toEqual(Array(4).fill(256));
    agents.release();
  });
});
