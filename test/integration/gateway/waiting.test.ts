import { readFileSync } from "node:fs";
import { createServer as createHttp, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  Body,
  createRoute,
  GatewayResponse,
  HeaderList,
  toNode,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import {
  fakeSocketTimers,
  fakeTimers,
  ok,
  setUp,
  takeDown,
  until,
  untilAfter,
} from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await takeDown();
});

const HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const piece = (text: string): string =>
  `${text.length.toString(16)}\r\n${text}\r\n`;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  untilAfter({ close: () => void server.close() });
  return (server.address() as AddressInfo).port;
}

describe.each(hosts)("a slow origin behind $name", (host) => {
  it("breaks off and reports a response in which the origin falls silent", async () => {
    // Hono's server also logs the error to the console.
    jest.spyOn(console, "error").mockImplementation(() => undefined);
    // Only the socket's timer runs, not the one that bounds the wait for a head.
    fakeTimers();
    const { wire, origin, faults } = await setUp(
      host,
      () => HEAD + piece("some"),
      { timeoutMs: 60 },
    );

    wire.send("GET /a?key=s3cr3t");

    await wire.ended();
    expect(wire.received).toContain("some");
    await origin.untilLeft();
    await until(() => faults.length > 0);
    expect(faults).toMatchObject([
      {
        where: "origin",
        error: {
          status: 504,
          message: `GET ${origin.url}: no further response data after 60 ms`,
        },
      },
    ]);
  });

  it("returns 504 when the origin falls silent while a step reads the whole response", async () => {
    const step: Step = {
      name: "reads",
      response: async ({ response }) => {
        await response?.body.read(10_000);
        return undefined;
      },
    };
    fakeTimers();
    const { wire, faults } = await setUp(host, () => HEAD + piece("some"), {
      steps: [step],
      timeoutMs: 60,
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe("HTTP/1.1 504 Gateway Timeout");
    expect(faults).toMatchObject([{ where: "origin", error: { status: 504 } }]);
  });

  it("allows a response to take longer than timeoutMs as a whole, but not between two chunks", async () => {
    const timers = fakeSocketTimers(30_000);
    const pieces = ["1", "2", "3", "4", "5", "6", "7", "8"];
    let socket: Socket | undefined;
    const { wire, faults } = await setUp(
      host,
      (_, to) => {
        socket = to;
        return HEAD + piece("0");
      },
      { timeoutMs: 60_000 },
    );

    wire.send("GET /a");
    await wire.until(piece("0"));
    for (const next of pieces) {
      timers.pass();
      socket?.write(piece(next));
      await wire.until(piece(next));
    }
    socket?.write("0\r\n\r\n");

    expect((await wire.answer()).body).toBe("012345678");
    expect(timers.sockets.size).toBe(1);
    expect(faults).toEqual([]);
  });

  it("does not time out an origin because its client reads slowly", async () => {
    const LENGTH = 8_000_000;
    const timers = fakeSocketTimers(30_000);
    let body: Readable | undefined;
    const step: Step = {
      name: "sees",
      response: ({ response }) => {
        body = response?.body.source as Readable;
        return undefined;
      },
    };
    const { wire, faults } = await setUp(host, ok("x".repeat(LENGTH)), {
      steps: [step],
      timeoutMs: 60_000,
    });
    const isHeldUp = (): boolean =>
      body?.readableFlowing === false || Number(body?.readableLength) > 0;

    wire.socket.pause();
    wire.send("GET /a");
    for (let n = 0; n < 100; n++) {
      await until(isHeldUp);
      timers.pass();
    }
    expect(body?.readableEnded).toBe(false);
    wire.socket.resume();

    expect((await wire.answer()).body).toHaveLength(LENGTH);
    expect(faults).toEqual([]);
  });

  it("reports a broken response by method and URL without the query", async () => {
    jest.spyOn(console, "error").mockImplementation(() => undefined);
    const { wire, faults } = await setUp(host, (_, socket) => {
      socket.end(HEAD + piece("some"));
      return undefined;
    });

    wire.send("GET /a?key=s3cr3t");

    await wire.ended();
    await until(() => faults.length > 0);
    expect(faults).toMatchObject([
      {
        error: {
          message:
            "GET http://a.test/a: the origin closed the connection before its response was complete",
        },
      },
    ]);
  });

  it("returns 502 when the origin breaks off before a byte was forwarded", async () => {
    const { wire, faults } = await setUp(
      host,
      (_, socket) => {
        socket.end(HEAD + piece("some"));
        return undefined;
      },
      {
        steps: [
          {
            name: "slow",
            response: async ({ response }) => {
              const body = response?.body.source as Readable;
              await until(() => body.destroyed);
              return undefined;
            },
          },
        ],
      },
    );

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe("HTTP/1.1 502 Bad Gateway");
    expect(faults).toHaveLength(1);
  });
});

// In a Fetch handler, the server decides when the head is sent.
it.each(hosts.filter(({ name }) => name !== "Fetch"))(
  "$name forwards the head before the first byte of the body",
  async (host) => {
    let finishBody: () => void = () => undefined;
    const { wire } = await setUp(host, async (_, socket) => {
      socket.write(HEAD);
      await new Promise<void>((resolve) => (finishBody = resolve));
      return `${piece("late")}0\r\n\r\n`;
    });

    wire.send("GET /a");
    await wire.until("\r\n\r\n");
    finishBody();

    expect((await wire.answer()).body).toBe("late");
  },
);

it("forwards the head of a handler that flushes it, behind a response step", async () => {
  let own: ServerResponse | undefined;
  const handler = toNode(
    createRoute({ steps: [{ name: "a", response: () => undefined }] }),
    (_, res) => {
      own = res;
      res.writeHead(200, { "Content-Type": "text/event-stream" });
      res.flushHeaders();
    },
  );
  const wire = untilAfter(await Wire.open(await listen(createHttp(handler))));

  wire.send("GET /a");
  await wire.until("\r\n\r\n");
  own?.end("data: 1\n\n");

  expect((await wire.answer()).body).toBe("data: 1\n\n");
});

it.each([
  ["bytes", () => new Body(Buffer.from("body"))],
  ["a stream that has begun", () => new Body(Readable.from(["body"]))],
])("writes head and body at once when the body is %s", async (_, body) => {
  const writes: string[] = [];
  const route = createRoute({
    origin: () =>
      Promise.resolve(
        new GatewayResponse({
          status: 200,
          headers: new HeaderList(["Content-Length", "4"]),
          body: body(),
        }),
      ),
  });
  const server = createHttp(toNode(route));
  server.on("connection", (socket) => {
    const write = socket.write.bind(socket) as (chunk: unknown) => boolean;
    socket.write = (chunk: unknown) => {
      writes.push(String(chunk));
      return write(chunk);
    };
  });
  const wire = untilAfter(await Wire.open(await listen(server)));

  wire.send("GET /a");

  expect((await wire.answer()).body).toBe("body");
  expect(writes.filter((text) => text !== "")).toHaveLength(1);
});

describe("a connection to an origin", () => {
  const [node] = hosts;
  if (!node) throw new Error("no host");
  const tls = (name: string): string =>
    readFileSync(join(__dirname, "../../fixtures/tls", name), "utf8");

  it("trusts only the certificates of ca", async () => {
    const port = await listen(
      createHttps(
        { key: tls("key.pem"), cert: tls("cert.pem") },
        (_, res) => void res.end("secure"),
      ),
    );
    const origin = `https://localhost:${port}`;
    const trusting = await setUp(node, "", { origin, ca: tls("cert.pem") });
    const wary = await setUp(node, "", { origin });

    trusting.wire.send("GET /a");
    wary.wire.send("GET /a");

    expect((await trusting.wire.answer()).body).toBe("secure");
    expect((await wary.wire.answer()).start).toContain("502");
    expect(wary.faults).toMatchObject([
      { error: { cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } } },
    ]);
  });

  it("returns 504 when no connection is established within connectTimeoutMs", async () => {
    // It takes the connection, and never says hello.
    const port = await listen(createServer((socket) => void socket.resume()));
    const { wire, faults } = await setUp(node, "", {
      origin: `https://127.0.0.1:${port}`,
      connectTimeoutMs: 50,
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe("HTTP/1.1 504 Gateway Timeout");
    expect(faults).toMatchObject([
      {
        error: {
          message: `GET https://127.0.0.1:${port}: no connection after 50 ms`,
        },
      },
    ]);
  });
});
