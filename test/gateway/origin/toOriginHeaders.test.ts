import { Body, Exchange, GatewayRequest, HeaderList } from "../../../gateway";
import { TrustedProxies } from "../../../gateway/http/client/TrustedProxies";
import type { OriginOptions } from "../../../gateway/origin/OriginOptions";
import { toOriginHeaders } from "../../../gateway/origin/toOriginHeaders";

const ID = "67891233abcdef012345678912345678";

/** An exchange whose connection comes from 10.0.0.1 and arrived at port 8080. */
function createExchange(headers: Record<string, string>): Exchange {
  const request = new GatewayRequest({
    method: "GET",
    url: "/",
    headers: new HeaderList(Object.entries(headers).flat()),
    body: new Body(),
    scheme: "http",
    host: "gateway.test",
    remoteAddress: "10.0.0.1",
  });
  const exchange = new Exchange(request, {
    native: undefined,
    connection: () => ({
      httpVersion: "1.1",
      remoteAddress: "10.0.0.1",
      remotePort: 50_000,
      localPort: 8080,
      tls: undefined,
    }),
  });
  return exchange;
}

function sent(
  exchange: Exchange,
  names: readonly string[],
  options: OriginOptions = {},
): (string | undefined)[] {
  const origin = new URL("http://origin.test");
  const list = new HeaderList(toOriginHeaders(origin, exchange, options));
  return names.map((name) => list.get(name));
}

const FORWARDED = ["For", "Proto", "Host", "Port"].map(
  (name) => `X-Forwarded-${name}`,
);
const REPORTED = {
  "X-Forwarded-For": "203.0.113.5",
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Host": "shop.test",
  "X-Forwarded-Port": "443",
};

describe("toOriginHeaders", () => {
  it("describes the connection if the peer is not a trusted proxy", () => {
    const exchange = createExchange(REPORTED);
    exchange.trustedProxies = new TrustedProxies(["10.0.0.2"]);
    const connection = ["10.0.0.1", "http", "gateway.test", "8080"];
    expect(sent(exchange, FORWARDED)).toEqual(connection);
  });

  it.each([
    ["a trusted proxy", new TrustedProxies(["10.0.0.0/8"]), {}],
    ["trustForwarded", undefined, { trustForwarded: true }],
  ])(
    "keeps what %s reports, and appends its address",
    (_, proxies, options) => {
      const exchange = createExchange(REPORTED);
      exchange.trustedProxies = proxies;
      expect(sent(exchange, FORWARDED, options)).toEqual([
        "203.0.113.5, 10.0.0.1",
        "https",
        "shop.test",
        "443",
      ]);
    },
  );

  it("sends no port if a trusted proxy reports the scheme but no port", () => {
    const exchange = createExchange({ "X-Forwarded-Proto": "https" });
    exchange.trustedProxies = new TrustedProxies(["10.0.0.1"]);
    expect(sent(exchange, ["X-Forwarded-Port"])).toEqual([undefined]);
  });

  it("sends trace headers that exchange.traceHeaders shows, without a tracestate of another trace", () => {
    const exchange = createExchange({ traceparent: "0", tracestate: "a=b" });
    const { traceId, traceHeaders } = exchange;
    expect(traceHeaders.traceparent).toContain(traceId);
    expect(
      sent(exchange, ["X-Amzn-Trace-Id", "traceparent", "tracestate"]),
    ).toEqual([...Object.values(traceHeaders), undefined]);
  });

  it("passes on a well-formed traceparent with its tracestate", () => {
    const traceparent = `00-${ID}-53995c3f42cd8ad8-01`;
    const exchange = createExchange({ traceparent, tracestate: "a=b" });
    expect(sent(exchange, ["traceparent", "tracestate"])).toEqual([
      traceparent,
      "a=b",
    ]);
    expect(exchange.traceId).toBe(ID);
  });

  it("sends the trace headers that a step has set", () => {
    const exchange = createExchange({});
    const { request } = exchange;
    exchange.request = request.with({
      headers: request.headers.with("traceparent", "own"),
    });
    expect(sent(exchange, ["traceparent"])).toEqual(["own"]);
  });

  it("leaves trace headers alone without traceHeaders", () => {
    const exchange = createExchange({ traceparent: "0", tracestate: "a=b" });
    expect(
      sent(exchange, ["X-Amzn-Trace-Id", "traceparent", "tracestate"], {
        traceHeaders: false,
      }),
    ).toEqual([undefined, "0", "a=b"]);
  });
});
