import {
  apiKeys,
  cors,
  hashApiKey,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { ok, setUp, setUpOwn, takeDown } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

const SHOP = "https://shop.example";
const KEY = "globex-6FLZ3H0TnVbYwZ0kq0WlUY5iS5mRrcbN";

const steps = (): Step[] => [
  cors({ origins: [SHOP], exposeHeaders: ["X-Total"] }),
  apiKeys({ keys: [{ id: "globex", hash: hashApiKey(KEY) }] }),
];

/** The lines of a header, whatever its case. */
const linesOf = (lines: readonly string[], name: string): string[] =>
  lines.filter((line) => line.toLowerCase().startsWith(`${name}:`));

describe.each(hosts)("cors and apiKeys under $name", (host) => {
  it("answer a preflight request without a key", async () => {
    const { wire, origin } = await setUp(host, ok(), { steps: steps() });
    wire.send("OPTIONS /orders", [
      `Origin: ${SHOP}`,
      "Access-Control-Request-Method: PUT",
      "Access-Control-Request-Headers: x-api-key",
    ]);
    const { start, lines } = await wire.answer();
    expect(start).toMatch(/^HTTP\/1.1 204 /);
    expect(linesOf(lines, "access-control-allow-origin")).toHaveLength(1);
    expect(linesOf(lines, "access-control-allow-headers")[0]).toMatch(
      /x-api-key$/,
    );
    expect(origin.requests).toEqual([]);
  });

  it("refuse a request without a key in a response that the page can read", async () => {
    const { wire, faults } = await setUp(host, ok(), { steps: steps() });
    wire.send("GET /orders", [`Origin: ${SHOP}`]);
    const { start, lines } = await wire.answer();
    expect(start).toMatch(/^HTTP\/1.1 403 /);
    expect(linesOf(lines, "access-control-allow-origin")[0]).toMatch(SHOP);
    expect(faults).toEqual([]);
  });

  it("pass a request with a key, without the key, and replace the origin's headers", async () => {
    const { wire, origin } = await setUp(
      host,
      ok("orders", "Access-Control-Allow-Origin: *", "Vary: Accept"),
      { steps: steps() },
    );
    wire.send("GET /orders", [`Origin: ${SHOP}`, `X-Api-Key: ${KEY}`]);
    const { start, lines, body } = await wire.answer();
    expect(start).toMatch(/^HTTP\/1.1 200 /);
    expect(body).toBe("orders");
    expect(linesOf(lines, "access-control-allow-origin")).toEqual([
      expect.stringMatching(`: ${SHOP}$`),
    ]);
    expect(linesOf(lines, "vary")).toEqual([
      expect.stringMatching(": Accept, Origin$"),
    ]);
    expect(JSON.stringify(origin.request)).not.toContain(KEY);
  });

  it("set no header for another origin before the host's own handlers", async () => {
    const { wire } = await setUpOwn(host, steps());
    wire.send("GET /unread", [
      "Origin: https://other.example",
      `X-Api-Key: ${KEY}`,
    ]);
    const { start, lines } = await wire.answer();
    expect(start).toMatch(/^HTTP\/1.1 200 /);
    expect(linesOf(lines, "access-control-allow-origin")).toEqual([]);
    expect(linesOf(lines, "vary")).toHaveLength(1);
  });
});
