import type { Exchange, Step } from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { RawOrigin, type Script } from "./RawOrigin";
import { fakeTimers, ok, setUp, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await takeDown();
});

const silent = (): undefined => undefined;

/** Keeps the exchanges that it sees. */
function witness(): { seen: Exchange[]; step: Step } {
  const seen: Exchange[] = [];
  return {
    seen,
    step: { name: "witness", request: (exchange) => void seen.push(exchange) },
  };
}

describe.each(hosts)("broken connections under $name", (host) => {
  it("aborts the origin's request when the client disconnects during an upload", async () => {
    const { seen, step } = witness();
    const { wire, origin, faults, served } = await setUp(host, silent, {
      steps: [step],
    });
    wire.send("POST /a", ["Content-Length: 1000"], "some");
    await until(() => origin.connections === 1 && seen.length === 1);
    let hasFired = false;
    seen[0]?.signal.addEventListener("abort", () => (hasFired = true));

    wire.close();

    await origin.untilLeft();
    await until(() => hasFired);
    await until(async () => (await served.connections()) === 0);
    expect(origin.requests).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("aborts the origin's request when the client disconnects before the response", async () => {
    const { seen, step } = witness();
    const { wire, origin, faults } = await setUp(host, silent, {
      steps: [step],
    });
    wire.send("GET /a");
    await origin.untilRequests(1);

    wire.close();

    await origin.untilLeft();
    await until(() => seen[0]?.isDisconnected === true);
    expect(faults).toEqual([]);
  });

  it("aborts the origin's response when the client disconnects during it", async () => {
    const { seen, step } = witness();
    const { wire, origin, faults } = await setUp(
      host,
      "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome",
      { steps: [step] },
    );
    wire.send("GET /a");
    await wire.until("some");

    wire.close();

    await origin.untilLeft();
    await until(() => seen[0]?.isDisconnected === true);
    expect(faults).toEqual([]);
  });

  it("rejects a step's read of the body when the client disconnects", async () => {
    let told: unknown;
    let isReading = false;
    const step: Step = {
      name: "reads",
      request: async ({ request }) => {
        isReading = true;
        await request.body.read(10_000).catch((error: unknown) => {
          told = error;
          throw error;
        });
      },
    };
    const { wire, origin, faults } = await setUp(host, ok(), { steps: [step] });
    wire.send("POST /a", ["Content-Length: 1000"], "some");
    await until(() => isReading);

    wire.close();

    await until(() => told !== undefined);
    expect(origin.requests).toEqual([]);
    expect(faults).toEqual([]);
  });

  it.each([
    ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome"],
    [
      "chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n",
    ],
    [
      "the connection's end",
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nsome",
    ],
  ])(
    "breaks off a response framed by %s that the origin breaks off, and reports it",
    async (_, text) => {
      // Hono's server also logs the error to the console.
      jest.spyOn(console, "error").mockImplementation(() => undefined);
      const { wire, faults } = await setUp(host, (_request, socket) => {
        if (text.includes("close")) {
          socket.write(text);
          // The reset would overtake what has not been read.
          void wire.until("some").then(() => socket.resetAndDestroy());
        } else socket.end(text);
        return undefined;
      });

      wire.send("GET /a");

      await expect(wire.answer()).rejects.toThrow("broken off");
      await until(() => faults.length > 0);
      expect(faults).toMatchObject([{ where: "origin" }]);
    },
  );

  it("returns 502 when the origin breaks off while a step reads its response", async () => {
    const step: Step = {
      name: "reads",
      response: async ({ response }) => {
        await response?.body.read(10_000);
        return undefined;
      },
    };
    const { wire, faults } = await setUp(
      host,
      (_, socket) => {
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome");
        return undefined;
      },
      { steps: [step] },
    );

    wire.send("GET /a");

    const { start, body } = await wire.answer();
    expect([start, body]).toEqual([
      "HTTP/1.1 502 Bad Gateway",
      "Bad Gateway\n",
    ]);
    expect(faults).toMatchObject([{ where: "origin", error: { status: 502 } }]);
  });

  it("returns 502 when the origin refuses connections, and reads the upload", async () => {
    const closed = await RawOrigin.open(silent);
    const origin = closed.url;
    await closed.close();
    const { wire, faults } = await setUp(host, silent, { origin });

    wire.send("POST /a", ["Content-Length: 4"], "body");
    const first = await wire.answer();
    wire.send(
      "POST /a",
      ["Transfer-Encoding: chunked"],
      "4\r\nbody\r\n0\r\n\r\n",
    );

    expect(first.start).toBe("HTTP/1.1 502 Bad Gateway");
    expect((await wire.answer()).start).toBe("HTTP/1.1 502 Bad Gateway");
    expect(faults).toMatchObject([
      {
        where: "origin",
        error: { status: 502, cause: { code: "ECONNREFUSED" } },
      },
      { where: "origin" },
    ]);
  });

  it("returns 502 for a response that is not HTTP, and for an unrequested upgrade", async () => {
    const { wire, faults } = await setUp(host, ({ start }) =>
      start.includes("/b")
        ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
        : "220 mail.test ESMTP\r\n\r\n",
    );

    wire.send("GET /a");
    const first = await wire.answer();
    wire.send("POST /b");

    expect(first.start).toBe("HTTP/1.1 502 Bad Gateway");
    expect((await wire.answer()).start).toBe("HTTP/1.1 502 Bad Gateway");
    expect(faults).toHaveLength(2);
  });

  it("returns 504 when the origin is silent, and closes its connection", async () => {
    const { wire, origin, faults } = await setUp(host, silent, {
      timeoutMs: 30,
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe("HTTP/1.1 504 Gateway Timeout");
    await origin.untilLeft();
    expect(faults).toMatchObject([{ where: "origin", error: { status: 504 } }]);
  });

  it("waits for a client that sends its request for longer than timeoutMs", async () => {
    fakeTimers();
    const { wire, origin } = await setUp(host, ok("b"), {
      requestIdleTimeoutMs: 2 ** 31 - 1,
      timeoutMs: 60_000,
    });

    wire.send("POST /a", ["Content-Length: 4"], "bo");
    await until(() => origin.connections === 1);
    expect(jest.getTimerCount()).toBeGreaterThan(0);
    jest.advanceTimersByTime(150_000);
    wire.write("dy");

    expect((await wire.answer()).body).toBe("b");
  });

  it("forwards a response that the origin sends before it has read the upload", async () => {
    const { wire, origin } = await setUp(host, silent);
    origin.onBytes = (socket) => {
      socket.end(
        "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx",
      );
    };

    wire.send("POST /a", ["Content-Length: 8"], "some");

    const { start, body } = await wire.answer();
    wire.write("more");
    expect([start.slice(0, 12), body]).toEqual(["HTTP/1.1 413", "x"]);
    origin.onBytes = undefined;
    origin.script = () => ok("next");
    wire.send("GET /b");
    expect((await wire.answer()).body).toBe("next");
  });

  describe("when the origin has closed the kept-alive connection", () => {
    const hangUp: Script = (_, socket) => {
      socket.resetAndDestroy();
      return undefined;
    };

    it("retries GET once after the origin closed the kept-alive connection", async () => {
      const { wire, origin, faults } = await setUp(host, ok("b"));
      wire.send("GET /1");
      await wire.answer();
      origin.script = (_, socket) => {
        origin.script = () => ok("again");
        socket.resetAndDestroy();
        return undefined;
      };

      wire.send("GET /2");

      expect((await wire.answer()).body).toBe("again");
      expect(origin.requests).toHaveLength(3);
      expect(faults).toEqual([]);
    });

    it("returns 502 when the retried GET is closed as well", async () => {
      const { wire, origin, faults } = await setUp(host, ok("b"));
      wire.send("GET /1");
      await wire.answer();
      origin.script = hangUp;

      wire.send("GET /2");

      expect((await wire.answer()).start).toBe("HTTP/1.1 502 Bad Gateway");
      expect(origin.requests).toHaveLength(3);
      expect(faults).toHaveLength(1);
    });

    it("never retries POST", async () => {
      const { wire, origin, faults } = await setUp(host, ok("b"));
      wire.send("GET /1");
      await wire.answer();
      origin.script = hangUp;

      wire.send("POST /2", ["Content-Length: 1"], "x");

      expect((await wire.answer()).start).toBe("HTTP/1.1 502 Bad Gateway");
      expect(origin.requests).toHaveLength(2);
      expect(faults).toHaveLength(1);
    });
  });

  it("leaves no connections or listeners after 100 requests, half of them broken off", async () => {
    const {
      wire: first,
      origin,
      served,
    } = await setUp(host, ({ start }) =>
      start.includes("/whole") ? ok("b") : undefined,
    );
    const visit = async (n: number): Promise<void> => {
      const wire = untilAfter(await Wire.open(served.port));
      wire.send(n % 2 ? "GET /whole" : "GET /broken");
      if (n % 2) await wire.answer();
      else await origin.untilRequests(n + 1);
      wire.close();
    };

    for (let n = 0; n < 100; n++) await visit(n);

    first.close();
    await until(async () => (await served.connections()) === 0);
    // One connection is kept, for the next.
    await until(() => origin.sockets.size <= 1);
    const [kept] = origin.sockets;
    expect(kept?.listenerCount("data") ?? 1).toBe(1);
  });
});
