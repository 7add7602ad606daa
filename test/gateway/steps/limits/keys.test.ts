import { TrustedProxies } from "../../../../gateway/http/client/TrustedProxies";
import { throttle, type LimitKey, type LimitStore } from "../../../../gateway";
import { exchangeOf, passes, send, type Arrival } from "./scenario";

/** Whether two requests share a bucket for one request. */
function share(key: LimitKey, one: Arrival, other: Arrival): boolean {
  const step = throttle({ rate: 0.001, burst: 1, key });
  expect(passes(step, one)).toBe(true);
  return !passes(step, other);
}

/** The keys that a store receives for a request. */
function keysOf(key: LimitKey, arrival: Arrival): string[] {
  const keys: string[] = [];
  const store: LimitStore = {
    charge: (charges) => {
      keys.push(...charges.map((charge) => charge.key));
      return { allowed: true, retryAfterMs: 0 };
    },
  };
  passes(throttle({ rate: 1, burst: 1, key, store, name: "a" }), arrival);
  return keys;
}

describe("a limit for each client", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["192.0.2.1", "::ffff:192.0.2.1"],
    ["192.0.2.1", "::FFFF:192.0.2.1"],
    ["192.0.2.1", "::ffff:c000:201"],
    ["192.0.2.1", "0:0:0:0:0:ffff:c000:0201"],
    ["2001:db8:1:2::1", "2001:db8:1:2::2"],
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
    ["2001:db8:1:2::1", "2001:0DB8:0001:0002:3:4:5:6"],
    ["2001:db8:1:2::1", "2001:db8:1:2:3:4:192.0.2.1"],
    ["2001:db8::1", "2001:db8:0:0::2"],
    ["::1", "::2"],
    ["fe80::1%eth0", "fe80::2%eth1"],
    [undefined, undefined],
    [undefined, ""],
  ])("counts %s and %s together", (one, other) => {
    expect(share("client", { address: one }, { address: other })).toBe(true);
  });

  it.each([
    ["192.0.2.1", "192.0.2.2"],
    ["192.0.2.1", "192.0.2.11"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.2"],
    ["::ffff:192.0.2.1", "::1"],
    ["::ffff:c000:201", "::ffff:c000:202"],
    ["2001:db8:1:2::1", "2001:db8:1:3::1"],
    ["2001:db8::1", "2001:db8:0:1::1"],
    ["::1:2:3:4:5", "::2"],
    ["192.0.2.1", undefined],
    ["-", undefined],
  ])("counts %s and %s separately", (one, other) => {
    expect(share("client", { address: one }, { address: other })).toBe(false);
  });
});

describe("a limit for each client behind proxies", () => {
  it("counts by the address that trusted proxies report", () => {
    const step = throttle({ rate: 0.001, burst: 1, key: "client" });
    const sendFrom = (client: string): boolean => {
      const exchange = exchangeOf({
        address: "10.0.0.1",
        headers: ["X-Forwarded-For", client],
      });
      exchange.trustedProxies = new TrustedProxies(["10.0.0.0/8"]);
      return send(step, exchange) === "passes";
    };
    expect(["192.0.2.1", "192.0.2.2", "192.0.2.1"].map(sendFrom)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("a limit for each value", () => {
  const header = (value?: string): Arrival => ({
    headers: value === undefined ? [] : ["X-Tenant", value],
  });
  const attribute = (value: unknown): Arrival => ({
    attributes: { apiKey: value },
  });
  const long = "a".repeat(10_000);

  it.each<[LimitKey, Arrival, Arrival]>([
    ["route", { address: "192.0.2.1" }, { address: "192.0.2.2" }],
    [{ header: "x-tenant" }, header("a"), header("a")],
    [{ header: "X-TENANT" }, header("a"), { headers: ["x-tenant", "a"] }],
    [{ header: "x-tenant" }, header(), header()],
    [{ header: "x-tenant" }, header(), header("")],
    [{ header: "x-tenant" }, header(long), header(long)],
    ["apiKey", attribute("a"), attribute("a")],
    ["apiKey", attribute(undefined), {}],
    ["apiKey", attribute(null), {}],
    ["apiKey", attribute(""), {}],
    [{ attribute: "apiKey" }, attribute(7), attribute("7")],
    [() => "a", {}, { address: "192.0.2.1" }],
    [() => undefined, {}, { address: "192.0.2.1" }],
  ])("counts requests with equal values together: %j %j %j", (...args) => {
    expect(share(...args)).toBe(true);
  });

  it.each<[LimitKey, Arrival, Arrival]>([
    [{ header: "x-tenant" }, header("a"), header("b")],
    [{ header: "x-tenant" }, header("a"), header()],
    [{ header: "x-tenant" }, header("-"), header()],
    [{ header: "x-tenant" }, header(long), header(`${long}b`)],
    ["apiKey", attribute("a"), attribute("b")],
    ["apiKey", attribute("-"), {}],
    ["apiKey", attribute(0), {}],
    ["apiKey", attribute(false), {}],
    ["apiKey", attribute(long), attribute(`${long}b`)],
    [({ request }) => request.remoteAddress, { address: "a" }, {}],
  ])("counts requests with other values separately: %j %j %j", (...args) => {
    expect(share(...args)).toBe(false);
  });

  it.each([[{}], [["a"]], [Symbol("a")], [Promise.resolve("a")], [() => "a"]])(
    "fails if a value cannot be compared: %p",
    (value) => {
      const create = (key: LimitKey) => throttle({ rate: 1, burst: 1, key });
      expect(() =>
        passes(create({ attribute: "apiKey" }), attribute(value)),
      ).toThrow(/^the attribute "apiKey" must be a string/);
      expect(() => passes(create(() => value as never))).toThrow(
        /^the value of the key function must be a string/,
      );
    },
  );

  it("handles the rejection of a promise that the key function returns", async () => {
    const rejections: unknown[] = [];
    const onRejection = (error: unknown) => rejections.push(error);
    process.on("unhandledRejection", onRejection);
    const key = () => Promise.reject(new Error("careless")) as never;
    const step = throttle({ rate: 1, burst: 1, key });
    expect(() => passes(step)).toThrow(TypeError);
    await new Promise((next) => setImmediate(next));
    process.off("unhandledRejection", onRejection);
    expect(rejections).toEqual([]);
  });

  it("is read from the request as earlier steps have changed it", () => {
    const step = throttle({ rate: 1, burst: 1, key: { header: "x-tenant" } });
    const changed = (value: string) => {
      const exchange = exchangeOf(header("a"));
      const headers = exchange.request.headers.with("X-Tenant", value);
      exchange.request = exchange.request.with({ headers });
      return send(step, exchange) === "passes";
    };
    expect([changed("b"), changed("c"), changed("b")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("bounds the length of keys, whatever clients send", () => {
    expect(keysOf("apiKey", attribute(long))[0]?.length).toBeLessThan(100);
    expect(keysOf({ header: "x-tenant" }, header(long))[0]?.length).toBe(
      keysOf({ header: "x-tenant" }, header("a"))[0]?.length,
    );
    expect(keysOf("client", { address: long })[0]?.length).toBeLessThan(100);
  });

  it("keeps no value of a header, which can be a credential", () => {
    const [key] = keysOf(
      { header: "authorization" },
      { headers: ["Authorization", "Bearer 91c0ffee"] },
    );
    expect(key).toMatch(/^throttle "a" 0 #[\w-]{43}$/);
  });
});
