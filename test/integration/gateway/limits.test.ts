import {
  bodyMemory,
  concurrency,
  quota,
  shed,
  throttle,
  type LimitStore,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { ok, setUp, setUpOwn, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(takeDown);

const { maxBytes } = bodyMemory.inspect();
afterEach(() => {
  bodyMemory.configure({ maxBytes });
});

describe.each(hosts)("limits under $name", (host) => {
  it("throttle refuses a client that has used up its tokens, before the origin is called", async () => {
    const step = throttle({ rate: 0.01, burst: 2 });
    const { wire, origin, faults } = await setUp(host, ok("response"), {
      steps: [step],
    });
    for (const status of [200, 200, 429]) {
      wire.send("GET /");
      expect(await wire.answer()).toMatchObject({ status });
    }
    const { headers } = await again(wire);
    expect(Number(headers["retry-after"])).toBeGreaterThan(90);
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
    wire.send("GET /");
    expect(await wire.answer()).toMatchObject({ status: 200 });
    expect(await again(wire)).toMatchObject({
      status: 429,
      headers: { "retry-after": "2" },
    });
  });

  it("quota refuses a client that has used up its requests, also before the host's own handler", async () => {
    const { wire } = await setUpOwn(host, [
      quota({ limit: 1, period: "month" }),
    ]);
    wire.send("GET /empty");
    expect(await wire.answer()).toMatchObject({ status: 204 });
    expect(await again(wire, "GET /empty")).toMatchObject({ status: 429 });
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
    expect(await again(third)).toMatchObject({
      start: expect.stringContaining(" 503") as string,
    });
    expect(origin.requests).toHaveLength(1);
    for (const socket of origin.sockets) socket.write("rest");
    await wire.answer();
    await origin.untilRequests(2);
    await second.until("part");
    for (const socket of origin.sockets) socket.write("rest");
    expect((await second.answer()).start).toContain(" 200");
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
    second.send("GET /second");
    expect(await second.answer()).toMatchObject({
      status: 503,
      headers: { "retry-after": "1" },
    });
    wire.close();
    await until(async () => (await served.connections()) === 1);
    second.send("GET /third");
    await origin.untilRequests(2);
  });
});

/** A step that counts the requests that have arrived. */
function arrivals() {
  let count = 0;
  const step: Step = { name: "count", request: () => void count++ };
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
function again(wire: Wire, line = "GET /") {
  wire.send(line);
  return wire.answer();
}
