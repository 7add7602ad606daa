import type { InvalidInputError } from "../../../src";
import { sidecar } from "../../../gateway/boomi";
import { call, calls, configured } from "./scenario";

describe("the sidecar's options beyond Boomi's", () => {
  const endpoint = {
    serviceId: "s",
    endpointId: "e",
    origin: "http://origin.globex.example:3000",
  };
  const moving = (
    changeRoute: object,
    reroute: boolean | readonly string[] = true,
  ) =>
    call({
      pre: configured(),
      answers: [{ json: { modify: { changeRoute } } }],
      options: { reroute, endpoint },
    });

  it.each([
    [
      "path and query",
      { file: "/v2/orders?a=1" },
      { target: undefined, url: "/v2/orders?a=1", method: "POST" },
    ],
    [
      "method",
      { httpVerb: "PUT" },
      { target: undefined, url: "/orders?dryRun=yes", method: "PUT" },
    ],
    [
      "host",
      { host: "blue.globex.example" },
      { target: "http://blue.globex.example", url: "/orders?dryRun=yes" },
    ],
    [
      "host and port",
      { host: "blue.globex.example", port: 8080 },
      { target: "http://blue.globex.example:8080" },
    ],
    ["port", { port: 4000 }, { target: "http://origin.globex.example:4000" }],
    [
      "the whole",
      { uri: "https://blue.globex.example/v3?b=2" },
      { target: "https://blue.globex.example", url: "/v3?b=2" },
    ],
  ])("reroutes by %s", async (_, change, request) => {
    const { origin, failures } = await moving(change);

    expect(failures).toEqual([]);
    expect(origin).toMatchObject(request);
  });

  it("reroutes to allowed origins only", async () => {
    const allowed = ["https://blue.globex.example"];

    const there = await moving(
      { uri: "https://blue.globex.example/x" },
      allowed,
    );
    const elsewhere = await moving(
      { uri: "http://169.254.169.254/latest" },
      allowed,
    );

    expect(there.origin?.target).toBe("https://blue.globex.example");
    expect([elsewhere.status, elsewhere.origin]).toEqual([500, undefined]);
  });

  it("refuses to reroute when reroute is not set, and names the option", async () => {
    const { status, origin, failures } = await moving(
      { uri: "http://169.254.169.254/" },
      false,
    );

    expect([status, origin]).toEqual([500, undefined]);
    expect(failures).toMatchObject([
      {
        error: {
          message: "Invalid output from AWS Lambda function",
          cause: { message: expect.stringContaining("set reroute") as string },
        },
      },
    ]);
  });

  it("matches an allowed origin in any spelling", async () => {
    const { origin } = await moving({ uri: "https://blue.globex.example/x" }, [
      "https://BLUE.globex.example:443/",
    ]);

    expect(origin?.target).toBe("https://blue.globex.example");
  });

  it.each(["next tuesday", "", true, {}])(
    "refuses a response with unchangedUntil %j",
    async (unchangedUntil) => {
      const { status, failures } = await call({
        pre: configured(),
        answers: [{ json: { unchangedUntil } }],
        options: { reuse: true },
      });

      expect(status).toBe(500);
      expect(failures).toMatchObject([
        {
          error: {
            cause: {
              message: expect.stringMatching(/^unchangedUntil/) as string,
            },
          },
        },
      ]);
    },
  );

  it.each(["file:///etc/passwd", "nonsense", "http://a:b@c/"])(
    "refuses to reroute to %s",
    async (uri) => {
      const { status, origin } = await moving({ uri });

      expect([status, origin]).toEqual([500, undefined]);
    },
  );

  it("reuses the function's response for the same input until it expires", async () => {
    const until = (ms: number) => ({
      json: {
        unchangedUntil: new Date(Date.now() + ms).toISOString(),
        modify: { addHeaders: { "x-a": "1" } },
      },
    });
    const scenario = { pre: configured(), options: { reuse: true } };

    const held = await calls({ ...scenario, answers: [until(60_000)] }, 3);
    const gone = await calls({ ...scenario, answers: [until(-1)] }, 3);
    const asked = await calls(
      { ...scenario, answers: [until(60_000)], options: {} },
      3,
    );

    expect(
      [held, gone, asked].map((outcomes) => outcomes[2]?.inputs.length),
    ).toEqual([1, 3, 3]);
    expect(held[2]?.origin?.headers.get("x-a")).toBe("1");
  });
});

describe("sidecar with invalid options", () => {
  const refused = (options: object): InvalidInputError => {
    try {
      sidecar({
        connector: { assumeRoleInvoke: () => undefined },
        endpoint: { serviceId: "s", endpointId: "e" },
        preInput: configured(),
        ...options,
      } as never);
    } catch (error) {
      return error as InvalidInputError;
    }
    throw new Error("it was made");
  };

  it.each([
    ["an unknown option", { prInput: "" }, "prInput"],
    ["no connector", { connector: undefined }, "connector"],
    ["no endpoint", { endpoint: undefined }, "endpoint"],
    ["no input", { preInput: undefined }, "preInput"],
    [
      "a timeout that is not a number",
      { endpoint: { serviceId: "s", endpointId: "e", timeoutMs: "5" } },
      "endpoint.timeoutMs",
    ],
    ...[
      ["errorFormat", { errorFormat: "html" }],
      ["awsErrors", { awsErrors: "hiden" }],
      ["onInvalidConfiguration", { onInvalidConfiguration: "anser" }],
      ["onFailure", { onFailure: "x" }],
      ["caller", { caller: {} }],
      ["relay", { relay: 1 }],
      ["reuse", { reuse: "yes" }],
      ["reroute", { reroute: "https://a.test" }],
      ["reroute", { reroute: ["https://a.test", "https://a.test/path"] }],
      ["reroute", { reroute: ["a.test"] }],
      ["errorSet.errors", { errorSet: {} }],
      ["errorSet.content", { errorSet: { errors: {}, content: "a" } }],
      [
        "errorSet.contentType",
        { errorSet: { errors: {}, contentType: "a\n" } },
      ],
      ["errorSet.errors.Timeout", { errorSet: { errors: { Timeout: {} } } }],
      ["errorSet.errors.default", { errorSet: { errors: { default: 500 } } }],
      ...Object.entries({
        status: 99,
        statusText: "a\r\nb",
        detail: 5,
        body: {},
        text: "a",
      }).map(([name, value]) => [
        `errorSet.errors.default.${name}`,
        { errorSet: { errors: { default: { [name]: value } } } },
      ]),
      ...Object.entries({
        timeoutMs: 2 ** 31,
        origin: "a.test",
        id: "a",
      }).map(([name, value]) => [
        `endpoint.${name}`,
        { endpoint: { serviceId: "s", endpointId: "e", [name]: value } },
      ]),
    ].map(
      ([path, options]) =>
        [JSON.stringify(options), options, path] as [string, object, string],
    ),
    [
      "attributes without a lookup",
      { preInput: configured("include-eavs:a") },
      "applicationEavs",
    ],
    [
      "attributes of the key without a lookup",
      { preInput: configured("require-packageKey-eavs:a") },
      "packageKeyEavs",
    ],
    [
      "an error set that is not there",
      { preInput: configured("enable_error_set:true") },
      "errorSet",
    ],
    [
      "routing without an origin",
      { preInput: configured("expand-input:routing") },
      "endpoint.origin",
    ],
  ])("refuses %s by name", (_, options, path) => {
    expect(refused(options).issues.map((issue) => issue.path)).toContain(path);
  });

  it("reports only the missing keys of an empty configuration", () => {
    const { issues } = refused({ preInput: "" });

    expect(issues.map(({ message }) => message)).toEqual(
      ["region", "functionARN", "roleARN", "externalIdKey"].map(
        (key) => expect.stringContaining(key) as string,
      ),
    );
  });

  it("reports each error of the configuration with its line", () => {
    const { message } = refused({
      preInput: configured("timeot:5", "timeout:soon"),
    });

    expect(message).toContain("preInput line 5");
    expect(message).toContain("preInput line 6");
  });
});
