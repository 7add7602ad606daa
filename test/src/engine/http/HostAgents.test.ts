import { HostAgents } from "../../../../src/engine/http/HostAgents";

const origin = (region: string) => ({
  protocol: "https:" as const,
  hostname: `lambda.${region}.amazonaws.com`,
  port: undefined,
});

const open = () => new HostAgents({ connectTimeoutMs: 1, maxSockets: 1 });

describe("HostAgents", () => {
  it("remembers a limited number of hosts, however many a client names", () => {
    const agents = open();

    for (let n = 0; n < 1_000; n++) agents.get(origin(`eu-central-${n}`));

    expect(agents.hosts().length).toBeLessThanOrEqual(200);
    expect(agents.agents()).toHaveLength(1);
  });

  it("keeps the limit of a host that is in use", () => {
    const agents = open();
    const busy = agents.get(origin("eu-west-1"));
    busy.limit.acquire(() => undefined);

    for (let n = 0; n < 1_000; n++) agents.get(origin(`eu-central-${n}`));

    expect(agents.get(origin("eu-west-1"))).toBe(busy);
  });
});
