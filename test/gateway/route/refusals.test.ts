import {
  Body,
  createRoute,
  GatewayResponse,
  HeaderList,
  toFetch,
  type Exchange,
  type Fault,
  type RouteFailure,
  type RouteOptions,
  type Step,
  type Verdict,
} from "../../../gateway";

const REQUEST = "http://shop.test/orders/7";

const step = (
  request: (exchange: Exchange) => unknown,
  name = "limit",
): Step => ({ name, request: (exchange) => request(exchange) as Verdict });

const respond = (options: RouteOptions): Promise<Response> =>
  toFetch(
    createRoute(options),
    () => new Response("origin"),
  )(new Request(REQUEST));

const slowDown = step(() => ({
  refuse: {
    status: 429,
    headers: { "Retry-After": "3" },
    reason: "too many requests of this client",
  },
}));

/** A renderer as an operator writes it. */
const asJson = ({ status, where, reason }: Fault) => ({
  status,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ where, reason }),
});

describe("a step that refuses", () => {
  it("makes the gateway respond with the status and the headers of the refusal", async () => {
    const response = await respond({ steps: [slowDown] });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("3");
    expect(await response.text()).toBe("Too Many Requests\n");
  });

  it("is not reported to onFault, and no later step runs", async () => {
    const later = jest.fn();
    const onFault = jest.fn();
    await respond({ steps: [slowDown, step(later)], onFault });
    expect(later).not.toHaveBeenCalled();
    expect(onFault).not.toHaveBeenCalled();
  });

  it("can refuse after the origin has responded", async () => {
    const { request, ...rest } = slowDown;
    const response = await respond({ steps: [{ ...rest, response: request }] });
    expect(response.status).toBe(429);
  });

  it.each([
    [{ status: 200 }, /the status of a refusal must be an integer from 400/],
    [{}, /the status of a refusal must be an integer from 400/],
    [
      { status: 429, body: "slow" },
      /refuse must be an object with .+, not body/,
    ],
    [{ status: 429, headers: { "X-A": "a\nb" } }, /X-A must contain only/],
  ])("fails with status 500 if it returns %j", async (refuse, message) => {
    const faults: RouteFailure[] = [];
    const response = await respond({
      steps: [step(() => ({ refuse }))],
      onFault: (fault) => faults.push(fault),
    });
    expect(response.status).toBe(500);
    expect(faults.map(({ error }) => String(error))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});

describe("renderFault", () => {
  it("makes the response to a refusal, which keeps its headers", async () => {
    const response = await respond({
      steps: [slowDown],
      renderFault: asJson,
    });
    expect(response.headers.get("retry-after")).toBe("3");
    expect(await response.json()).toEqual({
      where: "limit",
      reason: "too many requests of this client",
    });
  });

  it("makes the response to a failure, and receives the error", async () => {
    const error = new Error("stock table unreachable");
    const renderFault = jest.fn(asJson);
    const response = await respond({
      steps: [
        step(() => {
          throw error;
        }),
      ],
      onFault: () => undefined,
      renderFault,
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ where: "limit" });
    expect(renderFault.mock.calls[0]?.[0].error).toBe(error);
  });

  it("makes the response to a request that is refused before any step", async () => {
    const handler = toFetch(
      createRoute({ renderFault: asJson, onFault: () => undefined }),
      undefined,
      {
        mountPath: "/orders",
      },
    );
    const response = await handler(new Request("http://shop.test/%6frders/7"));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ where: "request" });
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["returns a promise", async () => Promise.resolve({ status: 500 })],
    ["returns a status that cannot be sent", () => ({ status: 99 })],
  ])("is replaced by the default response if it %s", async (_, renderFault) => {
    const faults: RouteFailure[] = [];
    const response = await respond({
      steps: [slowDown],
      renderFault: renderFault as never,
      onFault: (fault) => faults.push(fault),
    });
    expect(response.status).toBe(429);
    expect(await response.text()).toBe("Too Many Requests\n");
    expect(faults.map(({ where }) => where)).toEqual(["renderFault"]);
  });

  it("makes the default response if it returns undefined", async () => {
    const response = await respond({
      steps: [slowDown],
      renderFault: () => undefined,
    });
    expect(await response.text()).toBe("Too Many Requests\n");
  });
});

describe("setResponseHeaders", () => {
  const marking = (headers: Record<string, string | string[]>): Step =>
    step((exchange) => {
      exchange.setResponseHeaders(headers);
    }, "mark");

  it.each([
    ["the next handler", []],
    ["a step that responds", [step(() => ({ respond: { status: 403 } }))]],
    ["a step that refuses", [slowDown]],
    [
      "a step that fails",
      [
        step(() => {
          throw new Error("a");
        }),
      ],
    ],
  ])("sets headers of the response of %s", async (_, steps) => {
    const response = await respond({
      steps: [marking({ "X-Mark": ["a", "b"] }), ...steps],
      onFault: () => undefined,
    });
    expect(response.headers.get("x-mark")).toBe("a, b");
  });

  it("adds to Vary, and replaces every other header", async () => {
    const origin = () =>
      Promise.resolve(
        new GatewayResponse({
          status: 200,
          headers: new HeaderList(["Vary", "Accept", "X-Mark", "origin"]),
          body: new Body(),
        }),
      );
    const response = await respond({
      origin,
      steps: [marking({ Vary: "Origin, accept", "X-Mark": "gateway" })],
    });
    expect(response.headers.get("vary")).toBe("accept, Origin");
    expect(response.headers.get("x-mark")).toBe("gateway");
  });

  it.each([[{ "Content-Length": "3" }], [{ "X-A": "a\r\nb" }], [{ "": "a" }]])(
    "refuses %j where a step sets it",
    async (headers) => {
      const faults: RouteFailure[] = [];
      await respond({
        steps: [marking(headers)],
        onFault: (fault) => faults.push(fault),
      });
      expect(faults.map(({ where }) => where)).toEqual(["mark"]);
    },
  );
});

describe("a complete response of a step", () => {
  const complete = (lines: readonly string[]) =>
    new GatewayResponse({
      status: 203,
      headers: new HeaderList(lines),
      body: new Body(Buffer.from("complete")),
    });

  it.each(["originResponse", "respond"])(
    "is sent with its lines in their order as %s",
    async (member) => {
      const response = await respond({
        steps: [
          step(() => ({
            [member]: complete([
              "B",
              "1",
              "A",
              "2",
              "Set-Cookie",
              "a=1",
              "Set-Cookie",
              "b=2",
            ]),
          })),
        ],
      });
      expect(response.status).toBe(203);
      expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
      expect(await response.text()).toBe("complete");
    },
  );

  it.each([
    [["Connection", "close"], /Connection is set by the gateway/],
    [["X-A", "a\nb"], /X-A must contain only Latin-1/],
    [
      Array.from({ length: 2_002 }, (_, at) => (at % 2 ? "v" : `X-${at}`)),
      /at most 1,000 headers/,
    ],
    [["X-A", "a".repeat(262_144)], /at most 262,144 characters/],
  ])("fails if a header line cannot be sent", async (lines, message) => {
    const faults: RouteFailure[] = [];
    const response = await respond({
      steps: [step(() => ({ originResponse: complete(lines) }))],
      onFault: (fault) => faults.push(fault),
    });
    expect(response.status).toBe(500);
    expect(String(faults[0]?.error)).toMatch(message);
  });
});
