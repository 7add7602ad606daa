import {
  createRoute,
  createRouter,
  toFetch,
  type RouteOptions,
  type RouterOptions,
} from "../../../gateway";

const fail = () => Promise.reject(new Error("never called"));

/** The client address that a step of a route reads. */
async function addressOf(
  headers: Record<string, string>,
  options: RouteOptions,
  router?: Omit<RouterOptions, "routes">,
): Promise<unknown> {
  let found: unknown;
  const step = {
    name: "reader",
    request: ({ clientAddress }: { clientAddress?: string | undefined }) => {
      found = clientAddress;
      return { respond: { status: 204 } };
    },
  };
  const route = createRoute({ ...options, steps: [step], origin: fail });
  const served = router
    ? createRouter({ ...router, routes: { "GET /": route } })
    : route;
  const handle = toFetch(served, undefined, {
    remoteAddress: () => "10.0.0.1",
  });
  await handle(new Request("http://gateway.test/", { headers }));
  return found;
}

describe("clientAddress", () => {
  const headers = {
    "X-Forwarded-For": "198.51.100.1, 203.0.113.5, 10.0.0.2",
    Forwarded: "for=203.0.113.6",
  };

  it("is the address of the connection without trustedProxies", async () => {
    expect(await addressOf(headers, {})).toBe("10.0.0.1");
  });

  it("is the last address that is not one of a trusted proxy", async () => {
    const trustedProxies = ["10.0.0.0/8"];
    expect(await addressOf(headers, { trustedProxies })).toBe("203.0.113.5");
    expect(
      await addressOf(headers, {
        trustedProxies,
        forwardedHeader: "forwarded",
      }),
    ).toBe("203.0.113.6");
  });

  it("depends on the trustedProxies of the router, unless the route has its own", async () => {
    const trustedProxies = ["10.0.0.0/8"];
    expect(await addressOf(headers, {}, { trustedProxies })).toBe(
      "203.0.113.5",
    );
    expect(
      await addressOf(headers, { trustedProxies: [] }, { trustedProxies }),
    ).toBe("10.0.0.1");
  });

  it("cannot be removed with a Connection header", async () => {
    const trustedProxies = ["10.0.0.0/8"];
    const named = { ...headers, Connection: "X-Forwarded-For" };
    expect(await addressOf(named, { trustedProxies })).toBe("203.0.113.5");
  });
});
