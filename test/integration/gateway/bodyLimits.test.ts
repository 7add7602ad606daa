import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createRoute,
  toExpress,
  toNode,
  type ExchangeSummary,
  type RouteFailure,
  type RouteOptions,
  type Step,
} from "aws-lambda-connector/gateway";
import express, { type RequestHandler } from "express";
import { fakeTimers, takeDown, untilAfter } from "./setting";
import { Wire } from "./Wire";

afterEach(async () => {
  jest.useRealTimers();
  await takeDown();
});

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

const CHUNKED =
  "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
const CHUNK = `400\r\n${"x".repeat(1_024)}\r\n`;
const PARTIAL =
  'POST / HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":';

/** A gateway before the handlers, in a server of `node:http` if there is one listener, else in an Express application. */
async function serve(
  handlers: RequestListener | readonly RequestHandler[],
  {
    before = [],
    ...options
  }: RouteOptions & { readonly before?: readonly RequestHandler[] } = {},
) {
  const faults: RouteFailure[] = [];
  const summaries: ExchangeSummary[] = [];
  const watcher: Step = {
    name: "watcher",
    done: (_, summary) => {
      summaries.push(summary);
    },
  };
  const route = createRoute({
    maxRequestBytes: 2_000,
    onFault: (fault) => faults.push(fault),
    ...options,
    steps: [watcher, ...(options.steps ?? [])],
  });
  const listener =
    typeof handlers === "function"
      ? toNode(route, handlers)
      : express().use(...before, toExpress(route), ...handlers);
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  untilAfter({ close: () => void server.close() });
  const { port } = server.address() as AddressInfo;
  const wire = untilAfter(await Wire.open(port));
  return { wire, faults, summaries };
}

/** Counts what a reader receives, and responds at the end or with the error. */
function createReader() {
  const seen = { calls: 0, bytes: 0, errors: 0, bytesAfterError: 0, ends: 0 };
  const read: RequestListener = (req, res) => {
    seen.calls++;
    req.on("data", (chunk: Buffer) => {
      if (seen.errors > 0) seen.bytesAfterError += chunk.length;
      seen.bytes += chunk.length;
    });
    req.on("end", () => {
      seen.ends++;
      res.writeHead(200).end("complete");
    });
    req.on("error", () => {
      seen.errors++;
      res.writeHead(422).end("own");
    });
  };
  return { seen, read };
}

const parsers: [string, readonly RequestHandler[]][] = [
  ["express.json()", [express.json({ limit: "100mb" })]],
  ["express.raw()", [express.raw({ type: () => true, limit: "100mb" })]],
  [
    "a handler that passes the error to Express",
    [(req, _, next) => void req.resume().once("error", next)],
  ],
];

const own: RequestHandler = (_, res) => void res.send("own");

describe("a request body that exceeds maxRequestBytes", () => {
  it.each(["node:http", "Express"])(
    "delivers neither data nor the end after the error, with %s",
    async (host) => {
      const { seen, read } = createReader();
      const { wire, faults } = await serve(
        host === "Express" ? [read as never] : read,
      );

      wire.write(CHUNKED);
      while (seen.calls === 0) await turn();
      for (let sent = 0; sent < 5; sent++) {
        wire.write(CHUNK);
        await turn();
      }
      wire.write("0\r\n\r\n");

      const { start, body } = await wire.answer();
      await wire.ended();
      expect([start.slice(9, 12), body]).toEqual(["422", "own"]);
      expect(seen).toMatchObject({ errors: 1, bytesAfterError: 0, ends: 0 });
      expect(seen.bytes).toBeLessThanOrEqual(2_000);
      expect(faults).toMatchObject([
        { where: "request", error: { status: 413 } },
      ]);
    },
  );

  it.each(parsers)(
    "receives 413 from the gateway although %s waits for its end",
    async (_, handlers) => {
      const { wire, faults, summaries } = await serve([...handlers, own]);

      wire.write(CHUNKED);
      for (let sent = 0; sent < 5; sent++) {
        await turn();
        wire.write(CHUNK);
      }

      expect((await wire.answer()).start).toBe(
        "HTTP/1.1 413 Payload Too Large",
      );
      await wire.ended();
      expect(faults).toMatchObject([{ where: "request" }]);
      while (summaries.length === 0) await turn();
      expect(summaries).toMatchObject([{ status: 413 }]);
    },
  );

  it("receives 413 while a step waits for the response of express.json()", async () => {
    const { wire } = await serve([express.json({ limit: "100mb" }), own], {
      steps: [{ name: "after", response: () => undefined }],
    });
    wire.write(CHUNKED);
    for (let sent = 0; sent < 5; sent++) {
      await turn();
      wire.write(CHUNK);
    }
    expect((await wire.answer()).start).toBe("HTTP/1.1 413 Payload Too Large");
    await wire.ended();
  });

  it("ignores what a handler writes after the gateway has responded", async () => {
    const written: unknown[] = [];
    let calls = 0;
    const { wire } = await serve((req, res) => {
      calls++;
      req.resume().once("error", () => {
        setTimeout(() => {
          res.setHeader("X-Late", "1");
          res.writeHead(500).end("late", () => written.push("called back"));
        }, 1);
      });
    });
    wire.write(CHUNKED);
    while (calls === 0) await turn();
    wire.write(CHUNK + CHUNK);
    expect((await wire.answer()).start).toBe("HTTP/1.1 413 Payload Too Large");
    while (written.length === 0) await turn();
    expect(wire.received).not.toContain("X-Late");
    expect(written).toEqual(["called back"]);
  });

  it.each<[string, RouteOptions]>([
    ["the host's handler", {}],
    ["the origin", { origin: "http://127.0.0.1:9" }],
  ])(
    "receives 413 before %s is called if it arrives with the head",
    async (_, options) => {
      const handler = jest.fn<undefined, []>();
      const { wire, summaries } = await serve(handler, options);

      wire.write(`${CHUNKED}${CHUNK}${CHUNK}0\r\n\r\n`);

      expect((await wire.answer()).start).toBe(
        "HTTP/1.1 413 Payload Too Large",
      );
      await wire.ended();
      expect(handler).not.toHaveBeenCalled();
      while (summaries.length === 0) await turn();
      expect(summaries).toMatchObject([{ status: 413 }]);
    },
  );

  it("receives 413 if it has arrived before the gateway is called", async () => {
    const { wire } = await serve([own], {
      before: [(_req, _res, next) => void setTimeout(next, 20)],
    });
    wire.write(`${CHUNKED}${CHUNK}${CHUNK}0\r\n\r\n`);
    expect((await wire.answer()).start).toBe("HTTP/1.1 413 Payload Too Large");
  });
});

describe("a request body that stops while the host's handler reads it", () => {
  it.each(parsers)(
    "receives 408 from the gateway although %s waits for its end",
    async (_, handlers) => {
      fakeTimers();
      const { wire, faults } = await serve([...handlers, own]);

      wire.write(PARTIAL);
      for (let passed = 0; passed < 100 && faults.length === 0; passed++) {
        for (let turns = 0; turns < 20; turns++) await turn();
        jest.advanceTimersByTime(1_000);
      }

      expect((await wire.answer()).start).toBe("HTTP/1.1 408 Request Timeout");
      await wire.ended();
      expect(faults).toMatchObject([{ error: { status: 408 } }]);
    },
  );
});

describe("maxRequestBytes behind a body parser", () => {
  const before = [express.json({ limit: "100mb" })];
  const json = JSON.stringify(["x".repeat(3_000)]);

  it("refuses a body by its Content-Length", async () => {
    const { wire } = await serve([own], { before });
    wire.send(
      "POST /",
      ["Content-Type: application/json", `Content-Length: ${json.length}`],
      json,
    );
    expect((await wire.answer()).start).toBe("HTTP/1.1 413 Payload Too Large");
  });

  it("reports a body without a Content-Length as one that it cannot limit", async () => {
    const { wire, faults } = await serve([own], { before });
    wire.write(`${CHUNKED}2\r\n{}\r\n0\r\n\r\n`);
    expect((await wire.answer()).body).toBe("own");
    expect(faults).toMatchObject([
      { where: "request", error: { name: "BodyReadError" } },
    ]);
  });
});
