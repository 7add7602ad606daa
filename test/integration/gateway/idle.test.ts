import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  createRoute,
  toFetch,
  toNode,
  type ExchangeSummary,
  type RouteOptions,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { RawOrigin } from "./RawOrigin";
import { fakeTimers, ok, setUp, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await takeDown();
});

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

/** Lets fake time pass in steps, so that what a timer causes happens before the next. */
async function pass(ms: number, until: () => boolean): Promise<void> {
  for (let passed = 0; passed < ms && !until(); passed += 1_000) {
    jest.advanceTimersByTime(1_000);
    for (let turns = 0; turns < 20; turns++) await turn();
  }
}

const reader: Step = {
  name: "reader",
  requestContent: async ({ request }) => {
    await request.body.read(1_000_000);
    return undefined;
  },
};

/** A step that keeps the summaries of exchanges. */
function createWatcher(): Step & { readonly summaries: ExchangeSummary[] } {
  const summaries: ExchangeSummary[] = [];
  return {
    name: "watcher",
    summaries,
    done: (_, summary) => {
      summaries.push(summary);
    },
  };
}

const nodeHosts = hosts.filter(({ name }) => name !== "Fetch");

describe.each(nodeHosts)("a request body that stops, through $name", (host) => {
  it.each<[string, RouteOptions]>([
    ["the origin", {}],
    ["a step", { steps: [reader] }],
  ])(
    "receives 408 while %s reads it, and its connection is closed",
    async (_, options) => {
      fakeTimers();
      const { wire, origin, faults } = await setUp(host, ok(), options);

      wire.write(
        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 9\r\n\r\nsome",
      );
      await pass(100_000, () => faults.length > 0);

      expect((await wire.answer()).start).toBe("HTTP/1.1 408 Request Timeout");
      await wire.ended();
      await origin.untilLeft();
      expect(faults).toMatchObject([{ error: { status: 408 } }]);
    },
  );

  it("is not timed out as long as bytes arrive", async () => {
    fakeTimers();
    const { wire, faults } = await setUp(host, ok("done"));

    wire.write("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\n");
    for (const byte of "12345") {
      await pass(29_000, () => false);
      wire.write(byte);
      await turn();
    }

    expect((await wire.answer()).body).toBe("done");
    expect(faults).toEqual([]);
  });

  it("is refused with 413 by its Content-Length before any step runs", async () => {
    const request = jest.fn();
    const { wire, origin } = await setUp(host, ok(), {
      maxRequestBytes: 4,
      steps: [{ name: "first", request }],
    });

    wire.write(
      "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\n12345",
    );

    expect((await wire.answer()).start).toBe("HTTP/1.1 413 Payload Too Large");
    expect(request).not.toHaveBeenCalled();
    expect(origin.requests).toEqual([]);
  });

  it.each<[string, RouteOptions]>([
    ["the origin", {}],
    ["a step", { steps: [reader] }],
    [
      "a step that continues after failures",
      {
        steps: [
          {
            name: "safe",
            requestContent: async ({ request }) => {
              await request.body.read(1_000_000).catch(() => undefined);
              return undefined;
            },
          },
        ],
      },
    ],
  ])(
    "is refused with 413 when %s has read too much of it",
    async (_, options) => {
      const { wire, origin } = await setUp(host, ok(), {
        ...options,
        maxRequestBytes: 6,
      });

      wire.write(
        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n",
      );
      await turn();
      wire.write("4\r\nmore\r\n0\r\n\r\n");

      expect((await wire.answer()).start).toBe(
        "HTTP/1.1 413 Payload Too Large",
      );
      await origin.untilLeft();
      expect(origin.requests).toEqual([]);
    },
  );

  it("passes with exactly maxRequestBytes", async () => {
    const { wire, origin } = await setUp(host, ok("done"), {
      maxRequestBytes: 4,
    });
    wire.write(
      "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n0\r\n\r\n",
    );
    expect((await wire.answer()).body).toBe("done");
    expect(origin.requests).toHaveLength(1);
  });
});

describe("a client that does not read its response", () => {
  const LENGTH = 64_000_000;

  async function serve(options: RouteOptions): Promise<Wire> {
    const server = createServer(toNode(createRoute(options)));
    server.listen(0, "127.0.0.1");
    await until(() => server.listening);
    untilAfter({ close: () => void server.close() });
    return untilAfter(await Wire.open((server.address() as AddressInfo).port));
  }

  it.each([
    ["streams", undefined],
    ["is one write", Buffer.alloc(LENGTH)],
  ])(
    "loses its connection if the response %s, and the origin's socket is released",
    async (_, body) => {
      fakeTimers();
      const watcher = createWatcher();
      const origin = untilAfter(
        await RawOrigin.open((_request, socket) => {
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${LENGTH}\r\n\r\n`);
          socket.write(Buffer.alloc(LENGTH));
          return undefined;
        }),
      );
      const steps: Step[] = body
        ? [
            watcher,
            {
              name: "bytes",
              request: () => ({ respond: { status: 200, body } }),
            },
          ]
        : [watcher];
      const wire = await serve({ origin: origin.url, steps });
      wire.socket.pause();

      wire.send("GET /");
      for (let turns = 0; turns < 200; turns++) await turn();
      await pass(200_000, () => watcher.summaries.length > 0);

      expect(watcher.summaries).toMatchObject([{ outcome: "disconnected" }]);
      await origin.untilLeft();
    },
  );

  it("keeps its connection while the response is silent", async () => {
    fakeTimers();
    const watcher = createWatcher();
    let stream: Socket | undefined;
    const origin = untilAfter(
      await RawOrigin.open((_, socket) => {
        stream = socket;
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n";
      }),
    );
    const wire = await serve({
      origin: origin.url,
      steps: [watcher],
      timeoutMs: 2_000_000_000,
    });

    wire.send("GET /");
    await wire.until("some");
    await pass(300_000, () => watcher.summaries.length > 0);
    stream?.write("4\r\nmore\r\n0\r\n\r\n");

    expect((await wire.answer()).body).toBe("somemore");
  });
});

describe("a Fetch response that the host never reads", () => {
  it("ends the exchange, and releases the origin's socket", async () => {
    fakeTimers();
    const watcher = createWatcher();
    const origin = untilAfter(
      await RawOrigin.open(
        () => "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome",
      ),
    );
    const route = createRoute({ origin: origin.url, steps: [watcher] });

    const response = await toFetch(route)(new Request("http://a.test/"));
    await pass(100_000, () => watcher.summaries.length > 0);

    expect(watcher.summaries).toMatchObject([{ outcome: "failed" }]);
    await origin.untilLeft();
    await expect(response.text()).rejects.toThrow();
    await route.close();
  });
});
