import { isConnectorError } from "../../../../src";
import {
  Body,
  createRoute,
  createRouter,
  GatewayResponse,
  HeaderList,
  toFetch,
  type Exchange,
  type Origin,
  type RouteMatch,
  type RouterOptions,
  type Step,
} from "../../../../gateway";

/** An origin that responds with a text. */
const saying = (text: string): Origin & { readonly close: jest.Mock } =>
  Object.assign(
    () =>
      Promise.resolve(
        new GatewayResponse({
          status: 200,
          headers: new HeaderList(),
          body: new Body(Buffer.from(text)),
        }),
      ),
    { close: jest.fn() },
  );

const ask = async (
  options: RouterOptions,
  path: string,
  init?: RequestInit,
): Promise<string> => {
  const handler = toFetch(createRouter(options), () => new Response("next"));
  const response = await handler(new Request(`http://shop.test${path}`, init));
  return `${response.status} ${await response.text()}`;
};

function issuesOf(options: object): string[] {
  try {
    createRouter(options as RouterOptions);
  } catch (error) {
    if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT")
      return error.issues.map(({ path, rule }) => `${path} ${rule}`);
    throw error;
  }
  return [];
}

describe("createRouter", () => {
  const origin = saying("a");

  it("runs the steps of the router, then those of the route", async () => {
    const ran: string[] = [];
    const step = (name: string): Step => ({
      name,
      request: () => void ran.push(name),
      requestContent: () => void ran.push(`${name} content`),
    });
    await ask(
      {
        steps: [step("router")],
        routes: { "GET /a": { steps: [step("route")], origin } },
      },
      "/a",
    );
    expect(ran).toEqual(["router", "route", "router content", "route content"]);
  });

  it("gives steps the match: key, pattern, raw and decoded parameters, and stage variables", async () => {
    let match: RouteMatch | undefined;
    const read: Step = {
      name: "read",
      request: (exchange: Exchange) => void (match = exchange.match),
    };
    await ask(
      {
        stageVariables: { table: "orders" },
        routes: { "GET /a/{x}/{rest+}": { steps: [read], origin } },
      },
      "/a/b%2Fc/d%20e/%zz/f",
    );
    expect({ ...match }).toEqual({
      key: "GET /a/{x}/{rest+}",
      pattern: "/a/{x}/{rest+}",
      parameters: { x: "b%2Fc", rest: "d%20e/%zz/f" },
      decodedParameters: { x: "b/c", rest: "d e/%zz/f" },
      stageVariables: { table: "orders" },
    });
  });

  it("responds with 404 if no route matches, after its steps have run", async () => {
    const request = jest.fn();
    const options = {
      steps: [{ name: "log", request }],
      routes: { "GET /a": { origin } },
    };
    expect(await ask(options, "/b")).toBe("404 Not Found\n");
    expect(await ask(options, "/a", { method: "POST" })).toMatch(/^404/);
    expect(request).toHaveBeenCalledTimes(2);
  });

  it("lets renderFault make the 404 response, which onFault does not report", async () => {
    const onFault = jest.fn();
    const options: RouterOptions = {
      onFault,
      renderFault: ({ status, reason = "", where }) => ({
        status,
        body: `${where}: ${reason}`,
      }),
      routes: { "GET /a": { origin } },
    };
    expect(await ask(options, "/b")).toBe(
      "404 router: no route matches the request",
    );
    expect(onFault).not.toHaveBeenCalled();
  });

  it("sends requests that match no other route to $default", async () => {
    const routes = { "GET /a": { origin }, $default: { origin: saying("b") } };
    expect(await ask({ routes }, "/a")).toBe("200 a");
    expect(await ask({ routes }, "/x/y", { method: "PUT" })).toBe("200 b");
  });

  it('lets the next handler respond with unmatched "next"', async () => {
    const closed: Step = {
      name: "closed",
      request: () => ({ respond: { status: 403 } }),
    };
    const options: RouterOptions = {
      unmatched: "next",
      routes: { "GET /a": { steps: [closed] }, "GET /b": { steps: [] } },
    };
    expect(await ask(options, "/a")).toBe("403 ");
    expect(await ask(options, "/b")).toBe("200 next");
    expect(await ask(options, "/c")).toBe("200 next");
    expect(await ask(options, "//a")).toMatch(/^400/);
  });

  it("has its routes below a base path", async () => {
    const options = { basePath: "/v1/", routes: { "GET /": { origin } } };
    expect(await ask(options, "/v1")).toBe("200 a");
    expect(await ask(options, "/v1/")).toBe("200 a");
    expect(await ask(options, "/")).toMatch(/^404/);
  });

  it("reports failures of a route to the router's onFault unless the route has its own", async () => {
    const failing: Step = {
      name: "failing",
      request: () => {
        throw new Error("a");
      },
    };
    const [own, shared] = [jest.fn(), jest.fn()];
    const options = {
      onFault: shared,
      routes: {
        "GET /a": { steps: [failing], origin },
        "GET /b": { steps: [failing], origin, onFault: own },
      },
    };
    await ask(options, "/a");
    await ask(options, "/b");
    expect([own.mock.calls.length, shared.mock.calls.length]).toEqual([1, 1]);
  });

  it.each([
    [null as never, [" object"]],
    [{}, ["routes required"]],
    [{ routes: {} }, ["routes routes"]],
    [{ routes: { "GET /": { origin } }, route: {} }, ["route unknown"]],
    [{ routes: { "/a": { origin } } }, ['routes["/a"] key']],
    [{ routes: { "get /a": { origin } } }, ['routes["get /a"] key']],
    [{ routes: { "GET /{a+}/b": { origin } } }, ['routes["GET /{a+}/b"] key']],
    [{ routes: { "GET /a{b}": { origin } } }, ['routes["GET /a{b}"] key']],
    [
      { routes: { "GET /{a}/{a}": { origin } } },
      ['routes["GET /{a}/{a}"] key'],
    ],
    [{ routes: { "GET /a//b": { origin } } }, ['routes["GET /a//b"] key']],
    [{ routes: { "GET /a/:id": { origin } } }, ['routes["GET /a/:id"] key']],
    [{ routes: { "ANY /a/*": { origin } } }, ['routes["ANY /a/*"] key']],
    [{ routes: { "ANY /*path": { origin } } }, ['routes["ANY /*path"] key']],
    [{ routes: { "GET /a/../b": { origin } } }, ['routes["GET /a/../b"] key']],
    [{ routes: { "GET /a?b": { origin } } }, ['routes["GET /a?b"] key']],
    [
      { routes: { "GET /{a}": { origin }, "GET /{b}/": { origin } } },
      ['routes["GET /{b}/"] key'],
    ],
    [
      { precedence: "rest", routes: { $default: { origin } } },
      ['routes["$default"] key'],
    ],
    [{ routes: { "GET /a": {} } }, ['routes["GET /a"] origin']],
    [{ routes: { "GET /a": createRoute() } }, ['routes["GET /a"] origin']],
    [{ routes: { "GET /a": null } }, ['routes["GET /a"] route']],
    [
      {
        routes: { "GET /a": createRouter({ routes: { "GET /": { origin } } }) },
      },
      ['routes["GET /a"] router'],
    ],
    [
      { routes: { "GET /a": { origin: "http://a.test", timeoutMs: 0 } } },
      ['routes["GET /a"].timeoutMs range'],
    ],
    [
      {
        routes: { "GET /": { origin } },
        precedence: "first",
        trailingSlash: true,
        unmatched: "404",
        caseSensitive: "yes",
        basePath: "/{a}",
        stageVariables: { a: 1 },
        steps: {},
        onFault: 1,
      },
      [
        "onFault function",
        "precedence choice",
        "basePath path",
        "caseSensitive boolean",
        "trailingSlash choice",
        "unmatched choice",
        "stageVariables strings",
        "steps array",
      ],
    ],
  ])("refuses %j", (options, issues) => {
    expect(issuesOf(options)).toEqual(issues);
  });
});

it("names the notation of a parameter for patterns of other routers", () => {
  const origin = saying("a");
  expect(() =>
    createRouter({
      routes: { "GET /a/:id": { origin }, "ANY /b/*": { origin } },
    }),
  ).toThrow(
    'createRouter: routes["GET /a/:id"] must have {id} for a parameter, not :id; encode a literal : as %3A; routes["ANY /b/*"] must have {name+} for the rest of a path, not *; encode a literal * as %2A',
  );
});

describe("replace of a router", () => {
  it("sends later requests to the new routes", async () => {
    const router = createRouter({
      routes: { "GET /a": { origin: saying("1") } },
    });
    const handler = toFetch(router);
    const read = async (): Promise<string> =>
      (await handler(new Request("http://shop.test/a"))).text();
    expect(await read()).toBe("1");
    await router.replace({ routes: { "GET /a": { origin: saying("2") } } });
    expect(await read()).toBe("2");
  });

  it("closes the routes that are not used any more, and no others", async () => {
    const [kept, dropped] = [saying("kept"), saying("dropped")];
    const route = createRoute({ origin: kept });
    const router = createRouter({
      routes: { "GET /a": route, "GET /b": { origin: dropped } },
    });
    await router.replace({ routes: { "GET /c": route } });
    expect(dropped.close).toHaveBeenCalledTimes(1);
    expect(kept.close).not.toHaveBeenCalled();
    await router.close();
    expect(kept.close).toHaveBeenCalledTimes(1);
    expect((await toFetch(router)(new Request("http://a.test/c"))).status).toBe(
      503,
    );
  });

  it("changes nothing if the new options are not valid", async () => {
    const origin = saying("1");
    const router = createRouter({ routes: { "GET /a": { origin } } });
    expect(() => router.replace({ routes: {} })).toThrow(
      /^replace: routes must/,
    );
    expect(() =>
      router.replace({ routes: { "GET /a": { origin } }, unmatched: "next" }),
    ).toThrow(/unmatched must stay respond/);
    const response = await toFetch(router)(new Request("http://a.test/a"));
    expect(await response.text()).toBe("1");
    expect(origin.close).not.toHaveBeenCalled();
  });

  it("does not end the process if a route that is closed throws and its promise is not used", async () => {
    const emitWarning = jest.spyOn(process, "emitWarning").mockReturnValue();
    const broken = saying("1");
    broken.close.mockRejectedValue(new Error("busy"));
    const router = createRouter({ routes: { "GET /a": { origin: broken } } });
    void router.replace({ routes: { "GET /a": { origin: saying("2") } } });
    await new Promise(setImmediate);
    expect(emitWarning.mock.calls[0]?.[0]).toMatch(
      /^Gateway: a route could not be closed \(Error at .+ Set a rejection handler on the promise of replace/,
    );
    emitWarning.mockRestore();
  });

  it("is refused after the router has been closed", async () => {
    const routes = { "GET /a": { origin: saying("1") } };
    const router = createRouter({ routes });
    await router.close();
    expect(() => router.replace({ routes })).toThrow(
      "replace: the router has been closed; create another one.",
    );
  });
});

describe("close of a router", () => {
  /** A route that waits until the test lets it continue. */
  function waiting() {
    let resume: () => void = () => undefined;
    const step: Step & { readonly close: jest.Mock } = {
      name: "waiting",
      request: () =>
        new Promise((resolve) => {
          resume = () => {
            resolve(undefined);
          };
        }),
      close: jest.fn(),
    };
    return {
      step,
      resume: () => {
        resume();
      },
    };
  }

  it("waits for requests that began before the last replacement", async () => {
    const { step, resume } = waiting();
    const routes = { "GET /a": { steps: [step], origin: saying("1") } };
    const router = createRouter({ routes });
    const response = toFetch(router)(new Request("http://a.test/a"));
    await new Promise(setImmediate);
    void router.replace({ routes: { "GET /b": { origin: saying("2") } } });
    let isClosed = false;
    const closed = router.close().then(() => (isClosed = true));
    await new Promise(setImmediate);
    expect([isClosed, step.close.mock.calls.length]).toEqual([false, 0]);
    resume();
    expect(await (await response).text()).toBe("1");
    await closed;
    expect(step.close).toHaveBeenCalledTimes(1);
  });

  it("waits, if a route in it is closed, for the requests of that route", async () => {
    const { step, resume } = waiting();
    const route = createRoute({ steps: [step], origin: saying("1") });
    const router = createRouter({
      routes: { "GET /a": route },
      onFault: () => undefined,
    });
    const handler = toFetch(router);
    const response = handler(new Request("http://a.test/a"));
    await new Promise(setImmediate);
    const closed = route.close();
    const later = await handler(new Request("http://a.test/a"));
    expect([later.status, step.close.mock.calls.length]).toEqual([503, 0]);
    resume();
    expect(await (await response).text()).toBe("1");
    await closed;
    expect(step.close).toHaveBeenCalledTimes(1);
  });
});
