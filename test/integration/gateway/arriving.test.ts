import type { Step } from "aws-lambda-connector/gateway";
import { hosts, type Own } from "./hosts";
import { valuesOf } from "./Inbox";
import { ok, setUp, setUpOwn, takeDown } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

const stamp: Step = {
  name: "stamps",
  request: () => ({ change: { setHeaders: { "x-partner": "globex" } } }),
};
const looks: Step = { name: "looks on", request: () => undefined };

describe.each(hosts)("Connection headers of the client under $name", (host) => {
  const NAMED = ["Connection: close, X-Partner", "X-Partner: mallory"];

  it("keeps a request header that a step has set, even if Connection names it", async () => {
    const seen: (string | undefined)[] = [];
    const sees: Step = {
      name: "sees",
      request: ({ request }) => {
        seen.push(request.headers.get("x-partner"));
        seen.push(request.headers.get("connection"));
      },
    };
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [sees, stamp],
    });

    wire.send("GET /a", NAMED);
    await wire.answer();

    expect(seen).toEqual([undefined, undefined]);
    expect(valuesOf(origin.request.lines, "x-partner")).toEqual(["globex"]);
  });

  it.each([
    ["what a step has set", [stamp], "globex"],
    ["nothing that no step has seen", [looks], undefined],
  ])("shows the host's handler %s", async (_, steps, partner) => {
    const { wire } = await setUpOwn(host, steps);

    wire.send(
      "POST /echo",
      [
        ...NAMED,
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
      ],
      '7\r\n{"a":1}\r\n0\r\n\r\n',
    );

    const own = JSON.parse((await wire.answer()).body) as Own;
    expect(own.body).toEqual({ a: 1 });
    expect(own.headers["x-partner"]).toBe(partner);
    expect(own.headers["connection"] ?? "close").toBe("close");
  });

  it("ignores Connection options that name Content-Length or Host", async () => {
    const { wire, origin } = await setUp(host, ok("b"));

    wire.send(
      "POST /a",
      ["Connection: content-length, host", "Content-Length: 4"],
      "body",
    );

    expect((await wire.answer()).body).toBe("b");
    expect(valuesOf(origin.request.lines, "content-length")).toEqual(["4"]);
    expect(valuesOf(origin.request.lines, "x-forwarded-host")).toEqual([
      "a.test",
    ]);
  });

  it("keeps a response header that a step has set, even if Connection names it", async () => {
    const { wire } = await setUp(
      host,
      ok("b", "Connection: x-partner", "X-Partner: origin"),
      {
        steps: [
          {
            name: "stamps",
            response: () => ({ change: { setHeaders: { "x-partner": "g" } } }),
          },
        ],
      },
    );

    wire.send("GET /a");

    expect(valuesOf((await wire.answer()).lines, "x-partner")).toEqual(["g"]);
  });
});
