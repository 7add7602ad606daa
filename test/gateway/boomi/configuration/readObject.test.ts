import type { PreInput } from "../../../../gateway/boomi/configuration/PreInput";
import type { PostInput } from "../../../../gateway/boomi/configuration/PostInput";
import { readConfiguration } from "../../../../gateway/boomi/configuration/readConfiguration";
import { CONNECTION_OBJECT, refusedObject } from "./lines";

describe("readObject", () => {
  it("accepts Boomi's keys with numbers, booleans and lists as values", () => {
    const preInput: PreInput = {
      ...CONNECTION_OBJECT,
      expirationDuration: 15,
      failSafe: true,
      timeout: 400,
      enable_error_set: true,
      "include-request-headers": ["X-Region", "X-Tier"],
      "expand-input": ["requestPayload"],
      "max-payload-size": 0.5,
    };

    expect(
      readConfiguration(preInput, "PreProcessor").configuration,
    ).toMatchObject({
      durationSeconds: 900,
      failSafe: true,
      timeoutMs: 400,
      enableErrorSet: true,
      includeRequestHeaders: ["X-Region", "X-Tier"],
      expandInput: new Set(["requestPayload"]),
      maxPayloadBytes: 512,
    });
  });

  it("accepts strings as values, as in lines", () => {
    const postInput: PostInput = {
      ...CONNECTION_OBJECT,
      timeout: " 400 ",
      failSafe: "True",
      "include-response-headers": "ETag, Content-Type",
      "expand-input": "responsePayload",
    };

    expect(
      readConfiguration(postInput, "PostProcessor").configuration,
    ).toMatchObject({
      timeoutMs: 400,
      failSafe: true,
      includeResponseHeaders: ["ETag", "Content-Type"],
      expandInput: new Set(["responsePayload"]),
    });
  });

  it("keeps the types of parameters, so that a string of digits stays a string", () => {
    const given = readConfiguration(
      {
        ...CONNECTION_OBJECT,
        "sidecar-param-text": "0042",
        "sidecar-param-number": 1e21,
        "sidecar-param-flag": false,
        "sidecar-param-nothing": null,
      },
      "PreProcessor",
    );

    expect(given.configuration?.params).toEqual({
      text: "0042",
      number: 1e21,
      flag: false,
      nothing: null,
    });
  });

  it.each([NaN, Infinity, {}, [1], 1n, Symbol("x"), () => 1])(
    "refuses %p as a parameter",
    (value) => {
      expect(refusedObject({ "sidecar-param-p": value })).toEqual([
        {
          path: "sidecar-param-p",
          rule: "param",
          message:
            "preInput: sidecar-param-p must be a string, a finite number, true, false or null",
        },
      ]);
    },
  );

  it("treats undefined and null as absent", () => {
    expect(refusedObject({ timeout: undefined, failSafe: null })).toEqual([]);
    expect(refusedObject({ region: null })).toMatchObject([
      {
        message: "preInput: region is required",
        boomiError: { message: "AWS Region Not Specified" },
      },
    ]);
  });

  it("refuses a key in two spellings, and an unknown key", () => {
    expect(refusedObject({ Region: "eu-central-1", failsave: true })).toEqual([
      {
        path: "region",
        rule: "duplicate",
        message: "preInput: region is set twice, in two spellings",
      },
      {
        path: "failsave",
        rule: "unknown",
        message:
          "preInput: failsave is not a key of this connector; did you mean failSafe?",
      },
    ]);
  });

  it.each([
    ["timeout", 0.5],
    ["timeout", true],
    ["expirationDuration", NaN],
    ["max-payload-size", Infinity],
    ["max-payload-size", 2000],
    ["failSafe", 1],
    ["region", 1],
    ["functionARN", {}],
    ["roleARN", []],
    ["externalIdKey", true],
    ["sessionName", 12],
    ["max-payload-condition", true],
    ["expand-input", 1],
  ])("refuses an object whose %s is %p", (key, value) => {
    expect(refusedObject({ [key]: value })).toMatchObject([{ path: key }]);
  });

  it.each([null, undefined, 1, true, [], () => 1, Symbol("x")])(
    "refuses %p instead of an object",
    (given) => {
      expect(
        readConfiguration(given as unknown as PreInput, "PreProcessor"),
      ).toEqual({
        issues: [
          {
            path: "",
            rule: "object",
            message:
              "preInput: the configuration must be a string of lines or an object",
          },
        ],
      });
    },
  );

  it("refuses an object whose getter throws", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const thrower = {
      get region(): string {
        throw new Error("secret");
      },
    };

    for (const given of [proxy, thrower])
      expect(
        readConfiguration(given as PreInput, "PostProcessor").issues,
      ).toEqual([
        {
          path: "",
          rule: "readable",
          message:
            "postInput: the configuration could not be read because a getter threw; pass plain values",
        },
      ]);
  });

  it("neither changes nor keeps the object", () => {
    const headers = ["X-Tier"];
    const given = Object.freeze({
      ...CONNECTION_OBJECT,
      "include-request-headers": headers,
    });

    const { configuration } = readConfiguration(given, "PreProcessor");
    headers.push("X-Region");

    expect(configuration?.includeRequestHeaders).toEqual(["X-Tier"]);
  });
});
