import { once } from "node:events";
import {
  connect,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo } from "node:net";
import {
  createRoute,
  toNode,
  type RouteFailure,
  type RouteOptions,
} from "aws-lambda-connector/gateway";
import { valuesOf } from "./Inbox";
import { RawOrigin } from "./RawOrigin";
import { ok, takeDown, untilAfter } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

/** HTTP/2 browsers send each cookie in a field of its own. */
const COOKIES = ["a=1", "b=2"];

/** Sends a request to a route in an HTTP/2 server. */
async function ask(
  options: RouteOptions,
  request: Record<string, string | string[]>,
  body = "",
) {
  const handler = toNode(createRoute(options), (_, res) => {
    res.setHeader("X-Own", "yes");
    res.end("own");
  }) as unknown as (req: Http2ServerRequest, res: Http2ServerResponse) => void;
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}`);
  untilAfter({
    close: () => {
      client.destroy();
      server.close();
    },
  });
  const stream = client.request({ ":authority": "a.test", ...request });
  if (request[":method"] === "POST") stream.end(body);
  const [headers] = (await once(stream, "response")) as [
    Record<string, string>,
  ];
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return { headers, text };
}

describe("a route in an HTTP/2 server", () => {
  it.each([
    ["GET", ""],
    ["POST", "body"],
    ["POST", ""],
  ])("forwards %s with %j, and the response", async (verb, body) => {
    const origin = untilAfter(
      await RawOrigin.open(() =>
        ok("answered", "X-A: 1", "Set-Cookie: a=1", "Set-Cookie: b=2"),
      ),
    );

    const { headers, text } = await ask(
      {
        origin: origin.url,
        steps: [
          {
            name: "stamps",
            request: () => ({ change: { setHeaders: { "x-partner": "g" } } }),
            response: () => ({ change: { setHeaders: { "x-b": "2" } } }),
          },
        ],
      },
      { ":method": verb, ":path": "/a?b", "x-up": "1", cookie: COOKIES },
      body,
    );

    expect(text).toBe("answered");
    expect(headers).toMatchObject({
      ":status": 200,
      "x-a": "1",
      "x-b": "2",
      "set-cookie": ["a=1", "b=2"],
    });
    const { start, lines, body: sent } = origin.request;
    expect([start, sent]).toEqual([`${verb} /a?b HTTP/1.1`, body]);
    expect(lines.filter((line) => line.startsWith(":"))).toEqual([]);
    expect(valuesOf(lines, "x-up")).toEqual(["1"]);
    expect(valuesOf(lines, "cookie")).toEqual(["a=1; b=2"]);
    expect(valuesOf(lines, "x-partner")).toEqual(["g"]);
    expect(valuesOf(lines, "x-forwarded-host")).toEqual(["a.test"]);
  });

  it("forwards a chunked response and a response to HEAD", async () => {
    const origin = untilAfter(
      await RawOrigin.open(({ start }) =>
        start.startsWith("HEAD")
          ? "HTTP/1.1 200 Fine\r\nContent-Length: 5\r\n\r\n"
          : "HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n",
      ),
    );

    const whole = await ask({ origin: origin.url }, { ":path": "/" });
    const head = await ask({ origin: origin.url }, { ":method": "HEAD" });

    expect(whole.text).toBe("first");
    expect(head.headers["content-length"]).toBe("5");
  });

  it("responds from a step, and lets the host's handler respond", async () => {
    const stopped = await ask(
      {
        steps: [
          {
            name: "a",
            request: () => ({ respond: { status: 403, body: "no" } }),
          },
        ],
      },
      {},
    );
    const own = await ask(
      { steps: [{ name: "a", response: () => undefined }] },
      {},
    );

    expect([stopped.headers[":status"], stopped.text]).toEqual([403, "no"]);
    expect([own.headers["x-own"], own.text]).toEqual(["yes", "own"]);
  });

  it("reports when a request cannot be changed for the host's handler", async () => {
    const faults: RouteFailure[] = [];

    const { headers } = await ask(
      {
        steps: [
          {
            name: "stamps",
            request: () => ({ change: { setHeaders: { "x-a": "1" } } }),
          },
        ],
        onFault: (fault) => faults.push(fault),
      },
      {},
    );

    expect(headers[":status"]).toBe(500);
    expect(faults).toMatchObject([
      { error: { message: expect.stringContaining("HTTP/2") as string } },
    ]);
  });
});
