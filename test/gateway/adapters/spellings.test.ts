import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { posix } from "node:path";
import express from "express";
import fastify, {
  type FastifyInstance,
  type FastifyServerOptions,
} from "fastify";
import fc from "fast-check";
import { toExpress } from "../../../gateway/adapters/toExpress";
import { toFastify } from "../../../gateway/adapters/toFastify";
import { toFetch } from "../../../gateway/adapters/toFetch";
import { toNode } from "../../../gateway/adapters/toNode";
import { createRoute } from "../../../gateway/route/createRoute";
import { sendTarget } from "./sendTarget";

/** What is used of Hono and its server: their types need those of a browser. */
interface HonoLike {
  get(path: string, handler: (c: HonoContext) => Response): HonoLike;
  use(path: string, handler: (c: HonoContext) => Promise<Response>): HonoLike;
  readonly fetch: (request: Request) => Response | Promise<Response>;
}
interface HonoContext {
  readonly req: {
    readonly raw: Request;
    readonly url: string;
    readonly path: string;
    param(name: string): string;
  };
  text(body: string): Response;
}
const load = createRequire(__filename);
const { Hono } = load("hono") as {
  Hono: new (options: { strict: boolean }) => HonoLike;
};
const { getRequestListener } = load("@hono/node-server") as {
  getRequestListener: (
    handle: HonoLike["fetch"],
  ) => (...given: Parameters<RequestListener>) => Promise<void>;
};

const SECRET = "the secret";
const mountPath = "/api";

/** A route that lets no request pass. */
const guard = () =>
  createRoute({
    steps: [{ name: "guard", request: () => ({ respond: { status: 401 } }) }],
  });

/** Whether a handler that reads a target in one of the usual ways finds it below the mount path. */
function isProtected(target: string): boolean {
  const path = target.replace(/^[a-z]+:\/\/[^/?#]*/i, "") || "/";
  const url = URL.canParse(target, "http://h")
    ? new URL(target, "http://h")
    : undefined;
  const cut = (text: string): string => text.split(/[?#]/, 1)[0] ?? "";
  return [path, url?.pathname ?? "/"]
    .flatMap((each) => [cut(each), each.split("?", 1)[0] ?? ""])
    .flatMap((each) => [each, decode(each), decode(decode(each))])
    .flatMap((each) => [each, each.replace(/;[^/]*/g, "")])
    .flatMap((each) => [each, each.replaceAll("\\", "/")])
    .flatMap((each) => [each, posix.normalize(each), each.replace(/\/+/g, "/")])
    .some((each) => /^\/api(?:\/|$)/i.test(each.normalize("NFKC")));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Responds with the secret if the target could be below the mount path. */
const lenient: RequestListener = (req, res) => {
  res.end(isProtected(req.url ?? "/") ? SECRET : "other");
};

function expressApp(isStrict: boolean) {
  const app = express();
  if (isStrict) app.enable("case sensitive routing").enable("strict routing");
  return app;
}

/** Express routes that respond below the mount path, with literal segments, parameters and wildcards. */
function expressRoutes() {
  const router = express.Router();
  router.get(["/api/secret", "/api"], (_, res) => void res.end(SECRET));
  router.use("/api", (_, res) => void res.end(SECRET));
  router.get("/:section/:id", ({ params }, res, next) => {
    if (params.section.toLowerCase() === "api") res.end(SECRET);
    else next();
  });
  router.get("/*path", ({ params }, res) => {
    const path = posix.normalize(`/${params.path.join("/")}`);
    res.end(/^\/api(?:\/|$)/i.test(path) ? SECRET : "other");
  });
  return router.use(lenient);
}

const ROUTER = {
  caseSensitive: false,
  ignoreDuplicateSlashes: true,
  ignoreTrailingSlash: true,
  // Not in the types of Fastify.
  useSemicolonDelimiter: true,
};
const LOOSE: FastifyServerOptions = { routerOptions: ROUTER };

/** A listener of a Fastify instance. */
async function fastifyListener(
  options: FastifyServerOptions,
  setUp: (app: FastifyInstance) => void,
): Promise<RequestListener> {
  const app = fastify(options);
  setUp(app);
  await app.ready();
  return (req, res) => {
    app.routing(req, res);
  };
}

const fastifyRoutes = (app: FastifyInstance): void => {
  app.get("/api", () => SECRET);
  app.get("/api/secret", () => SECRET);
  app.get("/api/*", () => SECRET);
  app.get<{ Params: { section: string } }>("/:section/:id", ({ params }) =>
    params.section.toLowerCase() === "api" ? SECRET : "other",
  );
  app.get("/*", ({ raw }) => (isProtected(raw.url ?? "/") ? SECRET : "other"));
};

function honoApp(strict: boolean): HonoLike {
  const app = new Hono({ strict });
  for (const path of ["/api", "/api/secret", "/api/*"])
    app.get(path, (c) => c.text(SECRET));
  app.get("/:section/:id", (c) =>
    c.text(c.req.param("section") === "api" ? SECRET : "other"),
  );
  return app.get("*", (c) =>
    c.text(
      isProtected(c.req.url) || isProtected(c.req.path) ? SECRET : "other",
    ),
  );
}

const listenerOf = (
  handle: (request: Request) => Response | Promise<Response>,
): RequestListener => {
  const listener = getRequestListener(handle);
  return (req, res) => void listener(req, res);
};

/** Each way to put the route before handlers, and the handlers of each framework in its strictest and loosest settings. */
const SETTINGS: [string, () => RequestListener | Promise<RequestListener>][] = [
  [
    "toNode, before a lenient handler",
    () => toNode(guard(), lenient, { mountPath }),
  ],
  [
    "toNode, before Express",
    () =>
      toNode(guard(), expressApp(false).use(expressRoutes()), { mountPath }),
  ],
  [
    "toNode, before Express with strict routing",
    () => toNode(guard(), expressApp(true).use(expressRoutes()), { mountPath }),
  ],
  [
    "toNode, before Fastify",
    async () =>
      toNode(guard(), await fastifyListener({}, fastifyRoutes), { mountPath }),
  ],
  [
    "toNode, before Fastify with loose routing",
    async () =>
      toNode(guard(), await fastifyListener(LOOSE, fastifyRoutes), {
        mountPath,
      }),
  ],
  [
    "toNode, before Hono",
    () => toNode(guard(), listenerOf(honoApp(true).fetch), { mountPath }),
  ],
  [
    "toExpress with a mount path",
    () =>
      expressApp(false)
        .use(toExpress(guard(), { mountPath }))
        .use(expressRoutes()),
  ],
  [
    "toExpress with a mount path and strict routing",
    () =>
      expressApp(true)
        .use(toExpress(guard(), { mountPath }))
        .use(expressRoutes()),
  ],
  [
    "toExpress at a path of Express, before routes of the same router",
    () =>
      expressApp(false)
        .use("/api", toExpress(guard()))
        .get(
          ["/api", "/api/secret", "/api/*path"],
          (_, res) => void res.end(SECRET),
        )
        .use("/api", (_, res) => void res.end(SECRET))
        .use((_, res) => void res.end("other")),
  ],
  [
    "toFastify",
    () =>
      fastifyListener({}, (app) => {
        void app.register(toFastify(guard()));
        fastifyRoutes(app);
      }),
  ],
  [
    "toFastify with loose routing",
    () =>
      fastifyListener(LOOSE, (app) => {
        void app.register(toFastify(guard()));
        fastifyRoutes(app);
      }),
  ],
  [
    "toFastify at a prefix, with loose routing",
    () =>
      fastifyListener(LOOSE, (app) => {
        void app.register(
          (below, _, done) => {
            void below.register(toFastify(guard()));
            below.get("/", () => SECRET);
            below.get("/*", () => SECRET);
            done();
          },
          { prefix: "/api" },
        );
        app.get("/*", () => "other");
      }),
  ],
  ...[true, false].flatMap((strict): [string, () => RequestListener][] => [
    [
      `toFetch, before Hono with strict: ${strict}`,
      () => listenerOf(toFetch(guard(), honoApp(strict).fetch, { mountPath })),
    ],
    [
      `toFetch in a middleware of Hono with strict: ${strict}`,
      () => {
        const app = new Hono({ strict });
        const handle = toFetch(guard());
        app.use("/api/*", (c) => handle(c.req.raw));
        for (const path of ["/api", "/api/secret", "/api/*"])
          app.get(path, (c) => c.text(SECRET));
        return listenerOf(app.get("*", (c) => c.text("other")).fetch);
      },
    ],
  ]),
];

const segment = fc.constantFrom(
  "api",
  "API",
  "aPi",
  "%61pi",
  "a%70i",
  "%2561pi",
  "%252561pi",
  "%41PI",
  "api.",
  "api%20",
  "api;x=1",
  ";",
  ";x",
  "secret",
  "x",
  "",
  ".",
  "..",
  "%2e",
  "%2E%2e",
  ".%2e",
  "%252e%252e",
  "..;",
  "..;x",
  "...",
  "%00",
  "api%00",
  "%EF%BD%81pi",
  "ap%C4%B1",
  "a%FFpi",
  "a%09pi",
  "%c0%ae%c0%ae",
  "a\tpi",
  "\xa0",
  "%",
  "%ZZ",
  "api%3Fx",
  "api%23x",
  "api?x",
  "api#x",
  "#",
  "?",
);
const separator = fc.constantFrom(
  "/",
  "/",
  "/",
  "//",
  "\\",
  "/\\",
  "%2f",
  "%2F",
  "%5c",
  "%252f",
  "/./",
  "/x/../",
);
const start = fc.constantFrom(
  "",
  "",
  "",
  "",
  "http://a.test",
  "HTTP://a.test",
  "https://a.test:443",
  "ftp://a.test",
  "http://u@a.test",
  "http://a.test?",
  "http://a.test#",
  "//a.test",
  "/",
);
const spelling = fc
  .tuple(
    start,
    fc.array(fc.tuple(separator, segment), { minLength: 1, maxLength: 5 }),
  )
  .map(([head, rest]) => head + rest.flat().join(""));

describe.each(SETTINGS)("%s", (_, create) => {
  it("lets no spelling of a protected path reach a handler without the guard", async () => {
    const listener = await create();

    await fc.assert(
      fc.asyncProperty(spelling, async (target) => {
        const { text } = await sendTarget(listener, target);
        expect(text).not.toContain(SECRET);
      }),
      {
        numRuns: 1_500,
        examples: EXAMPLES.map((each): [string] => [each]),
      },
    );
  });

  it("lets other paths pass", async () => {
    const listener = await create();
    const passed: string[] = [];

    for (const target of OTHERS)
      if (!/^HTTP\/1.1 40[01]/.test((await sendTarget(listener, target)).text))
        passed.push(target);

    // A guard of a whole Fastify instance has no path.
    expect(passed).toEqual(
      /^toFastify(?: with loose routing)?$/.test(_) ? [] : OTHERS,
    );
  });
});

const EXAMPLES = [
  "/api/secret",
  "/API/secret",
  "/%61pi/secret",
  "//api/secret",
  "/api//secret",
  "/x/../api/secret",
  "/x/..%2fapi/secret",
  "/./api/secret",
  "/api;x/secret",
  "/api\\secret",
  "/api#x",
  "/x#/../api/secret",
  "http://a.test/api/secret",
  "ftp://a.test/api/secret",
  "http://a.test?/api/secret",
  "//a.test/api/secret",
  "/api%2fsecret",
  "/api/secret/",
];

const OTHERS = [
  "/",
  "/x",
  "/x/y/",
  "/apis/1?api=/api/secret",
  "/caf%C3%A9/a%20b",
  "/x/api/secret",
];
