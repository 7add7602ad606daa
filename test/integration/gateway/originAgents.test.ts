import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createRoute,
  createRouter,
  toFetch,
  toNode,
  type Route,
} from "aws-lambda-connector/gateway";
import { RawOrigin } from "./RawOrigin";
import { ok, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

afterEach(takeDown);

const openOrigin = async (): Promise<RawOrigin> =>
  untilAfter(await RawOrigin.open(() => ok("done")));

async function ask(route: Route, path = "/"): Promise<string> {
  const url = `http://shop.test${path}`;
  const response = await toFetch(route)(new Request(url));
  return response.text();
}

describe("connections to origins", () => {
  it("are shared by all routes, and closed with the last route that has used them", async () => {
    const origin = await openOrigin();
    const routes = Array.from({ length: 20 }, (_, at) =>
      createRoute({ origin: `${origin.url}/v${at}` }),
    );
    for (const route of routes) expect(await ask(route)).toBe("done");
    expect(origin.connections).toBe(1);

    const last = createRoute({ origin: origin.url });
    await ask(last);
    await Promise.all(routes.map((route) => route.close()));
    await ask(last);
    expect([origin.connections, origin.sockets.size]).toEqual([1, 1]);

    await last.close();
    await origin.untilLeft();
  });

  it("are opened again after they have been closed", async () => {
    const origin = await openOrigin();
    for (const count of [1, 2]) {
      const route = createRoute({ origin: origin.url });
      await ask(route);
      await route.close();
      await origin.untilLeft();
      expect(origin.connections).toBe(count);
    }
  });

  it("are closed with the router whose routes have used them", async () => {
    const origin = await openOrigin();
    const router = createRouter({
      routes: {
        "GET /a": { origin: origin.url },
        "GET /b": { origin: origin.url },
      },
    });
    await Promise.all([ask(router, "/a"), ask(router, "/b")]);
    await router.close();
    await origin.untilLeft();
  });

  it("complete the requests in progress before they are closed", async () => {
    let answer: () => void = () => undefined;
    const origin = untilAfter(
      await RawOrigin.open(
        () =>
          new Promise<string>((resolve) => {
            answer = () => {
              resolve(ok("late"));
            };
          }),
      ),
    );
    const route = createRoute({ origin: origin.url });
    const server = createServer(toNode(route)).listen(0, "127.0.0.1");
    untilAfter({ close: () => void server.close() });
    await until(() => server.listening);
    const { port } = server.address() as AddressInfo;
    const wire = untilAfter(await Wire.open(port));

    wire.send("GET /");
    await origin.untilRequests(1);
    const closed = route.close();
    answer();

    expect((await wire.answer()).body).toBe("late");
    await closed;
    await origin.untilLeft();
  });
});
