import { apiKeys, cache, createRoute, toFetch } from "../../../../gateway";
import type { Step } from "../../../../gateway";
import { fresh, Scenario, type Reply } from "./scenario";

/** Whether a response to one request is used for another. */
const isShared = async (
  reply: Reply,
  first: Record<string, string>,
  second: Record<string, string>,
): Promise<boolean> =>
  (await new Scenario(reply, { vary: ["X-Tier"] }).callsForTwo(
    { headers: first },
    { headers: second },
  )) === 1;

const publicly = { "Cache-Control": "max-age=60, public" };

describe("cache", () => {
  it("distinguishes URLs, with their host and query", async () => {
    const scenario = new Scenario(fresh());
    for (const path of ["/a", "/a?", "/a?b=1", "/a?b=2", "/A"])
      await scenario.text({}, path);
    await scenario.text({ Host: "other.test" }, "/a");
    expect(scenario.calls).toBe(6);
  });

  it("distinguishes requests by the headers in Vary", async () => {
    const reply = fresh({ Vary: "Accept, X-A" });
    expect(await isShared(reply, { Accept: "a" }, { Accept: "a" })).toBe(true);
    expect(await isShared(reply, { Accept: "a" }, { Accept: "b" })).toBe(false);
    expect(await isShared(reply, { "X-A": "" }, {})).toBe(false);
  });

  it("keeps the responses for several values of Vary", async () => {
    const scenario = new Scenario(({ request }) =>
      fresh({ Vary: "X-A" }, request.headers.get("x-a")),
    );
    for (const value of ["1", "2", "1", "2"])
      expect(await scenario.text({ "X-A": value })).toBe(value);
    expect(scenario.calls).toBe(2);
  });

  it("distinguishes them by all headers that any response has named in Vary", async () => {
    const scenario = new Scenario(({ request }) =>
      request.headers.has("x-a") ? fresh({ Vary: "X-A" }, "a") : fresh({}, "b"),
    );
    for (const [headers, body] of [
      [{}, "b"],
      [{ "X-A": "1" }, "b"],
    ] as const)
      expect(await scenario.text(headers)).toBe(body);
    scenario.clock.pass(60_000);
    expect(await scenario.text({ "X-A": "1" })).toBe("a");
    expect(await scenario.text()).toBe("b");
    expect(await scenario.text({ "X-A": "1" })).toBe("a");
  });

  it("varies by what origins forget: the coding and the origin of a page", async () => {
    const coded = fresh({ "Content-Encoding": "gzip" });
    expect(await isShared(coded, { "Accept-Encoding": "gzip" }, {})).toBe(
      false,
    );
    const allowed = fresh({ "Access-Control-Allow-Origin": "https://a.test" });
    expect(await isShared(allowed, { Origin: "https://a.test" }, {})).toBe(
      false,
    );
  });

  it("varies by configured headers", async () => {
    const tier = { "X-Tier": "a" };
    expect(await isShared(fresh(), tier, {})).toBe(false);
    expect(await isShared(fresh(), tier, { "x-tier": "a" })).toBe(true);
  });

  it.each(["Cookie", "X-Forwarded-Host", "X-HTTP-Method-Override"])(
    "distinguishes requests by %s",
    async (name) => {
      expect(await isShared(fresh(), { [name]: "a" }, {})).toBe(false);
      expect(await isShared(fresh(), {}, { [name]: "a" })).toBe(false);
      expect(await isShared(fresh(), { [name]: "a" }, { [name]: "b" })).toBe(
        false,
      );
    },
  );

  it("uses a public response for every Cookie, but not for every host", async () => {
    expect(await isShared(fresh(publicly), { Cookie: "a" }, {})).toBe(true);
    expect(
      await isShared(fresh(publicly), { "X-Forwarded-Host": "a" }, {}),
    ).toBe(false);
  });

  it("never uses the response to one Authorization for another", async () => {
    const to = (value: string) => ({ Authorization: value });
    expect(await isShared(fresh(publicly), to("a"), to("a"))).toBe(true);
    expect(await isShared(fresh(publicly), to("a"), to("b"))).toBe(false);
    expect(await isShared(fresh(publicly), to("a"), {})).toBe(false);
    expect(await isShared(fresh(publicly), {}, to("a"))).toBe(false);
  });

  const user: Step = {
    name: "user",
    request: ({ request }) => ({
      change: {
        dropHeaders: ["x-token"],
        setHeaders: {
          "X-User": request.headers.get("x-token") ?? "none",
        },
      },
    }),
  };

  it.each([[{ before: [user] }], [{ after: [user] }]])(
    "distinguishes requests by headers that steps have set",
    async (steps) => {
      const scenario = new Scenario(
        ({ request }) => fresh({}, request.headers.get("x-user")),
        {},
        steps,
      );
      for (const token of ["a", "b", "a"])
        expect(await scenario.text({ "X-Token": token })).toBe(token);
      expect(scenario.calls).toBe(2);
    },
  );

  it("distinguishes API keys", async () => {
    const keys = apiKeys({
      keys: [
        { id: "a", key: "key-a" },
        { id: "b", key: "key-b" },
      ],
    });
    const scenario = new Scenario(fresh(), {}, { before: [keys] });
    for (const key of ["key-a", "key-b", "key-a"])
      await scenario.text({ "X-Api-Key": key });
    expect(scenario.calls).toBe(2);
  });

  it("distinguishes the routes that share the step", async () => {
    const step = cache({ ttlMs: 1_000 });
    const texts = ["first", "second"].map((body) =>
      toFetch(
        createRoute({ steps: [step] }),
        () => new Response(body),
      )(new Request("http://api.test/")).then((response) => response.text()),
    );
    expect(await Promise.all(texts)).toEqual(["first", "second"]);
  });

  it("uses a custom key, and goes past the cache without one", async () => {
    const scenario = new Scenario(fresh(), {
      key: ({ request }) =>
        request.path === "/none" ? undefined : request.path,
    });
    await scenario.text({}, "/a?b=1");
    await scenario.text({}, "/a?b=2");
    expect(scenario.calls).toBe(1);
    await scenario.text({}, "/none");
    await scenario.text({}, "/none");
    expect(scenario.calls).toBe(3);
  });

  it("reports an error of the key function as one of the step", async () => {
    const error = new Error("broken");
    const scenario = new Scenario(fresh(), {
      key: () => Promise.reject(error),
    });
    expect((await scenario.send()).status).toBe(500);
    expect(scenario.faults).toMatchObject([{ where: "cache", error }]);
  });

  it("caches other methods with a custom key that includes the body", async () => {
    const scenario = new Scenario(fresh(), {
      methods: ["POST"],
      key: async ({ request }) =>
        Buffer.from((await request.body.read(100)) ?? []).toString(),
    });
    for (const body of ["a", "b", "a"])
      await (await scenario.send("/", { method: "POST", body })).text();
    expect(scenario.calls).toBe(2);
  });

  it("answers HEAD with the response to GET, but not the other way around", async () => {
    const scenario = new Scenario(fresh());
    await scenario.send("/", { method: "HEAD" });
    await scenario.text();
    await scenario.text();
    const head = await scenario.send("/", { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("4");
    expect(scenario.calls).toBe(2);
  });
});
