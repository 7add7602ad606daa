import type { Step } from "../../../../gateway";
import { InvalidInputError } from "../../../../src";
import { cache } from "../../../../gateway";
import { catchError } from "../../../catchError";
import { fresh, Scenario } from "./scenario";

const ETAG = 'W/"v1"';
const MODIFIED = "Fri, 20 Nov 2026 10:00:00 GMT";

describe("a cached response", () => {
  it("has the origin's status, headers and body, and Age", async () => {
    const scenario = new Scenario({
      ...fresh({ "X-A": "a", Age: "5" }),
      status: 404,
    });
    await scenario.text();
    scenario.clock.pass(7_900);
    const response = await scenario.send();
    expect(response.status).toBe(404);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "max-age=60",
      "x-a": "a",
      age: "12",
      date: "Fri, 20 Nov 2026 12:00:00 GMT",
      "content-length": "4",
    });
    expect(await response.text()).toBe("body");
    expect(scenario.calls).toBe(1);
  });

  it("is used until its lifetime ends", async () => {
    const scenario = new Scenario(fresh());
    await scenario.text();
    scenario.clock.pass(59_999);
    await scenario.text();
    expect(scenario.calls).toBe(1);
    scenario.clock.pass(1);
    await scenario.text();
    expect(scenario.calls).toBe(2);
    expect(scenario.step.inspect().entries).toBe(1);
  });

  it("has a status header only if it is configured", async () => {
    const scenario = new Scenario(fresh(), { statusHeader: "X-Cache" });
    const statusOf = async (method = "GET"): Promise<string | null> =>
      (await scenario.send("/", { method })).headers.get("x-cache");
    expect(await statusOf()).toBe("MISS");
    expect(await statusOf()).toBe("HIT");
    expect(await statusOf("OPTIONS")).toBe("BYPASS");
  });

  it("is reported in the attribute cache", async () => {
    const seen: unknown[] = [];
    const log: Step = {
      name: "log",
      done: ({ attributes }) => seen.push(attributes.get("cache")),
    };
    const scenario = new Scenario(fresh(), {}, { before: [log] });
    await scenario.text();
    await scenario.text();
    expect(seen).toEqual(["miss", "hit"]);
  });

  it("passes the handlers of all steps, before and after the origin", async () => {
    const handler = jest.fn();
    const step: Step = { name: "a", request: handler, response: handler };
    const scenario = new Scenario(
      fresh(),
      {},
      { before: [step], after: [step] },
    );
    await scenario.text();
    await scenario.text();
    expect(handler).toHaveBeenCalledTimes(8);
    expect(scenario.calls).toBe(1);
  });

  it("stays as it is if a step changes the bytes that it reads", async () => {
    const vandal: Step = {
      name: "vandal",
      responseContent: async ({ response }) => {
        (await response?.body.read(100))?.fill(0);
        return undefined;
      },
    };
    const scenario = new Scenario(fresh(), {}, { after: [vandal] });
    await scenario.text();
    for (let round = 0; round < 2; round++)
      expect(await scenario.text()).toBe("body");
  });

  it("is never the response of a step", async () => {
    const own: Step = {
      name: "own",
      request: () => ({
        originResponse: {
          status: 200,
          headers: { "Cache-Control": "max-age=60" },
        },
      }),
    };
    const scenario = new Scenario(fresh(), {}, { before: [own] });
    await scenario.text();
    expect(scenario.step.inspect().entries).toBe(0);
  });
});

describe("a conditional request to cache", () => {
  it.each<[string, Record<string, string>, number]>([
    ["its entity tag", { "If-None-Match": '"v1"' }, 304],
    ["a list with its entity tag", { "If-None-Match": '"v0", W/"v1"' }, 304],
    ["every entity tag", { "If-None-Match": "*" }, 304],
    ["another entity tag", { "If-None-Match": '"v2"' }, 200],
    ["its date", { "If-Modified-Since": MODIFIED }, 304],
    [
      "an earlier date",
      { "If-Modified-Since": "Fri, 20 Nov 2026 09:59:59 GMT" },
      200,
    ],
    ["an invalid date", { "If-Modified-Since": "yesterday" }, 200],
    [
      "another entity tag, which counts before its date",
      { "If-None-Match": '"v2"', "If-Modified-Since": MODIFIED },
      200,
    ],
  ])(
    "with %s is evaluated by the cache, also before it has the response",
    async (_, headers, status) => {
      const scenario = new Scenario(
        fresh({
          ETag: ETAG,
          "Last-Modified": MODIFIED,
          "Content-Type": "text/plain",
        }),
      );
      for (let round = 0; round < 2; round++) {
        const response = await scenario.send("/", { headers });
        expect(response.status).toBe(status);
        expect(await response.text()).toBe(status === 304 ? "" : "body");
        expect(response.headers.get("etag")).toBe(ETAG);
        expect(response.headers.has("content-type")).toBe(status === 200);
      }
      expect(scenario.calls).toBe(1);
    },
  );

  it("reaches the origin without its conditions, and later steps with them", async () => {
    const seen: string[][] = [];
    const log: Step = {
      name: "log",
      response: ({ request }) => {
        seen.push(request.headers.names());
        return undefined;
      },
    };
    const scenario = new Scenario(
      ({ request }) => {
        seen.push(request.headers.names());
        return fresh({ ETag: ETAG });
      },
      {},
      { after: [log] },
    );
    await scenario.text({ "If-None-Match": ETAG });
    expect(seen).toEqual([[], ["if-none-match"]]);
  });

  it("reaches the origin as it is, once the response cannot be cached", async () => {
    const scenario = new Scenario(({ request }) =>
      request.headers.has("if-none-match") ? { status: 304 } : { body: "a" },
    );
    await scenario.text();
    const response = await scenario.send("/", {
      headers: { "If-None-Match": ETAG },
    });
    expect(response.status).toBe(304);
  });

  it("is not answered with 304 for a cached error", async () => {
    const scenario = new Scenario({ ...fresh({ ETag: ETAG }), status: 404 });
    const headers = { "If-None-Match": ETAG };
    for (let round = 0; round < 2; round++)
      expect((await scenario.send("/", { headers })).status).toBe(404);
  });
});

describe("a request that changes something", () => {
  it.each(["POST", "PUT", "DELETE", "PATCH", "PURGE"])(
    "with %s removes the cached responses for its URL",
    async (method) => {
      const scenario = new Scenario(fresh({ Vary: "Accept" }));
      await scenario.text();
      await scenario.text({ Accept: "b" });
      await scenario.text({}, "/other");
      await scenario.send("/", { method });
      expect(scenario.step.inspect().entries).toBe(1);
    },
  );

  it("removes nothing if it fails", async () => {
    const scenario = new Scenario(({ request }) =>
      request.method === "GET" ? fresh() : { status: 409 },
    );
    await scenario.text();
    await scenario.send("/", { method: "POST" });
    expect(scenario.step.inspect().entries).toBe(1);
  });

  it("removes what Location and Content-Location name on the same server", async () => {
    const scenario = new Scenario(({ request }) =>
      request.method === "GET"
        ? fresh()
        : {
            status: 201,
            headers: {
              Location: "/orders/7?a=1",
              "Content-Location": "http://other.test/orders/8",
            },
          },
    );
    for (const path of ["/orders/7?a=1", "/orders/8"])
      await scenario.text({}, path);
    await scenario.send("/orders", { method: "POST" });
    expect(scenario.step.inspect().entries).toBe(1);
    await scenario.text({}, "/orders/8");
    expect(scenario.calls).toBe(3);
  });
});

describe("the memory of cache", () => {
  it("has a limit, for which the least recently used are removed", async () => {
    const scenario = new Scenario(fresh({}, "a".repeat(1_000)), {
      maxBytes: 10_000,
    });
    for (let at = 0; at < 100; at++) {
      await scenario.text({}, `/${at}`);
      const { bytes } = scenario.step.inspect();
      expect(bytes).toBeLessThanOrEqual(10_000);
    }
    const { entries } = scenario.step.inspect();
    expect(entries).toBeGreaterThan(3);
    await scenario.text({}, "/99");
    expect(scenario.calls).toBe(100);
    await scenario.text({}, "/0");
    expect(scenario.calls).toBe(101);
  });

  it("counts long URLs and headers", async () => {
    const scenario = new Scenario(fresh({ "X-A": "a".repeat(5_000) }, ""));
    await scenario.text({}, `/${"b".repeat(5_000)}`);
    expect(scenario.step.inspect().bytes).toBeGreaterThan(10_000);
  });

  it("is empty after clear", async () => {
    const scenario = new Scenario(fresh());
    await scenario.text();
    scenario.step.clear();
    expect(scenario.step.inspect()).toEqual({
      entries: 0,
      bytes: 0,
      maxBytes: 67_108_864,
    });
    await scenario.text();
    expect(scenario.calls).toBe(2);
  });
});

describe("the options of cache", () => {
  it.each([
    [{ ttlMs: -1 }, /ttlMs must be an integer from 0 to/],
    [{ ttl: 1 }, /ttl is not an option of cache/],
    [{ maxEntryByte: 1 }, /did you mean maxEntryBytes\?/],
    [{ vary: ["*"] }, /vary must be an array of header names/],
    [{ vary: "Accept" }, /vary must be an array of header names/],
    [{ methods: [] }, /methods must be an array of at least one/],
    [{ methods: ["POST"] }, /key must be a function if methods has others/],
    [{ maxBytes: 10, maxEntryBytes: 11 }, /must be at most maxBytes/],
    [{ clientDirectives: true }, /must be "ignore" or "honor"/],
    [{ statusHeader: "Connection" }, /statusHeader must be the name/],
    [{ key: "url" }, /key must be a function/],
  ])("are refused: %j", async (options, message) => {
    const error = await catchError(() => cache(options as never));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toMatch(message);
  });
});
