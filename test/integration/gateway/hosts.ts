import { once } from "node:events";
import {
  createServer,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import {
  toExpress,
  toFastify,
  toFetch,
  toNode,
  type Route,
} from "aws-lambda-connector/gateway";
import express from "express";
import fastify, { type FastifyInstance } from "fastify";
import { serveHono } from "./serveHono";

/** What a platform cannot do, whatever a gateway wants; the sentences of each say what comes instead. */
export type Inability =
  | "trailers"
  | "interim answers"
  | "spelling of names"
  | "lines of their own"
  | "path as it came"
  | "unknown verbs"
  | "body of GET"
  | "text behind the status";

/** A running server. */
export interface Served {
  readonly port: number;
  /** Connections of clients that are open. */
  readonly connections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Where a route is put to the test. */
export interface Host {
  readonly name: string;
  readonly cannot: readonly Inability[];
  /** Serves the route in a separate server. */
  readonly serve: (route: Route) => Promise<Served>;
  /** The route, without an origin, before handlers of the host's own, whose parser has read the body: {@link Own}. */
  readonly serveOwn: (route: Route) => Promise<Served>;
}

/** The response of each host's own handler at `/echo`. */
export interface Own {
  readonly body: unknown;
  readonly headers: Record<string, string | undefined>;
  readonly url: string;
}

async function served(server: Server): Promise<Served> {
  if (!server.listening) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  return {
    port: (server.address() as AddressInfo).port,
    connections: () =>
      new Promise((resolve) => {
        server.getConnections((_, count) => {
          resolve(count);
        });
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Yields two chunks: the second after the client has received the first and requested `/go`. */
const gates = new Set<() => void>();
const gate = (): Promise<void> =>
  new Promise((resolve) => {
    gates.add(resolve);
  });
const open = (): void => {
  for (const go of gates) go();
  gates.clear();
};

async function* twoChunks(): AsyncGenerator<string> {
  yield "first";
  await gate();
  yield "second";
}

const streamInto = (res: ServerResponse): void => {
  res.writeHead(200, { "Content-Type": "text/plain", "X-Own": "stream" });
  Readable.from(twoChunks()).pipe(res);
};

const ownListener: RequestListener = (req, res) => {
  if (req.url === "/stream") {
    streamInto(res);
    return;
  }
  if (req.url === "/go") open();
  if (req.url === "/empty" || req.url === "/go") {
    res.writeHead(204, { "X-Own": "empty" }).end();
    return;
  }
  if (req.url === "/unread") {
    res.end("unread");
    return;
  }
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => chunks.push(chunk));
  req.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    const body: unknown = text === "" ? null : JSON.parse(text);
    res.setHeader("Set-Cookie", ["a=1", "b=2"]);
    res.setHeader("Content-Type", "application/json");
    res.end(JSON.stringify({ body, headers: req.headers, url: req.url }));
  });
};

async function serveFastify(
  setUp: (app: FastifyInstance) => PromiseLike<unknown>,
): Promise<Served> {
  const app = fastify({ forceCloseConnections: true });
  await setUp(app);
  await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    ...(await served(app.server)),
    close: async () => {
      await app.close();
    },
  };
}

async function* encoded(
  texts: AsyncIterable<string>,
): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}

async function ownFetch(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (pathname === "/stream")
    return new Response(Readable.from(encoded(twoChunks())) as never, {
      headers: { "X-Own": "stream", "Content-Type": "text/plain" },
    });
  if (pathname === "/go") open();
  if (pathname === "/go" || pathname === "/empty")
    return new Response(null, { status: 204, headers: { "X-Own": "empty" } });
  if (pathname === "/unread") return new Response("unread");
  const text = await request.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  const headers = Object.fromEntries(request.headers);
  return new Response(
    JSON.stringify({ body, headers, url: `${pathname}${search}` }),
    {
      headers: [
        ["Content-Type", "application/json"],
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
      ],
    },
  );
}

export const hosts: readonly Host[] = [
  {
    name: "node:http",
    cannot: [],
    serve: (route) => served(createServer(toNode(route))),
    serveOwn: (route) => served(createServer(toNode(route, ownListener))),
  },
  {
    name: "Express",
    // It has set X-Powered-By before, and from then on Node keeps one spelling of a name.
    cannot: ["spelling of names"],
    serve: (route) => served(createServer(express().use(toExpress(route)))),
    serveOwn: (route) => {
      const app = express().use(toExpress(route));
      app.all("/stream", (_, res) => {
        streamInto(res);
      });
      app.all("/go", (_, res) => {
        open();
        res.status(204).end();
      });
      app.all("/unread", (_, res) => {
        res.send("unread");
      });
      app.all("/empty", (_, res) => {
        res.status(204).set("X-Own", "empty").end();
      });
      app.all("/echo", express.json(), (req, res) => {
        res.cookie("a", "1", { path: "" }).cookie("b", "2", { path: "" });
        const body = (req.body ?? null) as unknown;
        res.json({ body, headers: req.headers, url: req.url });
      });
      return served(createServer(app));
    },
  },
  {
    name: "Fastify",
    // Fastify responds with 404 to a method that is not registered, before any hook of a plugin runs.
    cannot: ["unknown verbs"],
    serve: (route) => serveFastify((app) => app.register(toFastify(route))),
    serveOwn: (route) =>
      serveFastify(async (app) => {
        await app.register(toFastify(route));
        app.all("/stream", (_, reply) =>
          reply
            .header("X-Own", "stream")
            .type("text/plain")
            .send(Readable.from(twoChunks(), { objectMode: false })),
        );
        app.all("/go", (_, reply) => {
          open();
          return reply.code(204).send();
        });
        app.all("/empty", (_, reply) =>
          reply.code(204).header("X-Own", "empty").send(),
        );
        app.all("/unread", () => "unread");
        app.all("/echo", (request, reply) => {
          void reply.header("Set-Cookie", ["a=1", "b=2"]);
          const { headers, url } = request;
          return { body: request.body ?? null, headers, url };
        });
      }),
  },
  {
    name: "Fetch",
    cannot: [
      "trailers",
      "interim answers",
      "spelling of names",
      "lines of their own",
      "path as it came",
      "body of GET",
      "text behind the status",
    ],
    serve: async (route) => served(await serveHono({ "*": toFetch(route) })),
    serveOwn: async (route) => {
      return served(await serveHono({ "*": toFetch(route, ownFetch) }));
    },
  },
];
