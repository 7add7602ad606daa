import {
  cors,
  type CorsOptions,
  type RouteFailure,
  type Step,
} from "../../../../gateway";
import { InvalidInputError } from "../../../../src";
import { catchError } from "../../../catchError";
import { answering, corsHeadersOf, from, send, SHOP } from "./scenario";

describe("cors", () => {
  it("allows every origin with *, also requests without one", async () => {
    for (const request of [from(SHOP), {}])
      expect(corsHeadersOf(await send({ origins: "*" }, request))).toEqual({
        "access-control-allow-origin": "*",
      });
  });

  it("names an allowed origin, and varies by it", async () => {
    const response = await send({ origins: [SHOP] }, from(SHOP));
    expect(corsHeadersOf(response)).toEqual({
      "access-control-allow-origin": SHOP,
      vary: "Origin",
    });
    expect(await response.text()).toBe("orders");
  });

  it.each([["https://other.example"], ["null"], [`${SHOP}, ${SHOP}`]])(
    "passes a request of the origin %s that is not allowed, without headers",
    async (origin) => {
      const response = await send({ origins: [SHOP] }, from(origin));
      expect(corsHeadersOf(response)).toEqual({ vary: "Origin" });
      expect(response.status).toBe(200);
    },
  );

  it("varies by the origin also if a request has none", async () => {
    const response = await send({ origins: [SHOP] }, {});
    expect(corsHeadersOf(response)).toEqual({ vary: "Origin" });
  });

  it("adds to the Vary of the origin's response", async () => {
    const response = await send({ origins: [SHOP] }, from(SHOP), {
      origin: answering("Vary", "Accept"),
    });
    expect(response.headers.get("vary")).toBe("Accept, Origin");
  });

  it("replaces the headers of the origin's response, also for origins that are not allowed", async () => {
    const origin = answering(
      "Access-Control-Allow-Origin",
      "*",
      "Access-Control-Allow-Credentials",
      "true",
      "Access-Control-Expose-Headers",
      "X-A",
    );
    const options = { origins: [SHOP], exposeHeaders: ["X-B", "X-C"] };
    expect(corsHeadersOf(await send(options, from(SHOP), { origin }))).toEqual({
      "access-control-allow-origin": SHOP,
      "access-control-expose-headers": "X-B, X-C",
      vary: "Origin",
    });
    expect(
      corsHeadersOf(
        await send(options, from("https://other.example"), { origin }),
      ),
    ).toEqual({ vary: "Origin" });
  });

  const breakDown = (): never => {
    throw new Error("broken");
  };
  it.each<[string, Step]>([
    [
      "a response of a step",
      { name: "a", request: () => ({ respond: { status: 403 } }) },
    ],
    ["a refusal", { name: "b", request: () => ({ refuse: { status: 429 } }) }],
    ["a failure", { name: "c", request: breakDown }],
  ])("sets its headers on %s", async (_, step) => {
    const response = await send({ origins: [SHOP] }, from(SHOP), {
      steps: [step],
      onFault: () => undefined,
    });
    expect(response.headers.get("access-control-allow-origin")).toBe(SHOP);
  });

  it("keeps its Vary if a later step sets another", async () => {
    const later: Step = {
      name: "later",
      request: (exchange) => {
        exchange.setResponseHeaders({ vary: "Accept" });
        return undefined;
      },
    };
    const response = await send({ origins: [SHOP] }, from(SHOP), {
      steps: [later],
    });
    expect(response.headers.get("vary")).toBe("Origin, Accept");
  });

  it("allows credentials only if they are configured", async () => {
    const response = await send(
      { origins: [SHOP], credentials: true },
      from(SHOP),
    );
    expect(corsHeadersOf(response)).toMatchObject({
      "access-control-allow-origin": SHOP,
      "access-control-allow-credentials": "true",
    });
  });
});

describe("the origins of cors", () => {
  const isAllowed = async (
    origins: CorsOptions["origins"],
    origin: string,
  ): Promise<boolean> => {
    const { headers } = await send({ origins }, from(origin));
    return headers.get("access-control-allow-origin") === origin;
  };

  it.each<[string | RegExp, string, boolean]>([
    [/shop\.example/, "https://shop.example.attacker.test", false],
    [/https:\/\/[a-z]+\.shop\.example/, "https://de.shop.example", true],
    [
      /https:\/\/[a-z]+\.shop\.example/,
      "https://attacker.test/?https://de.shop.example",
      false,
    ],
    [/https:\/\/a\.test|https:\/\/b\.test/, "https://b.test", true],
    [/https:\/\/a\.test|https:\/\/b\.test/, "https://b.test.c.test", false],
    [/https:\/\/SHOP\.example/i, SHOP, true],
    [/.*/, "null", false],
    [/.*/, `https://${"a".repeat(600)}`, false],
    [/https:\/\/.*/g, SHOP, true],
    ["https://*", "https://any.test:8443", true],
    ["https://*", "http://any.test", false],
    ["https://*", "https://any.test/path", false],
    ["chrome-extension://abcdef", "chrome-extension://abcdef", true],
    [SHOP, "https://SHOP.example", false],
    [SHOP, "http://shop.example", false],
    [SHOP, "https://shop.example:8443", false],
  ])("with %p, %s is allowed: %p", async (pattern, origin, expected) => {
    expect(await isAllowed([pattern], origin)).toBe(expected);
    // A pattern keeps no position.
    expect(await isAllowed([pattern], origin)).toBe(expected);
  });

  it("can be a function, which may allow null and be asynchronous", async () => {
    const origins = (origin: string) => Promise.resolve(origin === "null");
    expect(await isAllowed(origins, "null")).toBe(true);
    expect(await isAllowed(origins, SHOP)).toBe(false);
  });

  it("are allowed by a function only if it returns true", async () => {
    expect(await isAllowed((() => "no") as never, SHOP)).toBe(false);
  });

  it("make the request fail with status 500 if the function throws", async () => {
    const faults: RouteFailure[] = [];
    const origins = (): never => {
      throw new Error("broken");
    };
    const response = await send({ origins }, from(SHOP), {
      onFault: (fault) => faults.push(fault),
    });
    expect(response.status).toBe(500);
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
    expect(faults).toMatchObject([{ where: "cors" }]);
  });
});

describe("the options of cors", () => {
  it.each([
    [{}, /origins must be "\*", a function, or an array/],
    [{ origins: "https://shop.example" }, /origins must be/],
    [{ origins: ["https://shop.example/"] }, /origins must be/],
    [{ origins: ["https://shop.example:443"] }, /origins must be/],
    [{ origins: ["https://Shop.example"] }, /origins must be/],
    [{ origins: ["https://*.shop.example"] }, /origins must be/],
    [{ origins: ["shop.example"] }, /origins must be/],
    [{ origins: ["null"] }, /origins must be/],
    [{ origins: ["*"] }, /origins must be/],
    [
      { origins: "*", credentials: true },
      /origins must not be "\*" if credentials is true/,
    ],
    [
      { origins: [SHOP], exposeHeaders: "*", credentials: true },
      /exposeHeaders must not be "\*" if credentials is true/,
    ],
    [
      { origins: "*", methods: ["GET,PUT"] },
      /methods must be "\*" or an array/,
    ],
    [{ origins: "*", headers: "X-A" }, /headers must be "\*" or an array/],
    [{ origins: "*", maxAgeSeconds: 86_401 }, /from -1 to 86,400/],
    [{ origins: "*", maxAge: 1 }, /maxAge is not an option of cors/],
    [{ origins: "*", exposedHeaders: [] }, /did you mean exposeHeaders\?/],
    [{ origins: "*", name: "" }, /name must be a string of 1 to 100/],
    [null, /the options must be an object/],
  ])("are refused: %j", async (options, message) => {
    const error = await catchError(() => cors(options as never));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toMatch(message);
  });
});
