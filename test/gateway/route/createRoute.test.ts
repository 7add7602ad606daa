import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isConnectorError } from "../../../src";
import { createRoute, toFetch } from "../../../gateway";
import { Route } from "../../../gateway/route/Route";

const PEM = readFileSync(
  join(__dirname, "../../fixtures/tls/cert.pem"),
  "utf8",
);
const step = { name: "a", request: () => undefined };

/** Which paths a refusal names, and by which rules. */
function issuesOf(options: object): string[] {
  try {
    createRoute(options);
  } catch (error) {
    if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT")
      return error.issues.map(({ path, rule }) => `${path} ${rule}`);
    throw error;
  }
  return [];
}

describe("createRoute", () => {
  it.each([
    [{}],
    [{ steps: [step, { name: "b", response: () => undefined }] }],
    [
      {
        origin: "http://a.test/b",
        timeoutMs: 1,
        connectTimeoutMs: 2 ** 31 - 1,
        keepHost: true,
        trustForwarded: true,
        traceHeaders: false,
        ca: [PEM, `${PEM}\n${PEM}`],
      },
    ],
    [
      {
        origin: new URL("https://a.test"),
        steps: [{ ...step, reroutes: true }],
      },
    ],
    [{ origin: () => Promise.reject(new Error()), onFault: () => undefined }],
    [
      {
        maxRequestBytes: 0,
        requestIdleTimeoutMs: 1,
        responseIdleTimeoutMs: 2 ** 31 - 1,
        trustedProxies: ["10.0.0.0/8", "::1"],
        forwardedHeader: "forwarded" as const,
      },
    ],
  ])("creates a route from %j", (options) => {
    expect(issuesOf(options)).toEqual([]);
  });

  it.each([
    [{ step: [] }, ["step unknown"]],
    [{ steps: step }, ["steps array"]],
    [
      { steps: [{ name: "a" }, null, { request: step.request }] },
      ["steps[0] step", "steps[1] step", "steps[2] step"],
    ],
    [{ steps: [{ name: "", request: step.request }] }, ["steps[0] step"]],
    [{ steps: [{ name: "a", request: "b" }] }, ["steps[0] step"]],
    [{ steps: [step, { ...step, reroutes: true }] }, ["steps[1] origin"]],
    [{ origin: "a.test" }, ["origin url"]],
    [{ trustedProxies: "10.0.0.1" }, ["trustedProxies array"]],
    [
      { trustedProxies: ["10.0.0.1", "proxy.test", "10.0.0.0/33", 1] },
      [1, 2, 3].map((at) => `trustedProxies[${at}] network`),
    ],
    [
      { trustedProxies: [], forwardedHeader: "x-real-ip" },
      ["forwardedHeader choice"],
    ],
    [
      {
        maxRequestBytes: -1,
        requestIdleTimeoutMs: 0,
        responseIdleTimeoutMs: 2 ** 31,
      },
      ["maxRequestBytes", "requestIdleTimeoutMs", "responseIdleTimeoutMs"].map(
        (name) => `${name} range`,
      ),
    ],
    [{ forwardedHeader: "forwarded" }, ["forwardedHeader trustedProxies"]],
    [{ origin: "ftp://a.test" }, ["origin url"]],
    [{ origin: "http://a.test?b" }, ["origin url"]],
    [{ origin: "http://a:b@a.test" }, ["origin url"]],
    [{ origin: 5 }, ["origin url"]],
    [
      { onFault: "a", renderFault: {} },
      ["onFault function", "renderFault function"],
    ],
    [
      {
        steps: [
          { name: "a", close: step.request },
          { ...step, close: "b" },
        ],
      },
      ["steps[0] step", "steps[1] step"],
    ],
    [{ timeoutMs: 0 }, ["timeoutMs range"]],
    [
      { timeoutMs: 1.5, connectTimeoutMs: "1" },
      ["timeoutMs range", "connectTimeoutMs range"],
    ],
    [{ timeoutMs: 2 ** 31 }, ["timeoutMs range"]],
    [
      { keepHost: "yes", trustForwarded: 1 },
      ["keepHost boolean", "trustForwarded boolean"],
    ],
    [{ timeoutMs: 5, keepHost: true }, ["timeoutMs origin", "keepHost origin"]],
    [{ ca: PEM, origin: () => Promise.reject(new Error()) }, ["ca origin"]],
  ])("refuses %j and names each issue", (options, issues) => {
    expect(issuesOf(options)).toEqual(issues);
  });

  it.each([
    [[]],
    [""],
    ["a.pem"],
    [PEM.replace("MII", "mii")],
    [[PEM, 5]],
    [null],
  ])("refuses %j as ca", (ca) => {
    expect(issuesOf({ ca, origin: "https://a.test" })).toEqual(["ca pem"]);
  });

  it("copies the list of steps", () => {
    const steps = [step];

    const route = createRoute({ steps });
    steps.pop();

    expect(Route.definitionOf(route).requestStages).toEqual([
      { step: step.name, phase: "request", handle: step.request },
    ]);
  });
});

describe("a step that throws a value", () => {
  const trap = new Proxy(
    {},
    {
      getPrototypeOf: () => {
        throw new Error("a trap");
      },
    },
  );

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["a proxy that throws", trap],
  ])("gets the status 500 if it is %s", async (_, thrown) => {
    const handler = toFetch(
      createRoute({
        steps: [
          {
            name: "thrower",
            request: () =>
              ({
                then: (_: unknown, fail: (reason: unknown) => void) => {
                  fail(thrown);
                },
              }) as unknown as Promise<undefined>,
          },
        ],
      }),
    );

    const { status } = await handler(new Request("http://a.test/"));

    expect(status).toBe(500);
  });
});

describe("toFetch", () => {
  it("responds with 500 if the next handler has read its own response", async () => {
    const handler = toFetch(createRoute(), async () => {
      const response = new Response("read");
      await response.text();
      return response;
    });

    const { status } = await handler(new Request("http://a.test/"));

    expect(status).toBe(500);
  });
});
