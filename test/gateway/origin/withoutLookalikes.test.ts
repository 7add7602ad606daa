import { Body, Exchange, GatewayRequest, HeaderList } from "../../../gateway";
import {
  isTrailerOfChangedHeader,
  withoutLookalikes,
} from "../../../gateway/origin/withoutLookalikes";

/** An exchange whose step has set `X-Partner` and removed `X-Admin`. */
function createExchange(...lines: string[]): Exchange {
  const headers = new HeaderList(["X-Admin", "1", ...lines]);
  const request = new GatewayRequest({
    method: "GET",
    url: "/",
    headers,
    body: new Body(),
    scheme: "http",
  });
  const exchange = new Exchange(request, { native: undefined });
  exchange.request = request.with({
    headers: headers.edit({
      drop: new Set(["x-admin"]),
      set: { "x-partner": "good" },
    }),
  });
  return exchange;
}

describe("withoutLookalikes", () => {
  it.each([
    "X_Partner",
    "X.Partner",
    "X~Partner",
    "x!partner",
    "X_Admin",
    "X.Admin",
    "X.Forwarded.For",
    "Content.Length",
    "transfer_encoding",
  ])("removes %s, which some servers read as another header", (name) => {
    const exchange = createExchange(name, "bad", "X.Other", "kept");

    const { lines } = withoutLookalikes(exchange.request.headers, exchange);

    expect(lines).toEqual(["X.Other", "kept", "x-partner", "good"]);
  });
});

describe("isTrailerOfChangedHeader", () => {
  it.each([
    ["X-Partner", true],
    ["x.partner", true],
    ["X-Admin", true],
    ["X-Checksum", false],
  ])("finds whether a step has changed the header %s", (name, expected) => {
    expect(isTrailerOfChangedHeader(createExchange())(name)).toBe(expected);
  });
});
