import {
  findEnvironmentProxy,
  findProxy,
} from "../../../../src/engine/http/proxy";

const environment = { ...process.env };
const AWS = "https://lambda.eu-central-1.amazonaws.com";

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/_PROXY$/i.test(name)),
  );
});
afterAll(() => {
  process.env = environment;
});

describe("proxyFor", () => {
  it.each<[Record<string, string>, string]>([
    [{ HTTPS_PROXY: "http://proxy.example:3128" }, "proxy.example:3128"],
    [{ https_proxy: "http://proxy.example" }, "proxy.example:80"],
    [{ ALL_PROXY: "https://user:password@proxy.example" }, "proxy.example:443"],
    [{ HTTPS_PROXY: "proxy.example:3128" }, "proxy.example:3128"],
  ])(
    "describes the proxy from %j by host, port and variable, without user name and password",
    (variables, host) => {
      Object.assign(process.env, variables);

      const proxy = findProxy(AWS);

      expect(proxy?.description).toBe(
        `${host} from ${Object.keys(variables).join()}`,
      );
      expect(proxy?.url).toBe(findEnvironmentProxy(AWS));
    },
  );

  it("prefers the connection's proxy to the environment", () => {
    process.env["HTTPS_PROXY"] = "http://other.example";
    const url = "http://user:password@proxy.example:3128";

    const proxy = findProxy(AWS, url);

    expect(proxy).toMatchObject({
      url,
      description: "proxy.example:3128 from the connection",
    });
  });

  it.each<[string, Record<string, string>]>([
    [AWS, {}],
    [AWS, { HTTP_PROXY: "http://proxy.example" }],
    [AWS, { HTTPS_PROXY: "http://proxy.example", NO_PROXY: ".amazonaws.com" }],
    ["http://127.0.0.1:4566", { HTTP_PROXY: "http://proxy.example" }],
    ["http://localhost:4566", { ALL_PROXY: "http://proxy.example" }],
  ])("returns no proxy for %s with %j", (origin, variables) => {
    Object.assign(process.env, variables);

    expect(findProxy(origin)).toBeUndefined();
  });
});
