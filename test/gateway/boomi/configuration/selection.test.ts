import { read, refused, refusedObject } from "./lines";

describe("header keys", () => {
  it.each([
    ["require-request-headers", "requireRequestHeaders"],
    ["include-request-headers", "includeRequestHeaders"],
    ["skip-request-headers", "skipRequestHeaders"],
  ] as const)(
    "reads %s as names of request headers at the pre-processor",
    (key, field) => {
      expect(read(`${key}:Header1, Header2,Header3`)[field]).toEqual([
        "Header1",
        "Header2",
        "Header3",
      ]);
    },
  );

  it.each([
    ["include-response-headers", "includeResponseHeaders"],
    ["skip-response-headers", "skipResponseHeaders"],
  ] as const)(
    "reads %s as names of response headers at the post-processor",
    (key, field) => {
      expect(read(`${key}:Content-Type,ETag`, "PostProcessor")[field]).toEqual([
        "Content-Type",
        "ETag",
      ]);
    },
  );

  it.each([
    ["include-response-headers", "include-request-headers"],
    ["skip-response-headers", "skip-request-headers"],
  ])(
    "refuses %s at the pre-processor, where there is no response",
    (key, meant) => {
      expect(refused(`${key}:Content-Type`)).toEqual([
        {
          path: key,
          rule: "point",
          message: `preInput line 5: ${key} is valid only in postInput because there is no response before the origin is called; did you mean ${meant}?`,
        },
      ]);
    },
  );

  it("accepts semicolons and bars between header names", () => {
    const { includeRequestHeaders } = read("include-request-headers:a;b|c,d");

    expect(includeRequestHeaders).toEqual(["a", "b", "c", "d"]);
  });

  it("removes duplicate header names in any case, and empty ones", () => {
    const { includeRequestHeaders } = read(
      "include-request-headers:X-Tier,,x-tier, X-Region,X-TIER,",
    );

    expect(includeRequestHeaders).toEqual(["X-Tier", "X-Region"]);
  });

  it("treats an empty list of header names as absent", () => {
    expect(read("skip-request-headers:").skipRequestHeaders).toEqual([]);
  });

  it.each(["X Tier", "X-Tier:gold", "X-Tiér", "[X-Tier]", "x".repeat(257)])(
    "refuses the header name %p and reports which item it is",
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

  it("includes required headers at the post-processor without enforcing them", () => {
    const configuration = read(
      "require-request-headers:Authorization,X-Tier\ninclude-request-headers:x-tier,X-Region",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      requireRequestHeaders: [],
      includeRequestHeaders: ["Authorization", "X-Tier", "X-Region"],
    });
  });

  it("reads skip-request-headers at the post-processor as skip-response-headers when response headers are included", () => {
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

  it("applies skip-request-headers at the post-processor to both messages when headers of both are included", () => {
    const configuration = read(
      "include-request-headers:A,B\ninclude-response-headers:A,C\nskip-request-headers:A\nskip-response-headers:a,C",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      skipRequestHeaders: ["A"],
      skipResponseHeaders: ["a", "C"],
    });
  });

  it("does not include response headers because request headers are skipped", () => {
    const configuration = read(
      "include-request-headers:A,B\nskip-request-headers:B",
      "PostProcessor",
    );

    expect(configuration).toMatchObject({
      skipRequestHeaders: ["B"],
      skipResponseHeaders: [],
    });
  });

  it("refuses a value in an object that is not a list of strings", () => {
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
    "reads %s as case-sensitive names of EAVs at both points",
    (key, field) => {
      const lines = `${key}:eav_1,Eav_1 , eav_2,eav_1`;

      const expected = ["eav_1", "Eav_1", "eav_2"];
      expect(read(lines)[field]).toEqual(expected);
      expect(read(lines, "PostProcessor")[field]).toEqual(expected);
    },
  );

  it("separates names of EAVs by commas only", () => {
    expect(read("include-eavs:a;b,c|d").includeEavs).toEqual(["a;b", "c|d"]);
  });

  it("refuses a value in an object that is not a list of strings", () => {
    expect(refusedObject({ "include-eavs": [null] })).toMatchObject([
      { path: "include-eavs", rule: "list" },
    ]);
  });
});

describe("expand-input", () => {
  it("accepts every expand-input token except those of the response at the pre-processor", () => {
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

  it("accepts expand-input tokens of the response at the post-processor", () => {
    const { expandInput } = read(
      "expand-input:requestPayload,responsePayload",
      "PostProcessor",
    );

    expect([...expandInput]).toEqual(["requestPayload", "responsePayload"]);
  });

  it("refuses expand-input tokens of the response at the pre-processor", () => {
    expect(refused("expand-input:operation,responsePayload")).toEqual([
      {
        path: "expand-input",
        rule: "token",
        message:
          "preInput line 5: expand-input must be a comma-separated list of requestPayload, remoteAddress, token, operation, routing, but item 2 is responsePayload, which is valid only in postInput",
      },
    ]);
  });

  it.each([
    [
      "requestpayload",
      ", but item 1 is not one of them; did you mean requestPayload?",
    ],
    [
      "remoteAddr",
      ", but item 1 is not one of them; did you mean remoteAddress?",
    ],
    ["+token", ", but item 1 is not one of them; did you mean token?"],
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
    ["0042", "0042"],
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
  ])("reads the parameter %s as a string", (text, value) => {
    expect(read(`sidecar-param-p:${text}`).params).toEqual({ p: value });
  });

  it("keeps the case of a parameter's name, so that two cases are two parameters", () => {
    const { params } = read("sidecar-param-a:1\nsidecar-param-A:2");

    expect(params).toEqual({ a: 1, A: 2 });
  });

  it("refuses a parameter without a name, and a second one with the same name", () => {
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
          "preInput line 7: sidecar-param-a is set twice, first in preInput line 6",
      },
    ]);
  });

  it.each(["__proto__", "constructor", "toString", "prototype"])(
    "accepts %s as the name of a parameter",
    (name) => {
      const { params } = read(`sidecar-param-${name}:1`);

      expect(Object.entries(params)).toEqual([[name, 1]]);
      expect(Object.getPrototypeOf(params)).toBeNull();
      expect(JSON.stringify(params)).toBe(`{"${name}":1}`);
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    },
  );
});
