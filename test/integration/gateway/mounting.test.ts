import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createRoute,
  toExpress,
  toFastify,
  toFetch,
  toNode,
  type Exchange,
} from "aws-lambda-connector/gateway";
import express from "express";
import fastify from "fastify";
import { RawOrigin } from "./RawOrigin";
import { serveHono } from "./serveHono";
import { ok, takeDown, untilAfter } from "./setting";
import { Wire } from "./Wire";

afterEach(takeDown);

/** Each platform with a route at `/orders`, and its response to other paths. */
const mounted: [
  string,
  (origin: string, seen: Exchange[]) => Promise<Server>,
][] = [
  [
    "node:http",
    (origin, seen) =>
      Promise.resolve(
        createServer(
          toNode(route(origin, seen), (_, res) => res.end("elsewhere"), {
            mountPath: "/orders",
          }),
        ),
      ),
  ],
  [
    "Express",
    (origin, seen) => {
      const app = express().use("/orders", toExpress(route(origin, seen)));
      app.use((_, res) => void res.send("elsewhere"));
      return Promise.resolve(createServer(app));
    },
  ],
  [
    "Fastify",
    async (origin, seen) => {
      const app = fastify();
      await app.register(toFastify(route(origin, seen)), { prefix: "/orders" });
      app.setNotFoundHandler(() => "elsewhere");
      await app.ready();
      return app.server;
    },
  ],
  [
    "Fetch",
    (origin, seen) =>
      serveHono({
        "*": toFetch(route(origin, seen), () => new Response("elsewhere"), {
          mountPath: "/orders/",
        }),
      }),
  ],
];

const route = (origin: string, seen: Exchange[]) =>
  createRoute({
    origin,
    steps: [{ name: "sees", request: (exchange) => void seen.push(exchange) }],
  });

describe.each(mounted)("a route of %s at a path", (_, open) => {
  async function stand(base = "/base/"): Promise<{
    wire: Wire;
    origin: RawOrigin;
    seen: Exchange[];
  }> {
    const origin = untilAfter(await RawOrigin.open(() => ok("b")));
    const seen: Exchange[] = [];
    const server = await open(origin.url + base, seen);
    if (!server.listening) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    untilAfter({
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    });
    const wire = untilAfter(
      await Wire.open((server.address() as AddressInfo).port),
    );
    return { wire, origin, seen };
  }

  it.each([
    ["/orders", "/base"],
    ["/orders?a=b", "/base?a=b"],
    ["/orders/", "/base/"],
    ["/orders/?a=b", "/base/?a=b"],
    ["/orders/c%20d/%2F?a", "/base/c%20d/%2F?a"],
    ["/orders//x/", "/base//x/"],
  ])("forwards %s as %s", async (from, to) => {
    const { wire, origin } = await stand();

    wire.send(`GET ${from}`);

    expect((await wire.answer()).body).toBe("b");
    expect(origin.request.start).toBe(`GET ${to} HTTP/1.1`);
  });

  it.each([
    ["/orders", "/"],
    ["/orders?a=b", "/?a=b"],
    ["/orders/", "/"],
    ["/orders/../x", "/../x"],
  ])("forwards %s as %s to an origin without a path", async (from, to) => {
    const { wire, origin } = await stand("");

    wire.send(`GET ${from}`);

    // Fetch has resolved the dots before.
    const { body } = await wire.answer();
    if (body !== "elsewhere")
      expect(origin.request.start).toBe(`GET ${to} HTTP/1.1`);
  });

  it.each(["/", "/ordersX", "/other/orders"])(
    "does not handle %s",
    async (path) => {
      const { wire, origin } = await stand();

      wire.send(`GET ${path}`);

      expect((await wire.answer()).body).toBe("elsewhere");
      expect(origin.requests).toEqual([]);
    },
  );

  it.each(["PROPFIND", "QUERY", "DELETE"])("handles %s", async (verb) => {
    const { wire, origin } = await stand();

    for (const path of ["/orders", "/orders/1"]) {
      wire.send(`${verb} ${path}`);
      expect((await wire.answer()).body).toBe("b");
    }
    expect(origin.requests.map(({ start }) => start)).toEqual([
      `${verb} /base HTTP/1.1`,
      `${verb} /base/1 HTTP/1.1`,
    ]);
  });

  it("gives steps the mount path", async () => {
    const { wire, seen } = await stand();

    wire.send("GET /orders/1?a=b");
    await wire.answer();

    expect(
      seen.map(({ request: { uri, path, query, mountPath } }) => ({
        uri,
        path,
        query,
        mountPath,
      })),
    ).toEqual([
      {
        uri: expect.stringMatching(/^http:\/\/a\.test\/orders\/1\?a=b$/),
        path: "/1",
        query: "a=b",
        mountPath: "/orders",
      },
    ]);
  });
});

it("removes a Fastify prefix with parameters from the path", async () => {
  const origin = untilAfter(await RawOrigin.open(() => ok("b")));
  const app = fastify();
  await app.register(toFastify(route(`${origin.url}/base/`, [])), {
    prefix: "/:tenant/orders",
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  untilAfter({ close: () => app.close().then(() => undefined) });
  const wire = untilAfter(
    await Wire.open((app.server.address() as AddressInfo).port),
  );

  wire.send("GET /acme/orders/1?a");
  await wire.answer();
  wire.close();

  expect(origin.request.start).toBe("GET /base/1?a HTTP/1.1");
});
