import * as fc from "fast-check";
import { allow, modify, terminate } from "../../../gateway/boomi";
import { decodeBase64 } from "../../../gateway/boomi/response/decodeBase64";
import { call, configured } from "./scenario";

const pre = configured();
const post = configured();
const TEXT = "Service cannot be provided, code 0x000003BB";
const answering = (json: unknown) => ({ answers: [{ json }] });

async function bodyAt(
  message:
    | { body: { read(limit: number): Promise<Uint8Array | undefined> } }
    | undefined,
): Promise<string> {
  return Buffer.from((await message?.body.read(10_000)) ?? []).toString();
}

/** What stops a call, and what the client is sent. */
const STOPS: readonly (readonly [string, object, number, string])[] = [
  ["a code alone", { code: 403 }, 403, `<h1>${TEXT}</h1>`],
  [
    "code and message",
    { code: 451, message: "Orders for this region are closed" },
    451,
    "<h1>Orders for this region are closed</h1>",
  ],
  [
    "code and JSON",
    { code: 422, json: { field: "sku" } },
    422,
    '{"field":"sku"}',
  ],
  [
    "JSON before payload and message",
    { code: 422, json: [1], payload: "no", message: "no" },
    422,
    "[1]",
  ],
  ["code and payload", { code: 400, payload: "plain" }, 400, "plain"],
  [
    "a payload in Base64",
    { code: 400, payload: "aGVsbG8=", base64Encoded: true },
    400,
    "hello",
  ],
  [
    "no code: the message counts for nothing",
    { message: "no" },
    403,
    `<h1>${TEXT}</h1>`,
  ],
  [
    "a code that is null",
    { code: null, message: "no" },
    403,
    `<h1>${TEXT}</h1>`,
  ],
];

describe("the terminate response", () => {
  it.each(
    STOPS.map(([what, given, ...sent]) => [what, { given, sent }] as const),
  )("%s", async (_, { given, sent }) => {
    for (const point of [{ pre }, { post }]) {
      const outcome = await call({
        ...point,
        ...answering({ terminate: given }),
      });

      expect([outcome.status, outcome.body]).toEqual(sent);
      expect(outcome.origin === undefined).toBe("pre" in point);
    }
  });

  it("accepts the headers of a terminate response under each of their names, without those it drops", async () => {
    const { headers } = await call({
      pre,
      ...answering({
        terminate: {
          code: 401,
          message: "who?",
          headers: { "WWW-Authenticate": "Bearer" },
          addHeaders: { "X-A": "1" },
          dropHeaders: ["content-type"],
        },
      }),
    });

    expect(headers.lines).toEqual(["WWW-Authenticate", "Bearer", "X-A", "1"]);
  });

  it("ignores modify when the response also has terminate", async () => {
    const { status } = await call({
      pre,
      ...answering({ modify: { payload: "x" }, terminate: { code: 409 } }),
    });

    expect(status).toBe(409);
  });
});

describe("the modify response", () => {
  it.each([{}, { modify: {} }, { modify: null }, { note: "for the log" }])(
    "changes neither request nor response: %j",
    async (json) => {
      const { status, origin, body } = await call({
        pre,
        post,
        ...answering(json),
        request: { headers: ["X-A", "1"], body: "in" },
        response: { status: 203, body: "out" },
      });

      expect([
        status,
        body,
        origin?.headers.lines,
        await bodyAt(origin),
      ]).toEqual([203, "out", ["X-A", "1"], "in"]);
    },
  );

  it("drops headers before it adds headers, so a header in both lists is sent", async () => {
    const { origin } = await call({
      pre,
      request: {
        headers: ["X-Debug", "1", "x-debug", "2", "X-Old", "1", "X-Stay", "1"],
      },
      ...answering({
        modify: {
          addHeaders: { "x-old": "new", "X-Partner": "globex-eu" },
          dropHeaders: ["X-DEBUG", "X-Old"],
        },
      }),
    });

    expect(origin?.headers.lines).toEqual([
      "X-Stay",
      "1",
      "x-old",
      "new",
      "X-Partner",
      "globex-eu",
    ]);
  });

  it.each([
    [
      "text",
      { payload: "sanitised body", base64Encoded: false },
      "sanitised body",
    ],
    [
      "Base64",
      { payload: "c2FuaXRpc2VkIGJvZHk=", base64Encoded: true },
      "sanitised body",
    ],
    ["Base64 without base64Encoded, as text", { payload: "c2Fu" }, "c2Fu"],
    [
      "json, which takes precedence over payload and base64Encoded",
      { json: { a: 1 }, payload: "no", base64Encoded: true },
      '{"a":1}',
    ],
    ["JSON null", { json: null }, "null"],
    ["an empty text", { payload: "" }, ""],
  ])(
    "replaces the body of the request and of the response by %s",
    async (_, change, body) => {
      const before = await call({
        pre,
        ...answering({ modify: change }),
        request: { body: "in" },
      });
      const after = await call({
        post,
        ...answering({ modify: change }),
        response: { body: "out" },
      });

      expect(await bodyAt(before.origin)).toBe(body);
      expect(after.body).toBe(body);
    },
  );

  it("sets the Content-Type of a JSON body unless the function sets one", async () => {
    const given = await call({
      post,
      ...answering({
        modify: {
          json: {},
          addHeaders: { "Content-Type": "application/problem+json" },
        },
      }),
    });
    const own = await call({
      post,
      ...answering({ modify: { json: {} } }),
      response: { headers: ["Content-Type", "text/html"] },
    });

    expect(given.headers.getAll("content-type")).toEqual([
      "application/problem+json",
    ]);
    expect(own.headers.getAll("content-type")).toEqual(["application/json"]);
  });

  it("removes Content-Length, Content-Encoding and ETag of a body that it replaces", async () => {
    const { headers } = await call({
      post,
      ...answering({ modify: { payload: "new" } }),
      response: {
        headers: [
          "Content-Length",
          "3",
          "Content-Encoding",
          "gzip",
          "ETag",
          '"1"',
          "Content-Type",
          "text/plain",
        ],
        body: "old",
      },
    });

    expect(headers.names()).toEqual(["content-type"]);
  });

  it("changes the status at the post-processor and ignores it at the pre-processor", async () => {
    const before = await call({
      pre,
      ...answering({ modify: { completeWithCode: 201 } }),
    });
    const after = await call({
      post,
      ...answering({ modify: { completeWithCode: 202 } }),
    });

    expect([before.status, after.status]).toEqual([200, 202]);
  });
});

describe("headers of the function's response", () => {
  const values = { "X-Count": 5, "X-Ok": true, "X-Rate": 0.5 };

  it("are sent as strings if they are numbers or booleans", async () => {
    const changed = await call({
      pre,
      ...answering({ modify: { addHeaders: values } }),
    });
    const stopped = await call({
      pre,
      ...answering({ terminate: { code: 403, headers: values } }),
    });

    for (const headers of [changed.origin?.headers, stopped.headers])
      expect([
        headers?.get("x-count"),
        headers?.get("x-ok"),
        headers?.get("x-rate"),
      ]).toEqual(["5", "true", "0.5"]);
  });
});

describe("an invalid response of the function", () => {
  it.each([
    ["a list", [1]],
    ["null", null],
    ["a string", "yes"],
    ["a number", 0],
    ["a terminate that is not an object", { terminate: 403 }],
    ["a modify that is a list", { modify: [] }],
    ["a misspelt terminate", { Terminate: { code: 403 } }],
    ["a status out of range", { terminate: { code: 99 } }],
    ["a status above 599", { terminate: { code: 600 } }],
    ["a status that is no number", { terminate: { code: "4o3" } }],
    ["a status in another notation", { terminate: { code: "4.03e2" } }],
    ["an empty status", { terminate: { code: "" } }],
    ["a status out of range as a string", { terminate: { code: "099" } }],
    [
      "a flag that is no boolean",
      { modify: { payload: "YQ==", base64Encoded: "yes" } },
    ],
    [
      "a flag that is a number",
      { terminate: { code: 400, payload: "YQ==", base64Encoded: 1 } },
    ],
    [
      "Base64 with digits after its padding",
      { modify: { payload: "YQ==YQ==", base64Encoded: true } },
    ],
    [
      "Base64 with too much padding",
      { modify: { payload: "YQ===", base64Encoded: true } },
    ],
    [
      "Base64 without its last digits",
      { modify: { payload: "YWJjZ", base64Encoded: true } },
    ],
    ["a status that is not an integer", { terminate: { code: 403.5 } }],
    [
      "a message that is not a string",
      { terminate: { code: 403, message: {} } },
    ],
    [
      "a header with a line break",
      { modify: { addHeaders: { "X-A": "a\r\nX-B: b" } } },
    ],
    [
      "a header with a control character",
      { modify: { addHeaders: { "X-A": "a\u0000" } } },
    ],
    ["a header beyond Latin-1", { modify: { addHeaders: { "X-A": "€" } } }],
    [
      "a name with a line break",
      { modify: { addHeaders: { "X-A\r\n": "a" } } },
    ],
    [
      "a name that is a key of objects",
      { modify: { addHeaders: JSON.parse('{"__proto__":"a"}') as object } },
    ],
    [
      "a header that frames the message",
      { modify: { addHeaders: { "Content-Length": "5" } } },
    ],
    ["a header of one hop", { modify: { dropHeaders: ["Transfer-Encoding"] } }],
    ["a header that is a list", { modify: { addHeaders: { "X-A": ["5"] } } }],
    ["a header that is null", { modify: { addHeaders: { "X-A": null } } }],
    ["names that are no list", { modify: { dropHeaders: "X-A" } }],
    ["a payload that is not a string", { modify: { payload: { a: 1 } } }],
    [
      "a payload that is no Base64",
      { modify: { payload: "a%b", base64Encoded: true } },
    ],
  ])(
    "reports %s to the host, and only that it is invalid to the client",
    async (_, json) => {
      const { status, body, failures, origin } = await call({
        pre,
        ...answering(json),
      });

      expect([status, body]).toEqual([
        500,
        "<h1>Invalid output from AWS Lambda function</h1>",
      ]);
      expect(failures[0]?.error.cause).toBeInstanceOf(Error);
      expect(origin).toBeUndefined();
    },
  );

  it("forwards, stops or refuses the call, whatever the function returns", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            terminate: fc.oneof(
              fc.jsonValue(),
              fc.record(
                {
                  code: fc.oneof(
                    fc.integer(),
                    fc.integer({ min: 200, max: 599 }),
                  ),
                  message: fc.string(),
                  headers: fc.dictionary(fc.string(), fc.string()),
                },
                { requiredKeys: [] },
              ),
            ),
            modify: fc.oneof(
              fc.jsonValue(),
              fc.record(
                {
                  addHeaders: fc.dictionary(fc.string(), fc.string()),
                  dropHeaders: fc.array(fc.string()),
                  payload: fc.string(),
                  base64Encoded: fc.boolean(),
                  completeWithCode: fc.integer(),
                },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        ),
        async (json) => {
          for (const point of [{ pre }, { post }]) {
            const { status, faults, headers } = await call({
              ...point,
              ...answering(json),
            });

            expect(faults).toEqual([]);
            expect(status >= 200 && status <= 599).toBe(true);
            expect(headers.lines.join("")).not.toMatch(/[\r\n\0]/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the helpers for function authors", () => {
  it("create each of the three kinds of response", () => {
    expect(allow()).toEqual({});
    expect(modify({ payload: "x" })).toEqual({ modify: { payload: "x" } });
    expect(terminate(403)).toEqual({ terminate: { code: 403 } });
    expect(terminate(451, "closed")).toEqual({
      terminate: { code: 451, message: "closed" },
    });
    expect(terminate(422, { json: { a: 1 } })).toEqual({
      terminate: { code: 422, json: { a: 1 } },
    });
  });
});

const many = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`x-${at}`, "1"]),
  );

describe("the size of a response", () => {
  it.each<[string, object]>([
    ["headers", { modify: { addHeaders: many(1_001) } }],
    ["dropped headers", { modify: { dropHeaders: Object.keys(many(1_001)) } }],
    [
      "headers of a terminate response",
      { terminate: { headers: many(1_001) } },
    ],
    [
      "characters of headers",
      { modify: { addHeaders: { "x-a": "a".repeat(262_144) } } },
    ],
    [
      "characters of a message",
      { terminate: { code: 403, message: "<".repeat(262_145) } },
    ],
    ["values", { modify: { json: Array(100_002).fill(1) as unknown } }],
  ])("has a limit of %s", async (_, json) => {
    const { status, failures, origin } = await call({
      pre,
      ...answering(json),
    });

    expect(status).toBe(500);
    expect(origin).toBeUndefined();
    expect(String(failures[0]?.error.cause)).toMatch(/1,000|262,144|100,000/);
  });

  it("leaves out the description of a function error with too many values", async () => {
    const { status, body } = await call({
      pre,
      answers: [
        {
          failed: JSON.stringify({
            errorMessage: "no",
            values: Array(100_001).fill(1) as unknown,
          }),
        },
      ],
    });

    expect([status, body]).toEqual([
      502,
      '{"code":502,"message":{"detail":"","title":""}}',
    ]);
  });
});

describe("base64Encoded", () => {
  it.each([
    ["aGVsbG8=", "hello"],
    ["aGVs\n bG8", "hello"],
    ["aGVsbG8 = ", "hello"],
    ["YQ = =\n", "a"],
    ["_-8=", "\ufffd\ufffd"],
    ["", ""],
  ])("decodes %j", async (payload, body) => {
    const outcome = await call({
      pre,
      ...answering({ terminate: { code: 200, payload, base64Encoded: true } }),
    });

    expect([outcome.status, outcome.body]).toEqual([200, body]);
  });

  it.each(["a", "aGVsb", "YQ===", "Y=Q=", "YQ==A", "a!bc"])(
    "refuses %j",
    async (payload) => {
      const { status } = await call({
        pre,
        ...answering({ modify: { payload, base64Encoded: true } }),
      });

      expect(status).toBe(500);
    },
  );
});

describe("relay", () => {
  it.each(["text", [1], 7, true])(
    "must be an object, not %j",
    async (relay) => {
      const { status, failures } = await call({
        pre,
        ...answering({ relay }),
        options: { relay: true },
      });

      expect(status).toBe(500);
      expect(failures[0]?.error.cause).toMatchObject({
        message: "relay must be an object",
      });
    },
  );
});

describe("numbers and flags that a function returns as strings", () => {
  it("are accepted as the status of terminate", async () => {
    const { status } = await call({
      pre: configured(),
      answers: [{ json: { terminate: { code: "451" } } }],
    });

    expect(status).toBe(451);
  });

  it("are accepted as completeWithCode, base64Encoded and header values", async () => {
    const { status, body, headers } = await call({
      post: configured(),
      answers: [
        {
          json: {
            modify: {
              completeWithCode: "202",
              payload: "aGk=",
              base64Encoded: "true",
              addHeaders: { "x-n": 7, "x-b": false },
            },
          },
        },
      ],
    });

    expect([status, body]).toEqual([202, "hi"]);
    expect([headers.get("x-n"), headers.get("x-b")]).toEqual(["7", "false"]);
  });

  it("send the payload as it is when base64Encoded is false as a string", async () => {
    const { body } = await call({
      post: configured(),
      answers: [
        { json: { modify: { payload: "aGk=", base64Encoded: "False" } } },
      ],
    });

    expect(body).toBe("aGk=");
  });
});

describe("a large payload in Base64", () => {
  it.each([
    ["whitespace", " ".repeat(5_900_000), 0],
    ["digits between whitespace", "A ".repeat(2_950_000), 2_212_500],
    ["lines", `${"A".repeat(76)}\n`.repeat(76_000), 4_332_000],
  ])("of %s is decoded in several turns", async (_, payload, length) => {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);

    const bytes = await decodeBase64(payload);
    isDone = true;

    expect(bytes?.length).toBe(length);
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});
