import {
  concurrency,
  quota,
  shed,
  throttle,
  type LimitStore,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import type { Message } from "./Inbox";
import { ok, setUp, setUpOwn, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(takeDown);

describe.each(hosts)("limits under $name", (host) => {
  it("throttle refuses a client that has used up its tokens, before the origin is called", async () => {
    const step = throttle({ rate: 0.01, burst: 2 });
    const { wire, origin, faults } = await setUp(host, ok("response"), {
      steps: [step],
    });
    for (const status of [200, 200, 429])
      expect(statusOf(await again(wire))).toBe(status);
    const refused = await again(wire);
    expect(Number(retryAfterOf(refused))).toBeGreaterThan(90);
    expect(refused.body).toBe("Too Many Requests\n");
    expect(origin.requests).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  it("throttle waits for a store that responds later", async () => {
    let left = 1;
    const store: LimitStore = {
      charge: async () => {
        await new Promise(setImmediate);
        return { allowed: left-- > 0, retryAfterMs: 1_500 };
      },
    };
    const { wire } = await setUp(host, ok(), {
      steps: [throttle({ rate: 1, burst: 1, store, name: "shared" })],
    });
    expect(statusOf(await again(wire))).toBe(200);
    const refused = await again(wire);
    expect([statusOf(refused), retryAfterOf(refused)]).toEqual([429, "2"]);
  });

  it("quota refuses a client that has used up its requests, also before the host's own handler", async () => {
    const { wire } = await setUpOwn(host, [
      quota({ limit: 1, period: "month" }),
    ]);
    expect(statusOf(await again(wire, "GET /empty"))).toBe(204);
    expect(statusOf(await again(wire, "GET /empty"))).toBe(429);
  });

  it("concurrency lets a request wait until the response before it was sent to its end", async () => {
    const { step: counter, untilArrived } = arrivals();
    const { wire, origin, served } = await setUp(
      host,
      "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npart",
      { steps: [counter, concurrency({ limit: 1, queue: 1 })] },
    );
    const second = untilAfter(await Wire.open(served.port));
    wire.send("GET /first");
    await wire.until("part");
    second.send("GET /second");
    await untilArrived(2);
    const third = untilAfter(await Wire.open(served.port));
    expect(statusOf(await again(third))).toBe(503);
    expect(origin.requests).toHaveLength(1);
    for (const socket of origin.sockets) socket.write("rest");
    await wire.answer();
    await origin.untilRequests(2);
    await second.until("part");
    for (const socket of origin.sockets) socket.write("rest");
    expect(statusOf(await second.answer())).toBe(200);
  });

  it("concurrency gives the place of a client that leaves to the next request", async () => {
    const { step: counter, untilArrived } = arrivals();
    const { wire, origin, served } = await setUp(host, () => undefined, {
      steps: [counter, concurrency({ limit: 1, queue: 2 })],
    });
    wire.send("GET /first");
    await origin.untilRequests(1);
    const second = untilAfter(await Wire.open(served.port));
    second.send("GET /second");
    await untilArrived(2);
    const third = untilAfter(await Wire.open(served.port));
    third.send("GET /third");
    await untilArrived(3);
    second.close();
    await until(async () => (await served.connections()) === 2);
    wire.close();
    await origin.untilRequests(2);
    expect(origin.requests[1]?.start).toContain("/third");
  });

  it("shed refuses requests while too many are in progress, and afterwards none", async () => {
    const { wire, origin, served } = await setUp(host, () => undefined, {
      steps: [shed({ inFlight: 1 })],
    });
    wire.send("GET /first");
    await origin.untilRequests(1);
    const second = untilAfter(await Wire.open(served.port));
    const refused = await again(second, "GET /second");
    expect([statusOf(refused), retryAfterOf(refused)]).toEqual([503, "1"]);
    wire.close();
    origin.script = () => ok();
    await until(async () => statusOf(await again(second)) === 200);
  });
});

/** A step that counts the requests that have arrived. */
function arrivals() {
  let count = 0;
  const step: Step = {
    name: "count",
    request: () => {
      count++;
      return undefined;
    },
  };
  return {
    step,
    untilArrived: async (wanted: number) => {
      await until(() => count >= wanted);
      // The next step has run as well.
      await new Promise(setImmediate);
    },
  };
}

/** Sends another request, and returns its response. */
function again(wire: Wire, line = "GET /"): Promise<Message> {
  wire.send(line);
  return wire.answer();
}

const statusOf = ({ start }: Message): number => Number(start.split(" ")[1]);

const retryAfterOf = ({ lines }: Message): string | undefined =>
  lines
    .map((line) => /^retry-after: (.*)$/i.exec(line)?.[1])
    .find((value) => value !== undefined);
