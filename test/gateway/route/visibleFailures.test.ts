import { inspect } from "node:util";
import { Body } from "../../../gateway/http/Body";
import { BodyMemoryError } from "../../../gateway/http/BodyMemoryError";
import { Exchange } from "../../../gateway/http/Exchange";
import { GatewayRequest } from "../../../gateway/http/GatewayRequest";
import { HeaderList } from "../../../gateway/http/HeaderList";
import { OriginError } from "../../../gateway/origin/OriginError";
import { createRoute } from "../../../gateway/route/createRoute";
import { Route } from "../../../gateway/route/Route";
import type { RouteFailure } from "../../../gateway/route/RouteFailure";
import type { RouteOptions } from "../../../gateway/route/RouteOptions";
import { runRoute } from "../../../gateway/route/runRoute";
import { ServiceError } from "../../../src";

const SECRET = "s3cr3t-of-a-client";

const exchangeFor = (url = `/orders/7?key=${SECRET}`): Exchange =>
  new Exchange(
    new GatewayRequest({
      method: "POST",
      url,
      headers: new HeaderList([]),
      body: new Body(),
      scheme: "http",
    }),
    { native: {} },
  );

/** Runs requests through a route whose origin fails. */
async function run(options: RouteOptions, times = 1): Promise<void> {
  const { origin, ...definition } = Route.definitionOf(createRoute(options));
  for (let n = 0; n < times; n++)
    await runRoute(
      { ...definition, origin },
      exchangeFor(),
      origin ?? (() => Promise.reject(new Error("no origin"))),
    );
}

const failing = (name: string, error: unknown): RouteOptions => ({
  steps: [
    {
      name,
      request: () => {
        throw error;
      },
    },
  ],
});

describe("a route without onFault", () => {
  const emitWarning = jest.spyOn(process, "emitWarning");

  beforeEach(() => {
    emitWarning.mockReset();
  });

  afterAll(() => {
    emitWarning.mockRestore();
  });

  const told = (): string[] =>
    emitWarning.mock.calls.map(([message]) => String(message));

  it("warns once about each kind of failure, and names onFault", async () => {
    await run(failing("partners", new TypeError(SECRET)), 3);
    await run(failing("prices", new TypeError(SECRET)), 3);

    expect(told()).toEqual([
      expect.stringMatching(
        /^Gateway: step "partners" failed: TypeError at \S+visibleFailures\.test\.ts:\d+:\d+\. Set onFault of createRoute or createRouter to receive every failure\.$/,
      ),
      expect.stringMatching(/^Gateway: step "prices" failed: TypeError at /),
    ]);
    expect(emitWarning.mock.calls[0]?.[1]).toMatchObject({
      type: "GatewayWarning",
      code: "AWS_LAMBDA_CONNECTOR_GATEWAY",
    });
  });

  it.each([
    ["a value", SECRET],
    ["a rejected object", { message: SECRET }],
    ["an error with a message", new Error(SECRET)],
    [
      "an error with a name",
      Object.assign(new Error("a"), { name: `${SECRET}!` }),
    ],
    ["an error with a code", Object.assign(new Error("a"), { code: SECRET })],
    [
      "an error whose message looks like a stack",
      new Error(`a\n    at ${SECRET} (/${SECRET}.js:1:1)`),
    ],
    [
      "an error whose stack is another",
      Object.assign(new Error("a"), { stack: `b\n    at /${SECRET}.js:1:1` }),
    ],
    ["an error with a cause", new Error("a", { cause: new Error(SECRET) })],
    [
      "an error of the origin",
      new OriginError(`GET /${SECRET}: no`, { status: 502 }),
    ],
    [
      "an object that cannot be read",
      new Proxy(new Error(SECRET), {
        getPrototypeOf: () => {
          throw new Error(SECRET);
        },
      }),
    ],
  ])("does not repeat what %s contains", async (name, error) => {
    await run(failing(name, error));

    const [message = ""] = told();
    expect(message).toContain(`step ${JSON.stringify(name)} failed: `);
    expect(JSON.stringify(emitWarning.mock.calls)).not.toContain(SECRET);
  });

  it("names the code of a failing origin", async () => {
    const cause = Object.assign(new Error("a"), { code: "ECONNREFUSED" });
    const error = new OriginError(SECRET, { status: 502, cause });
    await run({ origin: () => Promise.reject(error) });

    expect(told()).toEqual([
      "Gateway: the origin failed: the origin could not be reached, or its response was invalid or incomplete (ECONNREFUSED). Set onFault of createRoute or createRouter to receive every failure.",
    ]);
  });

  it("warns about at most 50 kinds", async () => {
    for (let n = 0; n < 100; n++)
      await run(failing(`step ${n}`, new BodyMemoryError(1)));

    expect(told().length).toBeLessThan(50);
  });
});

describe("a failure that onFault receives", () => {
  async function print(error: unknown): Promise<string> {
    const faults: RouteFailure[] = [];
    await run({
      ...failing("partners", error),
      onFault: (fault) => faults.push(fault),
    });
    return inspect(faults[0]);
  }

  it("prints what happened, where, and the cause", async () => {
    const cause = new Error("connect ECONNREFUSED 127.0.0.1:1");

    expect(await print(new Error("no prices", { cause }))).toMatch(
      /^Error: no prices\n {2}in step "partners" \(\S+visibleFailures\.test\.ts:\d+:\d+\): POST http:\/\/localhost\/orders\/7\n {2}cause: Error: connect ECONNREFUSED 127\.0\.0\.1:1$/,
    );
  });

  it("prints a cause only once", async () => {
    const cause = new Error("socket hang up");
    const printed = await print(new Error("GET /: socket hang up", { cause }));

    expect(printed.match(/socket hang up/g)).toHaveLength(1);
    expect(printed.split("\n")).toHaveLength(2);
  });

  it.each([
    ["a long message", new Error("a\n".repeat(5_000))],
    [
      "nested causes",
      new Error("a", { cause: new Error("b", { cause: new Error("c") }) }),
    ],
    [
      "an error of the connector",
      new ServiceError({
        operation: "Invoke",
        message: "Invoke: refused\nby AWS",
        retryable: false,
        cause: new Error("by AWS"),
        httpStatus: 403,
        serviceCode: "AccessDenied",
        requestId: "r",
      }),
    ],
    ["a terminal sequence", new Error("\u001b[2Ja\u0007")],
    ["a string", "a"],
    ["nothing", undefined],
    ["an object that cannot be read", Object.create(null) as object],
  ])("prints %s in at most three lines without the query", async (_, error) => {
    const printed = await print(error);

    expect(printed.split("\n").length).toBeLessThanOrEqual(3);
    expect(printed.length).toBeLessThan(2_000);
    expect(printed).not.toContain(SECRET);
    // eslint-disable-next-line no-control-regex -- what is tested
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});
