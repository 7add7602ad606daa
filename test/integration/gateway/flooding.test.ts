import {
  bodyMemory,
  createRoute,
  type RouteFailure,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { ok, setUp, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);

const { maxBytes } = bodyMemory.inspect();

afterEach(async () => {
  bodyMemory.configure({ maxBytes });
  await takeDown();
});

/** The hosts that see the connection. */
const nodeHosts = hosts.filter(({ name }) => name !== "Fetch");

const reader: Step = {
  name: "reader",
  request: async ({ request }) => {
    await request.body.read(1_000_000);
  },
};

describe.each(nodeHosts)("a half-closed connection behind $name", (host) => {
  it("counts as a departure, as in Node: the request to the origin ends", async () => {
    const { wire, origin, faults } = await setUp(host, () => undefined);

    wire.send("GET /a");
    await origin.untilRequests(1);
    wire.socket.end();

    await wire.ended();
    await origin.untilLeft();
    expect(faults).toEqual([]);
  });

  it.each<[string, readonly Step[]]>([
    ["a step reads", [reader]],
    ["the origin receives", []],
  ])(
    "releases an upload of which %s only a part, and completes it nowhere",
    async (_, steps) => {
      const { wire, origin } = await setUp(host, ok("fine"), { steps });

      wire.send("POST /a", ["Content-Length: 1000"], "some").socket.end();

      await wire.ended();
      await until(() => bodyMemory.inspect().bytes === 0);
      await origin.untilLeft();
      expect(origin.requests).toEqual([]);
    },
  );
});

describe.each(hosts)("a flood of uploads behind $name", (host) => {
  it("uses no more memory than bodyMemory allows, and gets 200 or 503", async () => {
    const limit = 500_000;
    bodyMemory.configure({ maxBytes: limit });
    const seen: number[] = [];
    const { served } = await setUp(host, ok("fine"), {
      steps: [
        reader,
        {
          name: "watcher",
          done: () => void seen.push(bodyMemory.inspect().bytes),
        },
      ],
    });
    const wires = await Promise.all(
      Array.from({ length: 100 }, async () =>
        untilAfter(await Wire.open(served.port)),
      ),
    );

    for (const wire of wires)
      wire.send("POST /a", ["Content-Length: 20000"], "a".repeat(19_999));
    await until(() => bodyMemory.inspect().bytes > limit - 20_000);
    for (const wire of wires) wire.write("a");
    const answers = await Promise.all(wires.map((wire) => wire.answer()));

    const statuses = answers.map(({ start }) => start.slice(9, 12));
    expect(new Set(statuses)).toEqual(new Set(["200", "503"]));
    await until(() => seen.length === 100);
    expect(Math.max(...seen)).toBeLessThanOrEqual(limit);
    await until(() => bodyMemory.inspect().bytes === 0);
  });
});

describe.each(hosts)(
  "a body that exceeds maxRequestBytes before the handlers of $name",
  (host) => {
    it("receives 413, and no handler receives all of it", async () => {
      const faults: RouteFailure[] = [];
      const route = createRoute({
        maxRequestBytes: 2_000,
        onFault: (fault) => faults.push(fault),
      });
      const served = untilAfter(await host.serveOwn(route));
      const wire = untilAfter(await Wire.open(served.port));

      wire.send(
        "POST /echo",
        ["Content-Type: application/json", "Transfer-Encoding: chunked"],
        `400\r\n"${"x".repeat(1_023)}\r\n`,
      );
      for (let sent = 0; sent < 5; sent++)
        wire.write(`400\r\n${"x".repeat(1_024)}\r\n`);

      expect((await wire.answer()).start).toMatch(/^HTTP\/1.1 413 /);
      await until(() => faults.length > 0);
      expect(faults).toMatchObject([
        { where: "request", error: { status: 413 } },
      ]);
    });
  },
);
