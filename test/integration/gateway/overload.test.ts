import { bodyMemory, type Step } from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { fakeTimers, ok, setUp, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

const { maxBytes } = bodyMemory.inspect();

afterEach(async () => {
  jest.useRealTimers();
  bodyMemory.configure({ maxBytes });
  await takeDown();
});

const reader: Step = {
  name: "reader",
  request: async ({ request }) => {
    await request.body.read(1_000_000);
  },
};

describe.each(hosts)("the memory of bodies behind $name", (host) => {
  it("is counted while a step reads, and released however the exchange ends", async () => {
    const { wire, served } = await setUp(host, ok("fine"), { steps: [reader] });

    wire.send("POST /", ["Content-Length: 60000"], "a".repeat(50_000));
    await until(() => bodyMemory.inspect().bytes === 50_000);
    wire.write("b".repeat(10_000));
    await wire.answer();
    await until(() => bodyMemory.inspect().bytes === 0);
    const gone = untilAfter(await Wire.open(served.port));
    gone.send("POST /", ["Content-Length: 60000"], "a".repeat(50_000));
    await until(() => bodyMemory.inspect().bytes === 50_000);
    gone.close();

    await until(() => bodyMemory.inspect().bytes === 0);
  });

  it("is shared, and a request that exceeds it gets 503", async () => {
    bodyMemory.configure({ maxBytes: 100_000 });
    const { wire, served, faults } = await setUp(host, ok("fine"), {
      steps: [reader],
    });
    wire.send("POST /", ["Content-Length: 90000"], "a".repeat(80_000));
    await until(() => bodyMemory.inspect().bytes === 80_000);

    const other = untilAfter(await Wire.open(served.port));
    other.send("POST /", ["Content-Length: 60000"], "b".repeat(60_000));
    const refused = await other.answer();
    await until(() => bodyMemory.inspect().bytes === 80_000);
    wire.write("a".repeat(10_000));
    const accepted = await wire.answer();

    expect(refused.start).toBe("HTTP/1.1 503 Service Unavailable");
    expect(refused.lines).toContainEqual(
      expect.stringMatching(/^retry-after: 1$/i),
    );
    expect(accepted.start).toBe("HTTP/1.1 200 OK");
    expect(faults.map(({ where, error }) => [where, String(error)])).toEqual([
      [
        "reader",
        "BodyMemoryError: the bodies that steps have read would use more than 100,000 bytes together, which is the limit of bodyMemory",
      ],
    ]);
  });
});

// A Fetch handler does not see the connection.
describe.each(hosts.filter(({ name }) => name !== "Fetch"))(
  "the memory of bodies sent in advance behind $name",
  (host) => {
    it("is released when the client leaves", async () => {
      const { wire } = await setUp(host, () => undefined, {
        steps: [reader],
      });

      wire.send("GET /");
      for (let n = 0; n < 3; n++)
        wire.send("POST /", ["Content-Length: 50000"], "a".repeat(50_000));
      await until(() => bodyMemory.inspect().bytes === 150_000);
      wire.close();

      await until(() => bodyMemory.inspect().bytes === 0);
    });
  },
);

const HINT = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";

describe("interim responses behind node:http", () => {
  const [host] = hosts;
  if (!host) throw new Error("no host");

  it("are forwarded up to eight times, and further ones are ignored", async () => {
    const { wire } = await setUp(host, HINT.repeat(20) + ok("fine"));

    wire.send("GET /");
    await wire.until("fine");

    expect(wire.received.split("103 Early Hints")).toHaveLength(9);
  });

  it("are forwarded without headers that frame a body", async () => {
    const { wire } = await setUp(
      host,
      `HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\nTrailer: a\r\nX-Hint: 1\r\n\r\n${ok("fine")}`,
    );

    wire.send("GET /");
    await wire.until("fine");

    const [hint] = wire.received.split("\r\n\r\n");
    expect(hint).toBe("HTTP/1.1 103 Early Hints\r\nX-Hint: 1");
  });

  it("get 502 if there is no end of them, and the origin's connection is closed", async () => {
    const { wire, origin, faults } = await setUp(host, (_, socket) => {
      const next = (): void => {
        while (!socket.destroyed && socket.write(HINT));
        if (!socket.destroyed) socket.once("drain", next);
      };
      next();
      return undefined;
    });

    wire.send("GET /");
    await wire.until("502 Bad Gateway");
    await origin.untilLeft();

    expect(String(faults[0]?.error)).toContain(
      "more than 64 interim (1xx) responses, which is the limit",
    );
  });

  it("are dropped while the client does not read", async () => {
    const { wire } = await setUp(host, HINT.repeat(3) + ok("fine"), {
      steps: [
        {
          name: "full",
          request: ({ native }) => {
            const { socket } = native as { socket: object };
            Object.defineProperty(socket, "writableNeedDrain", {
              get: () => true,
            });
            return undefined;
          },
        },
      ],
    });

    wire.send("GET /");
    await wire.until("fine");

    expect(wire.received).not.toContain("103");
  });
});

describe("the rest of a request after an early response", () => {
  const refusing: Step = {
    name: "refusing",
    request: () => ({ respond: { status: 403 } }),
  };

  it.each(hosts.filter(({ name }) => name !== "Fetch"))(
    "is discarded behind $name if it is short, and the connection can be used again",
    async (host) => {
      const { wire } = await setUp(host, ok("fine"), { steps: [refusing] });

      wire.send("POST /", ["Content-Length: 500000"], "a".repeat(400_000));
      const refused = await wire.answer();
      wire.write("a".repeat(100_000));
      const next = await wire.send("GET /").answer();

      expect([refused.start, next.start]).toEqual([
        "HTTP/1.1 403 Forbidden",
        "HTTP/1.1 403 Forbidden",
      ]);
    },
  );

  it.each(hosts.filter(({ name }) => name !== "Fetch"))(
    "closes the connection behind $name if it has no end",
    async (host) => {
      const { wire } = await setUp(host, ok("fine"), { steps: [refusing] });

      wire.send("POST /", ["Content-Length: 900000000"]);
      const refused = await wire.answer();
      const chunk = Buffer.alloc(65_536, 97);
      const next = (): void => {
        while (!wire.socket.destroyed && wire.socket.write(chunk));
        wire.socket.once("drain", next);
      };
      const closed = new Promise((resolve) =>
        wire.socket.once("close", resolve),
      );
      next();
      await closed;

      expect(refused.start).toBe("HTTP/1.1 403 Forbidden");
      expect(wire.socket.bytesWritten).toBeLessThan(100_000_000);
    },
  );

  it.each(hosts.filter(({ name }) => name !== "Fetch"))(
    "closes the connection behind $name after five seconds if it does not arrive",
    async (host) => {
      fakeTimers();
      const { wire } = await setUp(host, ok("fine"), { steps: [refusing] });

      wire.send("POST /", ["Content-Length: 500000"], "a".repeat(1_000));
      await wire.answer();
      await until(() => jest.getTimerCount() > 0);
      jest.advanceTimersByTime(5_000);

      await wire.ended();
    },
  );
});
