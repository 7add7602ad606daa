import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createRoute,
  toExpress,
  type ExchangeSummary,
  type Step,
} from "aws-lambda-connector/gateway";
import express, { type RequestHandler } from "express";
import { hosts } from "./hosts";
import { ok, setUp, setUpOwn, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(takeDown);

/** A step that collects the summaries. */
function collector(): {
  readonly step: Step;
  readonly all: ExchangeSummary[];
  readonly next: () => Promise<ExchangeSummary>;
} {
  const all: ExchangeSummary[] = [];
  return {
    all,
    step: { name: "log", done: (_, summary) => all.push(summary) },
    next: async () => {
      await until(() => all.length > 0);
      const [first] = all.splice(0, 1);
      if (!first) throw new Error("no summary");
      return first;
    },
  };
}

const milliseconds = expect.any(Number) as number;

describe("the outcome of a response of an Express handler", () => {
  const hang: RequestHandler = (_, res) => void res.write("some");

  it.each<[string, RequestHandler, (wire: Wire, server: Server) => void]>([
    ["failed", (_, res) => void res.destroy(), () => undefined],
    [
      "failed",
      (_, res, next) => {
        res.write("some");
        next(new Error("late"));
      },
      () => undefined,
    ],
    [
      "failed",
      hang,
      (_, server) => {
        server.closeAllConnections();
      },
    ],
    [
      "disconnected",
      hang,
      (wire) => {
        wire.close();
      },
    ],
    ["disconnected", hang, (wire) => void wire.socket.resetAndDestroy()],
  ])("is %s (%#)", async (outcome, handler, act) => {
    const { step, next } = collector();
    const route = createRoute({ steps: [step] });
    const app = express().set("env", "test").use(toExpress(route), handler);
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    untilAfter({ close: () => void server.close() });
    const { port } = server.address() as AddressInfo;
    const wire = untilAfter(await Wire.open(port));
    wire.send("GET /");
    if (handler === hang) await wire.until("some");
    act(wire, server);
    expect(await next()).toMatchObject({ outcome });
  });
});

describe.each(hosts)("done under $name", (host) => {
  it("reports status, bytes, durations, and what each handler returned", async () => {
    const { step, next } = collector();
    const mark: Step = {
      name: "mark",
      request: () => ({ change: { setHeaders: { "X-Mark": "a" } } }),
      response: () => undefined,
    };
    const { wire } = await setUp(host, ok("response"), { steps: [step, mark] });
    wire.send("POST /", ["Content-Length: 5"], "order");
    await wire.answer();
    expect(await next()).toEqual({
      outcome: "complete",
      status: 200,
      requestBytes: 5,
      responseBytes: 8,
      durationMs: milliseconds,
      headMs: milliseconds,
      originMs: milliseconds,
      failures: [],
      steps: [
        {
          step: "mark",
          phase: "request",
          verdict: "change",
          durationMs: milliseconds,
        },
        {
          step: "mark",
          phase: "response",
          verdict: "continue",
          durationMs: milliseconds,
        },
      ],
    });
  });

  it("reports a refusal by an earlier step, whose handlers did not run", async () => {
    const { step, next } = collector();
    const limit: Step = {
      name: "limit",
      request: () => ({ refuse: { status: 429 } }),
    };
    const { wire } = await setUp(host, ok(), { steps: [limit, step] });
    wire.send("GET /");
    await wire.answer();
    expect(await next()).toMatchObject({
      outcome: "complete",
      status: 429,
      originMs: undefined,
      steps: [{ step: "limit", verdict: "refuse" }],
      failures: [],
    });
  });

  it("reports a failure with the response to it", async () => {
    const { step, next } = collector();
    const error = new Error("broken");
    const broken: Step = {
      name: "broken",
      request: () => {
        throw error;
      },
    };
    const { wire } = await setUp(host, ok(), { steps: [step, broken] });
    wire.send("GET /");
    await wire.answer();
    expect(await next()).toMatchObject({
      outcome: "complete",
      status: 500,
      steps: [{ step: "broken", verdict: "failure" }],
      failures: [{ where: "broken", error }],
    });
  });

  it("reports a response that the origin cuts off as failed", async () => {
    const { step, next } = collector();
    const cut = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart";
    const { wire, origin } = await setUp(host, cut, { steps: [step] });
    wire.send("GET /");
    await wire.until("part");
    for (const socket of origin.sockets) socket.destroy();
    await wire.ended();
    expect(await next()).toMatchObject({
      outcome: "failed",
      status: 200,
      responseBytes: 4,
      failures: [{ where: "origin" }],
    });
  });

  it("reports that the client left while it waited", async () => {
    const { step, next } = collector();
    const { wire, origin } = await setUp(host, () => undefined, {
      steps: [step],
    });
    wire.send("GET /");
    await origin.untilRequests(1);
    wire.close();
    expect(await next()).toMatchObject({
      outcome: "disconnected",
      status: undefined,
      failures: [],
    });
  });

  it("waits for a handler that is still running when the client leaves", async () => {
    const { step, all, next } = collector();
    let finish: (() => void) | undefined;
    let hasLeft = false;
    const slow: Step = {
      name: "slow",
      request: (exchange) => {
        exchange.onDisconnect(() => (hasLeft = true));
        return new Promise((resolve) => {
          finish = () => {
            resolve(undefined);
          };
        });
      },
    };
    const later = jest.fn();
    const { wire } = await setUp(host, ok(), {
      steps: [step, slow, { name: "later", request: later }],
    });
    wire.send("GET /");
    await until(() => finish !== undefined);
    wire.close();
    await until(() => hasLeft);
    expect(all).toEqual([]);
    finish?.();
    expect(await next()).toMatchObject({ outcome: "disconnected" });
    expect(later).not.toHaveBeenCalled();
  });

  it("reports a failing done handler to onFault, and runs the others", async () => {
    const { step, next } = collector();
    const broken: Step = {
      name: "broken log",
      done: () => Promise.reject(new Error("disk full")),
    };
    const { wire, faults } = await setUp(host, ok(), { steps: [broken, step] });
    wire.send("GET /");
    await wire.answer();
    expect((await next()).failures).toEqual([]);
    await until(() => faults.length > 0);
    expect(faults).toMatchObject([{ where: "broken log" }]);
  });

  it("reports the status of the host's next handler", async () => {
    const { step, next } = collector();
    const { wire } = await setUpOwn(host, [step]);
    wire.send("GET /empty");
    await wire.answer();
    expect(await next()).toMatchObject({ outcome: "complete", status: 204 });
  });
});
