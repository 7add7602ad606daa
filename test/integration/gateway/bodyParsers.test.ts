import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  createRoute,
  toExpress,
  toNode,
  type RouteFailure,
  type RouteOptions,
  type Step,
} from "aws-lambda-connector/gateway";
import express, { type Express, type RequestHandler } from "express";
import { takeDown, untilAfter } from "./setting";

afterEach(takeDown);

const guard: Step = {
  name: "guard",
  requestContent: async ({ request }) => {
    await request.body.read(1_000);
  },
};

/** Sends requests through an Express application, and returns where it failed and the statuses. */
async function ask(
  build: (app: Express, route: RequestHandler) => void,
  {
    methods = ["GET"],
    adapter = toExpress,
    ...options
  }: RouteOptions & {
    readonly methods?: readonly string[];
    readonly adapter?: typeof toExpress | typeof toNode;
  } = {},
) {
  const faults: RouteFailure[] = [];
  const app = express();
  const route = createRoute({
    steps: [guard],
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  const next: RequestHandler = (_, res) => void res.send("own");
  const handler =
    adapter === toNode ? toNode(route, next as never) : toExpress(route);
  build(app, handler);
  app.use(next);
  const server = app.listen(0, "127.0.0.1");
  untilAfter({ close: () => void server.close() });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const statuses: number[] = [];
  for (const method of methods) {
    const response = await fetch(`http://127.0.0.1:${port}/orders`, {
      method,
      ...(method === "POST" && {
        body: "{}",
        headers: { "Content-Type": "application/json" },
      }),
    });
    statuses.push(response.status);
  }
  return { faults: faults.map(({ where }) => where), statuses, all: faults };
}

describe("a step that reads bodies behind a body parser", () => {
  it.each([
    [
      "express.json()",
      (app: Express, route: RequestHandler) => {
        app.use(express.json());
        app.use(route);
      },
    ],
    [
      "express.urlencoded()",
      (app: Express, route: RequestHandler) => {
        app.use(express.urlencoded({ extended: true }));
        app.use("/orders", route);
      },
    ],
    [
      "express.json()",
      (app: Express, route: RequestHandler) => {
        const router = express.Router();
        router.use(express.json(), route);
        app.use("/orders", router);
      },
    ],
    [
      "express.json()",
      (app: Express, route: RequestHandler) => {
        app.use(express.json());
        app.all("/orders", route);
      },
    ],
  ])("is reported once at the first GET request: %s", async (parser, build) => {
    const { faults, statuses, all } = await ask(build, {
      methods: ["GET", "HEAD", "GET"],
    });

    expect(faults).toEqual(["guard"]);
    expect(statuses).toEqual([200, 200, 200]);
    expect(String(all[0]?.error)).toContain(parser);
    expect(String(all[0]?.error)).toContain(
      "mount the route before the parser",
    );
  });

  it("is reported by toNode, too", async () => {
    const { faults } = await ask(
      (app, route) => app.use(express.json(), route),
      { adapter: toNode },
    );

    expect(faults).toEqual(["guard"]);
  });

  it("fails by its name with a body", async () => {
    const { faults, statuses } = await ask(
      (app, route) => app.use(express.json(), route),
      { methods: ["POST"] },
    );

    expect([faults, statuses]).toEqual([["guard"], [500]]);
  });

  it("is reported together with an origin, which needs the body as well", async () => {
    const { faults } = await ask(
      (app, route) => app.use(express.json(), route),
      { origin: "http://127.0.0.1:1" },
    );

    expect(faults.sort()).toEqual(["guard", "origin", "origin"]);
  });

  it.each<[string, (app: Express, route: RequestHandler) => unknown, Step]>([
    [
      "behind express.raw()",
      (app, route) => app.use(express.raw({ type: () => true }), route),
      guard,
    ],
    [
      "before the parser",
      (app, route) => app.use(route, express.json()),
      guard,
    ],
    [
      "behind a parser of another path",
      (app, route) => app.use("/other", express.json()).use(route),
      guard,
    ],
    [
      "if it reads no body",
      (app, route) => app.use(express.json(), route),
      { name: "a", request: () => undefined },
    ],
    [
      "if it says that it reads no body",
      (app, route) => app.use(express.json(), route),
      { ...guard, readsBody: false },
    ],
  ])("is not reported %s", async (_, build, step) => {
    const { faults } = await ask(build, { steps: [step] });

    expect(faults).toEqual([]);
  });
});
