import { bodyMemory, createRoute, shed, toFetch } from "../../../../gateway";
import { sharedBodyMemory } from "../../../../gateway/http/bodyMemory";
import {
  EventLoopDelay,
  type DelaySources,
} from "../../../../gateway/steps/limits/EventLoopDelay";
import { createShed } from "../../../../gateway/steps/limits/shed";
import { issuesOf, messageOf, send } from "./scenario";

/** An event loop whose time the test sets. */
function fakeDelay() {
  const state = { time: 0, started: 0, stopped: 0 };
  let tick: () => void = () => undefined;
  const sources: DelaySources = {
    now: () => state.time,
    repeat: (each) => {
      state.started++;
      tick = each;
      return () => state.stopped++;
    },
  };
  /** Lets time pass, in which the event loop notes the time so many milliseconds late. */
  const pass = (ms: number, lateMs = 0): void => {
    const end = state.time + ms;
    while (state.time < end) {
      state.time = Math.min(end, state.time + 20 + lateMs);
      tick();
    }
  };
  return { state, pass, delay: new EventLoopDelay(sources) };
}

const overloaded = (why: string): string =>
  `503, 1 s: the server is overloaded: ${why}`;

describe("shed by the delay of the event loop", () => {
  it("refuses requests while the last measurement is above the limit", () => {
    const { delay, pass } = fakeDelay();
    const step = createShed({ eventLoopDelayMs: 50 }, delay);
    expect(send(step)).toBe("passes");
    pass(900, 80);
    expect(send(step)).toBe("passes");
    pass(100, 80);
    expect(send(step)).toBe(overloaded("the event loop is late"));
    pass(900);
    expect(send(step)).toBe(overloaded("the event loop is late"));
    pass(100);
    expect(send(step)).toBe("passes");
    pass(1_000, 50);
    expect(send(step)).toBe("passes");
  });

  it.each([400, 900, 1_500, 3_000])(
    "counts a block of %d ms by the requests that it delays",
    (ms) => {
      const { delay, pass, state } = fakeDelay();
      const step = createShed({ eventLoopDelayMs: 100 }, delay);
      send(step);
      pass(1_000 - Math.min(ms, 1_000));
      state.time += ms;
      expect(send(step)).toBe(overloaded("the event loop is late"));
      pass(1_000);
      expect(send(step)).toBe("passes");
    },
  );

  it("does not count time in which the process had nothing to do", () => {
    const { delay, pass } = fakeDelay();
    const step = createShed({ eventLoopDelayMs: 1 }, delay);
    send(step);
    pass(60_000);
    expect(send(step)).toBe("passes");
  });

  it("measures once for all steps, from the first request until all are closed", () => {
    const { delay, state } = fakeDelay();
    const create = () => createShed({ eventLoopDelayMs: 1 }, delay);
    const [first, second] = [create(), create()];
    expect(state.started).toBe(0);
    send(first);
    send(second);
    expect(state.started).toBe(1);
    void first.close?.();
    expect(state.stopped).toBe(0);
    void second.close?.();
    expect(state.stopped).toBe(1);
    send(first);
    expect(state.started).toBe(2);
  });

  it("does not measure if only other limits are set", () => {
    const { delay, state } = fakeDelay();
    send(createShed({ inFlight: 5 }, delay));
    expect(state.started).toBe(0);
  });

  it("measures with Node, which keeps no process alive", () => {
    const user = {};
    const delay = new EventLoopDelay();
    expect(delay.read(user)).toBe(0);
    delay.release(user);
  });
});

describe("shed by requests in flight", () => {
  it("counts the requests of all routes of the process, from arrival to end", async () => {
    let finish: (response: Response) => void = () => undefined;
    const other = toFetch(
      createRoute(),
      () => new Promise<Response>((resolve) => (finish = resolve)),
    );
    const route = toFetch(
      createRoute({ steps: [shed({ inFlight: 1 })] }),
      () => new Response("passes"),
    );
    const request = async () => {
      const response = await route(new Request("http://a.test/"));
      return [response.status, await response.text()];
    };
    expect(await request()).toEqual([200, "passes"]);
    const pending = other(new Request("http://a.test/"));
    await new Promise(setImmediate);
    expect(await request()).toEqual([503, "Service Unavailable\n"]);
    finish(new Response("done"));
    await (await pending).text();
    await new Promise(setImmediate);
    expect(await request()).toEqual([200, "passes"]);
  });
});

describe("shed by the memory for bodies", () => {
  const { maxBytes } = bodyMemory.inspect();
  afterEach(() => {
    bodyMemory.configure({ maxBytes });
  });

  it("refuses requests from a share of the memory that is used", () => {
    bodyMemory.configure({ maxBytes: 1_000 });
    const step = shed({ bodyMemory: 0.5 });
    sharedBodyMemory.take(499);
    expect(send(step)).toBe("passes");
    sharedBodyMemory.take(1);
    expect(send(step)).toBe(overloaded("the memory for bodies is used up"));
    sharedBodyMemory.release(500);
    expect(send(step)).toBe("passes");
  });
});

describe("the options of shed", () => {
  it.each([
    [{ inFlight: 1 }],
    [{ eventLoopDelayMs: 1.5, inFlight: 1_000_000, bodyMemory: 1, name: "a" }],
  ])("can be %j", (options) => {
    expect(issuesOf(() => shed(options))).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [undefined, [" object"]],
    [{}, [" required"]],
    [{ name: "a" }, [" required"]],
    [
      { eventLoopDelayMs: 0.5, inFlight: 0, bodyMemory: 0 },
      ["eventLoopDelayMs range", "inFlight range", "bodyMemory range"],
    ],
    [
      { eventLoopDelayMs: "5", inFlight: 1.5, bodyMemory: 1.1 },
      ["eventLoopDelayMs range", "inFlight range", "bodyMemory range"],
    ],
    [{ eventLoopDelayMs: NaN }, ["eventLoopDelayMs range"]],
    [{ inFlight: 1, key: "client" }, ["key unknown"]],
  ])("cannot be %j", (options, issues) => {
    expect(issuesOf(() => shed(options as never))).toEqual(issues);
  });

  it("are described", () => {
    expect(messageOf(() => shed({}))).toBe(
      "shed: at least one of eventLoopDelayMs, inFlight and bodyMemory must be set.",
    );
  });
});
