import express from "express";
import fastify from "fastify";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  cache,
  createRoute,
  toExpress,
  toFastify,
} from "../../../dist/gateway";

const createCachedRoute = (): ReturnType<typeof createRoute> =>
  createRoute({
    steps: [cache({ ttlMs: 60_000, statusHeader: "X-Cache" })],
  });

/** The headers that two users receive, of which the second one receives a cached response. */
async function headersForTwo(port: number): Promise<string[]> {
  const seen: string[] = [];
  for (const user of ["alice", "bob"]) {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { "X-Token": user },
    });
    expect(await response.text()).toBe("page");
    for (const name of ["x-cache", "x-user", "x-own"])
      seen.push(response.headers.get(name) ?? "none");
  }
  return seen;
}

const expected = ["MISS", "alice", "page", "HIT", "bob", "page"];

describe("a cached response of the host's next handler", () => {
  let close: () => unknown = () => undefined;
  afterEach(() => close());

  it("has the headers that middleware of Express has set for its own client", async () => {
    const app = express();
    app.use((req, res, next) => {
      res.setHeader("X-User", req.get("x-token") ?? "none");
      next();
    });
    app.use(toExpress(createCachedRoute()));
    app.get("/", (_, res) => {
      res.setHeader("X-Own", "page").send("page");
    });
    const server: Server = createServer(app).listen(0, "127.0.0.1");
    close = () => server.close();
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as AddressInfo;
    expect(await headersForTwo(port)).toEqual(expected);
  });

  it("has the headers that hooks of Fastify have set for its own client", async () => {
    const app = fastify();
    app.addHook("onRequest", async (request, reply) => {
      reply.header("X-User", request.headers["x-token"]);
      await Promise.resolve();
    });
    await app.register(toFastify(createCachedRoute()));
    app.get("/", (_, reply) => reply.header("X-Own", "page").send("page"));
    await app.listen({ port: 0, host: "127.0.0.1" });
    close = () => app.close();
    const { port } = app.server.address() as AddressInfo;
    expect(await headersForTwo(port)).toEqual(expected);
  });
});
