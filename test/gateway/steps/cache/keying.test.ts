import { cache, createRoute, toFetch, type Step } from "../../../../gateway";
import { fresh, Scenario, type Reply } from "./scenario";

const publicly = fresh({ "Cache-Control": "max-age=60, public" });

const calls = (
  reply: Reply,
  first: Record<string, string>,
  second: Record<string, string>,
): Promise<number> =>
  new Scenario(reply).callsForTwo({ headers: first }, { headers: second });

describe("the key of cache", () => {
  it.each(["x-user", "baggage", "x-request-id"])(
    "has the header %s that a step sets, also if the client sends the same value",
    async (name) => {
      const user: Step = {
        name: "user",
        request: ({ request }) => ({
          change: {
            setHeaders: { [name]: request.headers.get("x-token") ?? "" },
          },
        }),
      };
      const scenario = new Scenario(
        ({ request }) => fresh({}, request.headers.get(name)),
        {},
        { before: [user] },
      );
      const text = (token: string, headers = {}): Promise<string> =>
        scenario.text({ "X-Token": token, ...headers });
      expect(await text("alice", { [name]: "alice" })).toBe("alice");
      expect(await text("mallory")).toBe("mallory");
      expect(await text("mallory", { [name]: "mallory" })).toBe("mallory");
      expect(scenario.calls).toBe(2);
    },
  );

  it.each([
    "X_Forwarded_Host",
    "X-Forwarded-Prefix",
    "X-Forwarded-Scheme",
    "X-Forwarded-Ssl",
    "X-Forwarded",
    "Cloudfront-Forwarded-Proto",
    "X-Original-Uri",
    "X.Original.URL",
    "X-Rewrite-Path",
    "X_HTTP_Method_Override",
    "X-HTTP-Host-Override",
    "X-HTTP-Method",
    "X-Host",
    "X-Scheme",
    "X-Url-Scheme",
    "Front-End-Https",
    "X-Script-Name",
    "X-Envoy-Original-Path",
    "X-Ms-Original-Url",
    "X-Waws-Unencoded-Url",
    "X-Replaced-Path",
    "Base-Url",
    "X-Api-Key",
    "X-Auth-Token",
  ])("has %s, also for a public response", async (name) => {
    expect(await calls(publicly, { [name]: "a" }, { [name]: "a" })).toBe(1);
    expect(await calls(publicly, { [name]: "a" }, { [name]: "b" })).toBe(2);
    expect(await calls(publicly, { [name]: "a" }, {})).toBe(2);
    expect(await calls(publicly, {}, { [name]: "a" })).toBe(2);
  });

  it("has X-Forwarded-For only if the response varies by it", async () => {
    const [first, second] = ["1.2.3.4", "5.6.7.8"].map((address) => ({
      "X-Forwarded-For": address,
    }));
    expect(await calls(fresh(), first ?? {}, second ?? {})).toBe(1);
    const varying = fresh({ Vary: "X-Forwarded-For" });
    expect(await calls(varying, first ?? {}, second ?? {})).toBe(2);
  });

  it.each(["traceparent", "tracestate", "X-Amzn-Trace-Id"])(
    "cannot have %s, which the gateway sets for each request",
    async (name) => {
      expect(await calls(fresh({ Vary: name }), {}, {})).toBe(2);
    },
  );

  it("has the URL of a Fetch request besides its Host header", async () => {
    const step = cache();
    const handle = toFetch(
      createRoute({ steps: [step] }),
      ({ url }) =>
        new Response(url, { headers: { "Cache-Control": "max-age=60" } }),
    );
    const get = async (url: string): Promise<string> =>
      (
        await handle(new Request(url, { headers: { Host: "shop.test" } }))
      ).text();
    expect(await get("http://evil.test/")).toBe("http://evil.test/");
    expect(await get("http://shop.test/")).toBe("http://shop.test/");
    expect(step.inspect().entries).toBe(2);
  });
});

describe("a response that varies by a header that the gateway sets", () => {
  /** Number of requests to the origin for two clients. */
  const callsFor = async (
    name: string,
    trustedProxies: readonly string[] = [],
  ): Promise<number> => {
    let calls = 0;
    const route = createRoute({ steps: [cache()], trustedProxies });
    for (const address of ["10.0.0.1", "10.0.0.2"]) {
      const handle = toFetch(
        route,
        () => {
          calls++;
          const headers = { "Cache-Control": "max-age=60", Vary: name };
          return new Response("body", { headers });
        },
        { remoteAddress: () => address },
      );
      await (await handle(new Request("http://api.test/"))).text();
    }
    return calls;
  };

  it("is only for the client address that the origin receives", async () => {
    expect(await callsFor("X-Forwarded-For")).toBe(2);
  });

  it("is shared by clients for which the origin receives the same", async () => {
    expect(await callsFor("X-Forwarded-Proto")).toBe(1);
    expect(await callsFor("X-Forwarded-Host")).toBe(1);
  });

  it("is not shared by a trusted proxy and another client", async () => {
    expect(await callsFor("X-Forwarded-Proto", ["10.0.0.1"])).toBe(2);
  });
});

describe("a successful request with POST", () => {
  it("removes the responses of other routes that share the step", async () => {
    const step = cache({ ttlMs: 60_000 });
    let calls = 0;
    const next = (): Response => new Response(`version ${++calls}`);
    const reads = toFetch(createRoute({ steps: [step] }), next);
    const writes = toFetch(
      createRoute({ steps: [step] }),
      () => new Response(null, { status: 204 }),
    );
    const read = async (): Promise<string> =>
      (await reads(new Request("http://api.test/orders/7"))).text();
    expect(await read()).toBe("version 1");
    expect(await read()).toBe("version 1");
    await writes(new Request("http://api.test/orders/7", { method: "POST" }));
    expect(await read()).toBe("version 2");
  });

  it("removes the response for the URL of the client, if steps have changed it", async () => {
    let target = "http://a.test";
    const scenario: Scenario = new Scenario(
      () => fresh({}, String(scenario.calls)),
      {},
      {
        before: [
          {
            name: "target",
            reroutes: true,
            request: () => ({ change: { target } }),
          },
        ],
      },
    );
    expect(await scenario.text()).toBe("1");
    target = "http://b.test";
    expect(await scenario.text()).toBe("2");
    await scenario.send("/", { method: "POST" });
    expect(await scenario.text()).toBe("4");
  });
});
