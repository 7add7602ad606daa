import { read, refused, refusedObject } from "./lines";

describe("header keys", () => {
  it.each([
    ["require-request-headers", "requireRequestHeaders"],
    ["include-request-headers", "includeRequestHeaders"],
    ["skip-request-headers", "skipRequestHeaders"],
  ] as const)("%s names request headers at pre", (key, field) => {
    expect(read(`${key}:Header1, Header2,Header3`)[field]).toEqual([
      "Header1",
      "Header2",
      "Header3",
    ]);
  });

  it.each([
    ["include-response-headers", "includeResponseHeaders"],
    ["skip-response-headers", "skipResponseHeaders"],
  ] as const)("%s names response headers at post", (key, field) => {
    expect(read(`${key}:Content-Type,ETag`, "PostProcessor")[field]).toEqual([
      "Content-Type",
      "ETag",
    ]);
  });

  it.each([
    ["include-response-headers", "include-request-headers"],
    ["skip-response-headers", "skip-request-headers"],
  ])("%s is refused at pre, where there is no response", (key, meant) => {
    expect(refused(`${key}:Content-Type`)).toEqual([
      {
        path: key,
        rule: "point",
        message: `preInput line 5: ${key} is only valid in postInput, because there is no response before the origin is called (did you mean ${meant}?)`,
      },
    ]);
  });

  it("may have semicolons and bars between the names", () => {
    const { includeRequestHeaders } = read("include-request-headers:a;b|c,d");

    expect(includeRequestHeaders).toEqual(["a", "b", "c", "d"]);
  });

  it("name no header twice, in whichever case, and leave out what is empty", () => {
    const { includeRequestHeaders } = read(
      "include-request-headers:X-Tier,,x-tier, X-Region,X-TIER,",
    );

    expect(includeRequestHeaders).toEqual(["X-Tier", "X-Region"]);
  });

  it("are as absent where the list is empty", () => {
    expect(read("skip-request-headers:").skipRequestHeaders).toEqual([]);
  });

  it.each(["X Tier", "X-Tier:gold", "X-Tiér", "[X-Tier]", "x".repeat(257)])(
    "refuse %p, and say which item it is",
    (name) => {
      expect(refused(`include-request-headers:X-Region,${name}`)).toEqual([
        {
          path: "include-request-headers",
          rule: "header",
          message:
            "preInput line 5: include-request-headers must be a comma-separated list of header names, but item 2 is not a valid header name",
        },
      ]);
    },
  );

  it("include at post what they require, and enforce nothing there", () => {
    const configuration = read(
      "require-request-headers:Authorization,X-Tier\ninclude-request-headers:x-tier,X-Region",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      requireRequestHeaders: [],
      includeRequestHeaders: ["Authorization", "X-Tier", "X-Region"],
    });
  });

  it("read skip-request-headers at post as skip-response-headers where response headers are included", () => {
    const configuration = read(
      "include-response-headers:Header1,Header2\nskip-request-headers:Header1",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      skipRequestHeaders: [],
      includeResponseHeaders: ["Header1", "Header2"],
      skipResponseHeaders: ["Header1"],
    });
  });

  it("skip at post of both messages what skip-request-headers names, where headers of both are included", () => {
    const configuration = read(
      "include-request-headers:A,B\ninclude-response-headers:A,C\nskip-request-headers:A\nskip-response-headers:a,C",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      skipRequestHeaders: ["A"],
      skipResponseHeaders: ["a", "C"],
    });
  });

  it("let no response header in by skipping request headers", () => {
    const configuration = read(
      "include-request-headers:A,B\nskip-request-headers:B",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      skipRequestHeaders: ["B"],
      skipResponseHeaders: [],
    });
  });

  it("refuse in an object what is no list of texts", () => {
    for (const value of [1, { a: "b" }, ["X-Tier", 1], true])
      expect(refusedObject({ "include-request-headers": value })).toEqual([
        {
          path: "include-request-headers",
          rule: "list",
          message:
            "preInput: include-request-headers must be a comma-separated list of header names",
        },
      ]);
  });
});

describe("EAV keys", () => {
  it.each([
    ["require-eavs", "requireEavs"],
    ["include-eavs", "includeEavs"],
    ["require-packageKey-eavs", "requirePackageKeyEavs"],
    ["include-packageKey-eavs", "includePackageKeyEavs"],
  ] as const)(
    "%s names EAVs, whose case counts, at both points",
    (key, field) => {
      const lines = `${key}:eav_1,Eav_1 , eav_2,eav_1`;

      const expected = ["eav_1", "Eav_1", "eav_2"];
      expect(read(lines)[field]).toEqual(expected);
      expect(read(lines, "PostProcessor")[field]).toEqual(expected);
    },
  );

  it("have commas only between the names, which may have anything else", () => {
    expect(read("include-eavs:a;b,c|d").includeEavs).toEqual(["a;b", "c|d"]);
  });

  it("refuse in an object what is no list of texts", () => {
    expect(refusedObject({ "include-eavs": [null] })).toMatchObject([
      { path: "include-eavs", rule: "list" },
    ]);
  });
});

describe("expand-input", () => {
  it("takes every token but the response's at pre", () => {
    const { expandInput } = read(
      "expand-input:requestPayload, remoteAddress;token|operation,routing,token",
    );

    expect([...expandInput]).toEqual([
      "requestPayload",
      "remoteAddress",
      "token",
      "operation",
      "routing",
    ]);
  });

  it("takes the response's as well at post", () => {
    const { expandInput } = read(
      "expand-input:requestPayload,responsePayload",
      "PostProcessor",
    );

    expect([...expandInput]).toEqual(["requestPayload", "responsePayload"]);
  });

  it("refuses the response's at pre", () => {
    expect(refused("expand-input:operation,responsePayload")).toEqual([
      {
        path: "expand-input",
        rule: "token",
        message:
          "preInput line 5: expand-input must be a comma-separated list of requestPayload, remoteAddress, token, operation, routing, but item 2 is responsePayload, and there is no response before the origin is called",
      },
    ]);
  });

  it.each([
    [
      "requestpayload",
      ", but item 1 is not one of them (did you mean requestPayload?)",
    ],
    [
      "remoteAddr",
      ", but item 1 is not one of them (did you mean remoteAddress?)",
    ],
    ["+token", ", but item 1 is not one of them (did you mean token?)"],
    ["verb", ", but item 1 is not one of them"],
    ["__proto__", ", but item 1 is not one of them"],
  ])("refuses %s", (token, end) => {
    const [issue, ...more] = refused(`expand-input:${token}`, "PostProcessor");

    expect(more).toEqual([]);
    expect(issue?.message).toBe(
      `postInput line 5: expand-input must be a comma-separated list of requestPayload, responsePayload, remoteAddress, token, operation, routing${end}`,
    );
  });
});

describe("sidecar-param-<name>", () => {
  it.each([
    ["true", true],
    ["false", false],
    ["null", null],
    ["3", 3],
    ["0", 0],
    ["-0", 0],
    ["-12", -12],
    ["0042", 42],
    ["0.75", 0.75],
    ["-0.5", -0.5],
    ["9007199254740991", 9_007_199_254_740_991],
    ["9007199254740993", "9007199254740993"],
    [`${"9".repeat(400)}.0`, `${"9".repeat(400)}.0`],
    ["summer", "summer"],
    ["True", "True"],
    ["1e3", "1e3"],
    ["1.", "1."],
    [".5", ".5"],
    ["+1", "+1"],
    ["1,5", "1,5"],
    ["NaN", "NaN"],
    ["", ""],
    ["https://acme.example:8443/x", "https://acme.example:8443/x"],
  ])("reads the text %s", (text, value) => {
    expect(read(`sidecar-param-p:${text}`).params).toEqual({ p: value });
  });

  it("keeps the case of a name, so that two cases are two parameters", () => {
    const { params } = read("sidecar-param-a:1\nsidecar-param-A:2");

    expect(params).toEqual({ a: 1, A: 2 });
  });

  it("is refused without a name, and with the same name again", () => {
    expect(
      refused("sidecar-param-:1\nsidecar-param-a:1\nSidecar-Param-a:2"),
    ).toEqual([
      {
        path: "sidecar-param-",
        rule: "name",
        message:
          "preInput line 5: sidecar-param- must be followed by the name of the parameter, for example sidecar-param-label",
      },
      {
        path: "sidecar-param-a",
        rule: "duplicate",
        message:
          "preInput line 7: sidecar-param-a is given twice, first in preInput line 6",
      },
    ]);
  });

  it.each(["__proto__", "constructor", "toString", "prototype"])(
    "may be called %s, which means nothing",
    (name) => {
      const { params } = read(`sidecar-param-${name}:1`);

      expect(Object.entries(params)).toEqual([[name, 1]]);
      expect(Object.getPrototypeOf(params)).toBeNull();
      expect(JSON.stringify(params)).toBe(`{"${name}":1}`);
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    },
  );
});
