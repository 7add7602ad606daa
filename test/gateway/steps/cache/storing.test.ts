import { Readable } from "node:stream";
import {
  Body,
  cache,
  createRoute,
  GatewayResponse,
  HeaderList,
  toFetch,
} from "../../../../gateway";
import { fresh, Scenario, type Reply } from "./scenario";

const date = (ms: number): string =>
  new Date(Date.UTC(2026, 10, 20, 12) + ms).toUTCString();

const replyOf = (
  cacheControl: string,
  headers: Record<string, string> = {},
): Reply => ({
  headers: { "Cache-Control": cacheControl, ...headers },
  body: "body",
});

/** Whether a second request is answered without the origin. */
const isStored = async (
  reply: Reply,
  options: ConstructorParameters<typeof Scenario>[1] = {},
  request: RequestInit = {},
): Promise<boolean> =>
  (await new Scenario(reply, options).callsForTwo(request)) === 1;

describe("a response that cache stores", () => {
  it.each([200, 203, 300, 301, 308, 404, 410])(
    "can have the status %d",
    async (status) => {
      expect(await isStored({ ...fresh(), status })).toBe(true);
    },
  );

  it("can have the status 204", async () => {
    const { headers = {} } = fresh();
    expect(await isStored({ headers, status: 204 })).toBe(true);
  });

  it.each([201, 202, 206, 302, 307, 400, 401, 403, 405, 429, 500, 503])(
    "cannot have the status %d",
    async (status) => {
      expect(await isStored({ ...fresh(), status })).toBe(false);
    },
  );

  it.each([
    ["Set-Cookie", "a=1"],
    ["Vary", "*"],
    ["Vary", "Accept, *"],
    ["Content-Range", "bytes 0-1/4"],
    ["Trailer", "X-Sum"],
    ["Content-Type", "text/event-stream; charset=utf-8"],
  ])("cannot have %s: %s", async (name, value) => {
    expect(await isStored(fresh({ [name]: value }))).toBe(false);
  });

  it.each([
    "max-age=60, no-store",
    "max-age=60, No-Store",
    "private, max-age=60",
    'private="x-user", max-age=60',
    "no-cache, max-age=60",
    'no-cache="set-cookie", max-age=60',
  ])("cannot have Cache-Control: %s", async (value) => {
    expect(await isStored(replyOf(value))).toBe(false);
  });

  const hello = Buffer.from("hello");
  const streamOf = (length: number): Body =>
    new Body(Readable.from([hello]), { length });

  it.each<[string, string[], Body]>([
    ["10 announced, 5 received", ["10"], new Body(hello)],
    ["3 announced, 5 received", ["3"], new Body(hello)],
    ["10 announced, none received", ["10"], new Body()],
    ["a stream of 5 with the length 10", [], streamOf(10)],
    ["a stream of 5 with the length 3", [], streamOf(3)],
    ["a stream of 5 with two lengths", ["5"], streamOf(6)],
  ])("has the length that it announces: not %s", async (_, lengths, body) => {
    const step = cache({ ttlMs: 60_000 });
    const headers = new HeaderList().with("Content-Length", lengths);
    const route = createRoute({
      steps: [step],
      onFault: () => undefined,
      origin: () =>
        Promise.resolve(new GatewayResponse({ status: 200, headers, body })),
    });
    const response = await toFetch(route)(new Request("http://api.test/"));
    await response.text().catch(() => undefined);
    expect(step.inspect().entries).toBe(0);
  });

  it("is not longer than maxEntryBytes", async () => {
    const reply = fresh({}, "a".repeat(101));
    expect(await isStored(reply, { maxEntryBytes: 100 })).toBe(false);
    expect(await isStored(reply, { maxEntryBytes: 101 })).toBe(true);
  });

  it.each([
    ["max-age=60", true],
    ["max-age=0", false],
    ['max-age="60"', true],
    ["max-age=-1", false],
    ["max-age=x", false],
    ["s-maxage=60, max-age=0", true],
    ["s-maxage=0, max-age=60", false],
    ["max-age=60, max-age=0", true],
    ["public", false],
    ['x="max-age=60"', false],
  ])("has a lifetime: %s is cached: %p", async (value, expected) => {
    expect(await isStored(replyOf(value))).toBe(expected);
  });

  it.each([
    [{ Expires: date(60_000) }, true],
    [{ Expires: date(60_000), Date: date(60_000) }, false],
    [{ Expires: date(-1_000) }, false],
    [{ Expires: "0" }, false],
    [{ Expires: "soon" }, false],
    [{ "Cache-Control": "max-age=60", Expires: "0" }, true],
    [{ "Cache-Control": "max-age=60", Age: "59" }, true],
    [{ "Cache-Control": "max-age=60", Age: "60" }, false],
    [{ "Cache-Control": "max-age=60", Age: "99999999999" }, false],
    [{ "Cache-Control": "max-age=60", Age: "9".repeat(400) }, false],
    [{ "Cache-Control": "max-age=60", Age: "60, 0" }, false],
    [{ "Cache-Control": "max-age=60", Age: "-1" }, true],
    [{ "Cache-Control": "max-age=60", Date: date(-60_000) }, false],
    [{}, false],
  ])("has a lifetime: %j is cached: %p", async (headers, expected) => {
    expect(await isStored({ headers })).toBe(expected);
  });

  it("has the lifetime ttlMs if it does not say its own", async () => {
    expect(await isStored({ body: "a" }, { ttlMs: 1 })).toBe(true);
    expect(await isStored(replyOf("max-age=0"), { ttlMs: 1 })).toBe(false);
    expect(await isStored({ headers: { Expires: "0" } }, { ttlMs: 1 })).toBe(
      false,
    );
  });

  it.each([
    ["max-age=60", false],
    ["max-age=60, public", true],
    ["s-maxage=60", true],
    ["max-age=60, must-revalidate", true],
  ])("to a request with Authorization has %s: %p", async (value, expected) => {
    const request = { headers: { Authorization: "Bearer a" } };
    expect(await isStored(replyOf(value), {}, request)).toBe(expected);
  });
});

describe("a request to cache", () => {
  it.each<[string, RequestInit]>([
    ["Range", { headers: { Range: "bytes=0-1" } }],
    ["If-Match", { headers: { "If-Match": '"a"' } }],
    ["If-Unmodified-Since", { headers: { "If-Unmodified-Since": date(0) } }],
    ["the method OPTIONS", { method: "OPTIONS" }],
  ])("with %s goes to the origin", async (_, request) => {
    const scenario = new Scenario(fresh());
    await scenario.text();
    expect(await scenario.callsForTwo(request)).toBe(2);
  });

  it.each<[string, RequestInit]>([
    ["no-cache", { headers: { "Cache-Control": "no-cache" } }],
    ["no-store", { headers: { "Cache-Control": "no-store" } }],
    ["max-age=0", { headers: { "Cache-Control": "max-age=0" } }],
    ["Pragma", { headers: { Pragma: "no-cache" } }],
  ])("is answered from the cache despite %s", async (_, request) => {
    expect(await isStored(fresh(), {}, request)).toBe(true);
    const honors = { clientDirectives: "honor" } as const;
    expect(await isStored(fresh(), honors, request)).toBe(false);
  });

  it("replaces the cached response with no-cache, if that is honored", async () => {
    const scenario: Scenario = new Scenario(
      () => fresh({}, String(scenario.calls)),
      {
        clientDirectives: "honor",
      },
    );
    expect(await scenario.text()).toBe("1");
    expect(await scenario.text({ "Cache-Control": "no-cache" })).toBe("2");
    expect(await scenario.text()).toBe("2");
  });

  it("with only-if-cached is answered with 504, if that is honored", async () => {
    const scenario = new Scenario(fresh(), { clientDirectives: "honor" });
    const headers = { "Cache-Control": "only-if-cached" };
    expect((await scenario.send("/", { headers })).status).toBe(504);
    await scenario.text();
    expect((await scenario.send("/", { headers })).status).toBe(200);
    expect(scenario.calls).toBe(1);
  });

  it("with max-age is answered with a response that is not older, if that is honored", async () => {
    const scenario = new Scenario(fresh(), { clientDirectives: "honor" });
    await scenario.text();
    scenario.clock.pass(10_000);
    await scenario.text({ "Cache-Control": "max-age=10" });
    expect(scenario.calls).toBe(1);
    await scenario.text({ "Cache-Control": "max-age=9" });
    expect(scenario.calls).toBe(2);
  });
});
