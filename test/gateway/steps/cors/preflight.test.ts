import { cors, createRouter, toFetch } from "../../../../gateway";
import { answering, corsHeadersOf, send, SHOP, TARGET } from "./scenario";

const preflight = (
  origin: string,
  { method = "PUT", headers = "", isPrivate = false } = {},
): RequestInit => ({
  method: "OPTIONS",
  headers: {
    Origin: origin,
    "Access-Control-Request-Method": method,
    ...(headers !== "" && { "Access-Control-Request-Headers": headers }),
    ...(isPrivate && { "Access-Control-Request-Private-Network": "true" }),
  },
});

describe("a preflight request to cors", () => {
  it("is answered with 204, without the origin and later steps", async () => {
    const later = jest.fn();
    const origin = jest.fn(answering());
    const response = await send(
      { origins: [SHOP], maxAgeSeconds: 600 },
      preflight(SHOP, { headers: "content-type, authorization" }),
      { origin, steps: [{ name: "later", request: later }] },
    );
    expect(response.status).toBe(204);
    expect(corsHeadersOf(response)).toEqual({
      "access-control-allow-origin": SHOP,
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": "content-type, authorization",
      "access-control-max-age": "600",
      vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network",
    });
    expect(later).not.toHaveBeenCalled();
    expect(origin).not.toHaveBeenCalled();
  });

  it.each([
    ["another origin", preflight("https://other.example")],
    ["a method that is not allowed", preflight(SHOP, { method: "PURGE" })],
    ["a method in another case", preflight(SHOP, { method: "put" })],
  ])("is answered without headers for %s", async (_, request) => {
    const response = await send({ origins: [SHOP] }, request);
    expect(response.status).toBe(204);
    expect(Object.keys(corsHeadersOf(response))).toEqual(["vary"]);
  });

  it("lists the allowed headers, whichever it asks for", async () => {
    const response = await send(
      { origins: "*", headers: ["X-A", "X-B"] },
      preflight(SHOP, { headers: "x-c" }),
    );
    expect(response.headers.get("access-control-allow-headers")).toBe(
      "X-A, X-B",
    );
  });

  it("allows no headers if none are configured", async () => {
    const response = await send(
      { origins: "*", headers: [] },
      preflight(SHOP, { headers: "x-c" }),
    );
    expect(response.headers.has("access-control-allow-headers")).toBe(false);
  });

  it.each(["a b", "a,,b", "x\u00e4", "a".repeat(5_000)])(
    "does not repeat headers that are not valid: %#",
    async (headers) => {
      const response = await send(
        { origins: "*" },
        preflight(SHOP, { headers }),
      );
      expect(response.headers.has("access-control-allow-headers")).toBe(false);
    },
  );

  it("allows the method that it asks for with methods *", async () => {
    const response = await send(
      { origins: [SHOP], methods: "*", credentials: true },
      preflight(SHOP, { method: "PURGE" }),
    );
    expect(response.headers.get("access-control-allow-methods")).toBe("PURGE");
  });

  it.each([
    [true, "true"],
    [false, null],
  ])(
    "may use a private network if privateNetwork is %p",
    async (privateNetwork, expected) => {
      const response = await send(
        { origins: [SHOP], privateNetwork },
        preflight(SHOP, { isPrivate: true }),
      );
      expect(response.headers.get("access-control-allow-private-network")).toBe(
        expected,
      );
    },
  );

  it.each<[string, Record<string, string>]>([
    ["without an origin", { "Access-Control-Request-Method": "PUT" }],
    ["without a requested method", { Origin: SHOP }],
  ])("is an ordinary request %s", async (_, headers) => {
    const response = await send(
      { origins: [SHOP] },
      { method: "OPTIONS", headers },
    );
    expect(await response.text()).toBe("orders");
  });

  it("is answered by the steps of a router that has no route for OPTIONS", async () => {
    const router = createRouter({
      steps: [cors({ origins: [SHOP] })],
      routes: { "PUT /orders/{id}": { origin: answering() } },
    });
    const response = await toFetch(router)(
      new Request(TARGET, preflight(SHOP)),
    );
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe(SHOP);
  });
});
