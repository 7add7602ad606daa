import {
  Body,
  GatewayResponse,
  HeaderList,
  type GatewayResponseInit,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { ok, setUp, takeDown, until } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

const FAILED = "HTTP/1.1 500 Internal Server Error";

describe.each(hosts)("refused messages under $name", (host) => {
  const isFetch = host.name === "Fetch";

  it.each([
    ["request", { respnd: { status: 403 } }, "respnd"],
    ["request", { Respond: { status: 403 } }, "Respond"],
    ["request", { status: 401 }, "status"],
    ["request", true, "a verdict must be an object"],
    ["request", "no", "a verdict must be an object"],
    ["request", { respond: {} }, "status must be"],
    ["request", { respond: true }, "respond must be an object"],
    ["request", { change: { headers: {} } }, "headers"],
    ["request", { change: { setHeaders: new Headers() } }, "headers must be"],
    ["response", { respnd: { status: 403 } }, "respnd"],
    ["response", { respond: { code: 403 } }, "code"],
  ])(
    "returns 500 and reports an invalid verdict at %s: %j",
    async (phase, verdict, name) => {
      const { wire, origin, faults } = await setUp(host, ok("b"), {
        steps: [{ name: "slips", [phase]: () => verdict }],
      });

      wire.send("GET /a");

      expect((await wire.answer()).start).toBe(FAILED);
      expect(faults).toMatchObject([
        {
          where: "slips",
          error: {
            name: "UnsendableError",
            message: expect.stringContaining(name) as string,
          },
        },
      ]);
      expect(origin.requests).toHaveLength(phase === "request" ? 0 : 1);
    },
  );

  it.each<[string, Partial<GatewayResponseInit>, string]>([
    ["a status that ends nothing", { status: 100 }, "the status 100"],
    ["an invalid status", { status: 1000 }, "the status 1000"],
    [
      "a header that none may send",
      { headers: new HeaderList(["X-A", "a\u0000b"]) },
      "cannot be sent",
    ],
  ])(
    "returns 502 and reports an origin's response with %s",
    async (_, facts, says) => {
      const { wire, faults } = await setUp(host, "", {
        origin: () => Promise.resolve(answer(facts)),
      });

      for (let n = 0; n < 2; n++) {
        wire.send("GET /a");
        const { start, lines, body } = await wire.answer();
        expect([start, body]).toEqual([
          "HTTP/1.1 502 Bad Gateway",
          "Bad Gateway\n",
        ]);
        expect(lines.join()).not.toMatch(/x-b/i);
      }
      expect(faults).toMatchObject(
        Array(2).fill({
          where: "origin",
          error: { message: expect.stringContaining(says) as string },
        }),
      );
    },
  );

  const answer = (facts: Partial<GatewayResponseInit>): GatewayResponse =>
    new GatewayResponse({
      status: 200,
      headers: new HeaderList(),
      body: new Body(Buffer.from("body")),
      ...facts,
    });

  it("returns 502 for a status above 599 when the platform does not support it", async () => {
    const { wire, faults } = await setUp(
      host,
      "HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n",
    );

    wire.send("GET /a");

    expect((await wire.answer()).start).toMatch(
      isFetch ? /^HTTP\/1.1 502 / : /^HTTP\/1.1 799 Odd$/,
    );
    expect(faults).toHaveLength(isFetch ? 1 : 0);
  });

  it("drops a status text with control characters", async () => {
    const { wire, faults } = await setUp(host, "", {
      origin: () => Promise.resolve(answer({ statusText: "a\u0007b" })),
    });

    wire.send("GET /a");

    const { start, body } = await wire.answer();
    expect([start, body]).toEqual(["HTTP/1.1 200 OK", "body"]);
    expect(faults).toEqual([]);
  });

  it("returns 400 and reports a path that leaves the origin's path", async () => {
    const { wire, origin, faults } = await setUp(host, ok("b"));
    const below = await setUp(host, "", { origin: `${origin.url}/base` });

    // Fetch has resolved all dots that are none in disguise.
    below.wire.send("GET /a/..%2f../..%2fadmin");
    const refused = await below.wire.answer();
    below.wire.send("GET /a/b%2f../c");
    await below.wire.answer();
    wire.send("GET /..%2fadmin");
    await wire.answer();

    expect(refused.start).toBe("HTTP/1.1 400 Bad Request");
    expect(below.faults).toMatchObject([
      { where: "origin", error: { status: 400 } },
    ]);
    expect(origin.requests.map(({ start }) => start)).toEqual([
      "GET /base/a/b%2f../c HTTP/1.1",
      "GET /..%2fadmin HTTP/1.1",
    ]);
    expect(faults).toEqual([]);
  });

  it.each([
    ["throws", (): never => fail()],
    ["rejects", () => Promise.reject(new Error("the log is full"))],
  ])("responds even if onFault %s", async (_, onFault) => {
    let told = 0;
    const { wire } = await setUp(host, ok("b"), {
      steps: [{ name: "throws", request: fail }],
      onFault: () => {
        told++;
        return onFault();
      },
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe(FAILED);
    await until(() => told === 1);
    await new Promise((go) => setImmediate(go));
  });
});

function fail(): never {
  throw new Error("no");
}
