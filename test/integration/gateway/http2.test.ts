import { once } from "node:events";
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type RequestListener,
} from "node:http";
import {
  connect,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import { connect as connectSocket, type AddressInfo } from "node:net";
import {
  bodyMemory,
  cache,
  createRoute,
  toFastify,
  toNode,
  type Exchange,
  type RouteFailure,
  type RouteOptions,
  type Step,
} from "aws-lambda-connector/gateway";
import fastify from "fastify";
import { valuesOf } from "./Inbox";
import { RawOrigin } from "./RawOrigin";
import { ok, takeDown, until, untilAfter } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

/** HTTP/2 browsers send each cookie in a field of its own. */
const COOKIES = ["a=1", "b=2"];

type Http2Handler = (
  req: Http2ServerRequest,
  res: Http2ServerResponse,
) => unknown;

/** Sends a request to a route in an HTTP/2 server. Without an origin, the host's handler responds. */
async function ask(
  options: RouteOptions,
  request: Record<string, string | string[]>,
  {
    body = "",
    handle = (_, res) => {
      res.setHeader("X-Own", "yes");
      res.end("own");
    },
  }: { readonly body?: string; readonly handle?: Http2Handler } = {},
) {
  const handler = toNode(
    createRoute(options),
    handle as unknown as RequestListener,
  ) as unknown as Http2Handler;
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
      { body },
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

  it("passes a changed request to the host's handler", async () => {
    const seen: Http2ServerRequest[] = [];
    let body = "";

    const { text } = await ask(
      {
        steps: [
          {
            name: "stamps",
            request: () => ({
              change: {
                dropHeaders: ["x-down"],
                setHeaders: { "x-a": "1" },
                body: "changed",
              },
            }),
          },
        ],
      },
      {
        ":method": "POST",
        ":path": "/a?b",
        "x-up": "1",
        "x-down": "1",
        cookie: COOKIES,
      },
      {
        body: "body",
        handle: async (req, res) => {
          seen.push(req);
          for await (const chunk of req) body += String(chunk);
          res.end("own");
        },
      },
    );

    expect([text, body]).toEqual(["own", "changed"]);
    expect(seen[0]).toMatchObject({
      method: "POST",
      url: "/a?b",
      authority: "a.test",
    });
    expect({ ...seen[0]?.headers }).toEqual({
      ":authority": "a.test",
      ":method": "POST",
      ":path": "/a?b",
      ":scheme": "http",
      "content-length": "7",
      cookie: "a=1; b=2",
      "x-a": "1",
      "x-up": "1",
    });
    expect(seen[0]?.rawHeaders).toEqual(expect.arrayContaining(["x-a", "1"]));
    expect(seen[0]?.rawHeaders).not.toContain("x-down");
  });

  it("receives 413 for a body that is too long, although the host's handler waits for its end", async () => {
    const faults: RouteFailure[] = [];

    const { headers } = await ask(
      { maxRequestBytes: 10, onFault: (fault) => faults.push(fault) },
      { ":method": "POST" },
      {
        body: "longer than that",
        handle: (req, res) => {
          req.resume().once("end", () => res.end("own"));
        },
      },
    );

    expect(headers[":status"]).toBe(413);
    expect(faults).toMatchObject([
      { where: "request", error: { status: 413 } },
    ]);
  });

  it("answers a conditional request from the cache before the host's handler", async () => {
    const seen: IncomingHttpHeaders[] = [];

    const { headers } = await ask(
      { steps: [cache({ ttlMs: 60_000 })] },
      { ":path": "/a", "if-none-match": '"1"' },
      {
        handle: (req, res) => {
          seen.push(req.headers);
          res.setHeader("ETag", '"1"');
          res.end("own");
        },
      },
    );

    expect(headers).toMatchObject({ ":status": 304, etag: '"1"' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toHaveProperty("if-none-match");
  });
});

const toListener = (options: RouteOptions) =>
  toNode(createRoute(options)) as unknown as (
    req: Http2ServerRequest,
    res: Http2ServerResponse,
  ) => void;

/** Serves a route over HTTP/2, and returns its port. */
const servers = [
  {
    name: "node:http2",
    serve: async (options: RouteOptions): Promise<number> => {
      const server = createServer(toListener(options)).listen(0, "127.0.0.1");
      untilAfter({ close: () => void server.close() });
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    },
  },
  {
    name: "Fastify",
    serve: async (options: RouteOptions): Promise<number> => {
      const app = fastify({ http2: true, forceCloseConnections: true });
      untilAfter({ close: () => app.close() as unknown as Promise<void> });
      await app.register(toFastify(createRoute(options)));
      await app.listen({ port: 0, host: "127.0.0.1" });
      return (app.server.address() as AddressInfo).port;
    },
  },
];

/** A client that uploads and never finishes, with the ways in which it leaves. */
function startUpload(port: number) {
  const socket = connectSocket(port, "127.0.0.1");
  const session = connect(`http://127.0.0.1:${port}`, {
    createConnection: () => socket,
  });
  session.on("error", () => undefined);
  untilAfter({
    close: () => {
      session.destroy();
      socket.destroy();
    },
  });
  const stream = session.request({ ":method": "POST", ":path": "/" });
  stream.on("error", () => undefined);
  stream.write("a".repeat(50_000));
  return {
    "resets the stream": () => stream.destroy(),
    "resets the stream with an error": () => stream.destroy(new Error("x")),
    "destroys the session": () => {
      session.destroy();
    },
    "sends GOAWAY and leaves": () => {
      session.goaway(1);
      session.destroy();
    },
    "loses its connection": () => socket.destroy(),
  };
}

type Leaving = keyof ReturnType<typeof startUpload>;
const WAYS: readonly Leaving[] = [
  "resets the stream",
  "resets the stream with an error",
  "destroys the session",
  "sends GOAWAY and leaves",
  "loses its connection",
];

describe.each(servers)("an HTTP/2 client of $name that leaves", ({ serve }) => {
  it.each(WAYS)("and %s releases what its upload holds", async (way) => {
    const reads: unknown[] = [];
    const exchanges: Exchange[] = [];
    const reader: Step = {
      name: "reader",
      request: async (exchange) => {
        exchanges.push(exchange);
        await exchange.request.body.read(1_000_000).then(
          (bytes) => reads.push(bytes?.length),
          (error: unknown) => reads.push(String(error)),
        );
      },
    };
    const port = await serve({ steps: [reader], origin: "http://127.0.0.1:1" });
    const client = startUpload(port);
    await until(() => bodyMemory.inspect().bytes === 50_000);

    client[way]();

    await until(() => bodyMemory.inspect().bytes === 0 && reads.length > 0);
    await until(() => exchanges[0]?.isDisconnected ?? false);
    expect(reads).toEqual([
      "Error: the connection closed before the body was complete",
    ]);
    expect(exchanges[0]?.signal.aborted).toBe(true);
  });

  it.each(WAYS)(
    "and %s ends the request to the origin, which gets no complete body",
    async (way) => {
      const ended: string[] = [];
      const origin = createHttpServer((req) => {
        req.on("error", () => undefined);
        req.once("data", () => ended.push("data")).resume();
        req.once("end", () => ended.push("end"));
        req.once("close", () => ended.push("close"));
      }).listen(0, "127.0.0.1");
      untilAfter({ close: () => void origin.close() });
      await once(origin, "listening");
      const { port } = origin.address() as AddressInfo;
      const faults: RouteFailure[] = [];
      const client = startUpload(
        await serve({
          origin: `http://127.0.0.1:${port}`,
          onFault: (fault) => faults.push(fault),
        }),
      );
      await until(() => ended.includes("data"));

      client[way]();

      await until(() => ended.includes("close"));
      expect(ended).toEqual(["data", "close"]);
      expect(faults).toEqual([]);
    },
  );
});
