import type {
  Change,
  Exchange,
  StepResponse,
  Step,
  Verdict,
} from "aws-lambda-connector/gateway";
import { hosts, type Own } from "./hosts";
import { valuesOf } from "./Inbox";
import { RawOrigin } from "./RawOrigin";
import { ok, setUp, setUpOwn, takeDown, until, untilAfter } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

const changing = (change: Change): Step => ({
  name: "changes",
  request: () => ({ change }),
});
const changingAnswer = (change: Change): Step => ({
  name: "changes",
  response: () => ({ change }),
});
const answering = (body: string): Step => ({
  name: "answers",
  request: () => ({ originResponse: { status: 203, body } }),
});
const of = (verdict: unknown): Verdict => verdict as Verdict;
const BROKEN = [
  "HTTP/1.1 500 Internal Server Error",
  "Internal Server Error\n",
];

/** What no step may have sent, and what the fault says. */
const refused: [string, Change & Partial<StepResponse>, RegExp][] = [
  [
    "a line break in a value",
    { setHeaders: { "X-A": "a\r\nX-B: b" } },
    /X-A must contain only Latin-1 characters/,
  ],
  [
    "a control character in a value",
    { setHeaders: { "X-A": "a\u0000" } },
    /X-A must contain only Latin-1 characters/,
  ],
  [
    "a character above U+00FF",
    { setHeaders: { "X-A": "\u20ac" } },
    /X-A must contain only Latin-1 characters/,
  ],
  [
    "a line break in one of many",
    { setHeaders: { "X-A": ["a", "b\n"] } },
    /X-A must contain only Latin-1 characters/,
  ],
  [
    "a line break in a name",
    { setHeaders: { "X-A\r\nX-B": "b" } },
    /not a valid header name/,
  ],
  [
    "a blank in a name",
    { setHeaders: { "X A": "b" } },
    /not a valid header name/,
  ],
  ["a name of nothing", { setHeaders: { "": "b" } }, /not a valid header name/],
  [
    "a number as a value",
    { setHeaders: { "X-A": 1 as never } },
    /must be a string/,
  ],
  [
    "a prototype",
    { setHeaders: JSON.parse('{"__proto__":"a"}') as never },
    /not a valid header name/,
  ],
  [
    "a constructor",
    { setHeaders: { constructor: "a" } },
    /not a valid header name/,
  ],
  ["Connection", { setHeaders: { connection: "close" } }, /set by the gateway/],
  [
    "Transfer-Encoding",
    { setHeaders: { "Transfer-Encoding": "chunked" } },
    /set by the gateway/,
  ],
  [
    "Content-Length",
    { setHeaders: { "Content-Length": "1" } },
    /set by the gateway/,
  ],
  [
    "dropping Content-Length",
    { dropHeaders: ["Content-Length"] },
    /set by the gateway/,
  ],
  ["Upgrade", { setHeaders: { Upgrade: "a" } }, /set by the gateway/],
  ["a body of numbers", { body: 5 as never }, /body must be/],
];

describe.each(hosts)("verdicts under $name", (host) => {
  it("drops headers, then sets headers in place with one line for each value", async () => {
    const change: Change = {
      dropHeaders: ["x-gone", "X-Both"],
      setHeaders: { "X-Both": "new", "x-old": ["1", "2"] },
    };
    const headers = ["X-Gone: 1", "X-Both: old", "X-Old: 0", "X-Kept: 1"];
    const { wire, origin } = await setUp(host, ok("b", ...headers), {
      steps: [changing(change), changingAnswer(change)],
    });

    wire.send("GET /a", headers);

    for (const { lines } of [await wire.answer(), origin.request]) {
      expect(valuesOf(lines, "x-gone")).toEqual([]);
      expect(valuesOf(lines, "x-both")).toEqual(["new"]);
      expect(valuesOf(lines, "x-old").join(", ")).toBe("1, 2");
      expect(valuesOf(lines, "x-kept")).toEqual(["1"]);
    }
  });

  it("changes method, path, query and the status of the response", async () => {
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [
        {
          ...changing({ method: "PUT", url: "//b/%2F?c=%20" }),
          reroutes: true,
        },
        changingAnswer({ status: 299 }),
      ],
    });

    wire.send("POST /a", ["Content-Length: 4"], "body");

    const { start, body } = await wire.answer();
    expect(start).toMatch(/^HTTP\/1.1 299/);
    expect(body).toBe("b");
    expect(origin.request.start).toBe("PUT //b/%2F?c=%20 HTTP/1.1");
    expect(origin.request.body).toBe("body");
  });

  it("forwards to another target", async () => {
    const other = untilAfter(await RawOrigin.open(() => ok("other")));
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [{ ...changing({ target: other.url }), reroutes: true }],
    });

    wire.send("GET /a?b");

    expect((await wire.answer()).body).toBe("other");
    expect(other.request.start).toBe("GET /a?b HTTP/1.1");
    expect(valuesOf(other.request.lines, "host")).toEqual([other.url.slice(7)]);
    expect(origin.requests).toEqual([]);
  });

  it("adds a body to a response to GET that had none", async () => {
    const { wire } = await setUp(
      host,
      'HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\nETag: "e"\r\n\r\n',
      {
        steps: [
          {
            name: "changes",
            response: ({ request }) => ({
              change: {
                status: 200,
                ...(request.url === "/b" && { body: "b" }),
              },
            }),
          },
        ],
      },
    );

    wire.send("GET /a");
    const empty = await wire.answer();
    wire.send("GET /b");

    expect([empty.start, empty.body]).toEqual(["HTTP/1.1 200 OK", ""]);
    expect((await wire.answer()).body).toBe("b");
  });

  it.each([204, 304])(
    "sends no body with status %d, whatever a step sets",
    async (status) => {
      const { wire } = await setUp(host, ok("b"), {
        steps: [
          {
            name: "stops",
            request: () => ({ respond: { status, body: "b" } }),
          },
        ],
      });

      wire.send("GET /a");
      const first = await wire.answer();
      wire.send("GET /a");

      expect(first.start).toContain(`HTTP/1.1 ${status}`);
      expect((await wire.answer()).start).toBe(first.start);
    },
  );

  it("uses an originResponse instead of the origin, which later steps see", async () => {
    const seen: unknown[] = [];
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [
        answering("first"),
        answering("second"),
        {
          name: "sees both",
          request: ({ request }) => {
            seen.push(request.url);
            return undefined;
          },
          response: ({ response }) => {
            seen.push(response?.status);
            return { change: { setHeaders: { "X-Seen": "yes" } } };
          },
        },
      ],
    });

    wire.send("GET /a");

    const { start, lines, body } = await wire.answer();
    expect(start).toMatch(/^HTTP\/1.1 203/);
    expect(body).toBe("second");
    expect(valuesOf(lines, "x-seen")).toEqual(["yes"]);
    expect(seen).toEqual(["/a", 203]);
    expect(origin.requests).toEqual([]);
  });

  it("uses an originResponse instead of the host's handlers", async () => {
    const { wire } = await setUpOwn(host, [answering("first")]);
    const seeing = await setUpOwn(host, [
      answering("second"),
      changingAnswer({ setHeaders: { "X-Seen": "yes" } }),
    ]);

    wire.send("GET /own");
    seeing.wire.send("GET /own");

    expect((await wire.answer()).body).toBe("first");
    const { lines, body } = await seeing.wire.answer();
    expect([body, ...valuesOf(lines, "x-seen")]).toEqual(["second", "yes"]);
  });

  it("runs every header phase before any body phase", async () => {
    const seen: string[] = [];
    const says = (what: string) => (): Verdict => {
      seen.push(what);
      return undefined;
    };
    const { wire } = await setUp(host, ok("b"), {
      steps: ["one", "two"].map((name) => ({
        name,
        requestContent: says(`${name} requestContent`),
        request: says(`${name} request`),
        responseContent: says(`${name} responseContent`),
        response: says(`${name} response`),
      })),
    });

    wire.send("GET /a");
    await wire.answer();

    expect(seen).toEqual(
      ["request", "requestContent", "response", "responseContent"].flatMap(
        (phase) => [`one ${phase}`, `two ${phase}`],
      ),
    );
  });

  it("refuses an originResponse after the origin has responded", async () => {
    const { wire, faults } = await setUp(host, ok("b"), {
      steps: [
        { name: "late", response: () => ({ originResponse: { status: 200 } }) },
      ],
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe(BROKEN[0]);
    expect(faults.map(({ where, error }) => [where, String(error)])).toEqual([
      [
        "late",
        expect.stringMatching(/originResponse is not allowed after the origin/),
      ],
    ]);
  });

  it("responds before the origin is called", async () => {
    const { wire, origin, faults } = await setUp(host, ok("b"), {
      steps: [
        {
          name: "stops",
          request: () => ({
            respond: {
              status: 401,
              headers: { "X-A": "a", "Set-Cookie": ["a=1", "b=2"] },
              body: "née",
            },
          }),
        },
        {
          name: "never",
          request: () => {
            throw new Error("never");
          },
        },
      ],
    });

    wire.send("GET /a");

    const { start, lines, body } = await wire.answer();
    expect(start).toBe("HTTP/1.1 401 Unauthorized");
    expect(Buffer.from(body, "latin1").toString()).toBe("née");
    expect(valuesOf(lines, "set-cookie")).toEqual(["a=1", "b=2"]);
    expect(origin.requests).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("responds after the origin and discards its response", async () => {
    const { wire, origin } = await setUp(
      host,
      "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nX-Origin: 1\r\n\r\nsome",
      {
        steps: [
          { name: "stops", response: () => ({ respond: { status: 503 } }) },
        ],
      },
    );

    wire.send("GET /a");

    const { start, lines } = await wire.answer();
    expect(start).toBe("HTTP/1.1 503 Service Unavailable");
    expect(valuesOf(lines, "x-origin")).toEqual([]);
    await origin.untilLeft();
  });

  it("returns 500 without details when a step throws, reports it, and keeps serving", async () => {
    const error = new Error("secret");
    const fails = (): never => {
      throw error;
    };
    const { wire, faults } = await setUp(host, ok("b"), {
      steps: [
        {
          name: "fails before",
          request: (each) => (each.request.url === "/a" ? fails() : undefined),
        },
        {
          name: "fails after",
          response: async (each) =>
            each.request.url === "/b" ? Promise.reject(error) : undefined,
        },
      ],
    });

    for (const url of ["/a", "/b", "/c"]) {
      wire.send(`POST ${url}`, ["Content-Length: 4"], "body");
      const { start, body } = await wire.answer();
      expect([start, body]).toEqual(
        url === "/c" ? ["HTTP/1.1 200 OK", "b"] : BROKEN,
      );
    }

    expect(faults).toMatchObject([
      { where: "fails before", error },
      { where: "fails after", error },
    ]);
    expect(wire.received).not.toContain("secret");
  });

  it("responds even if onFault fails", async () => {
    const { wire } = await setUp(host, ok(), {
      steps: [
        {
          name: "fails",
          request: () => {
            throw new Error("a");
          },
        },
      ],
      onFault: () => {
        throw new Error("b");
      },
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe(BROKEN[0]);
  });

  it.each(refused)(
    "refuses to send %s from a step",
    async (_, asked, message) => {
      const { setHeaders, body } = asked;
      const stop = of({
        respond: {
          status: 200,
          ...(setHeaders && { headers: setHeaders }),
          ...(body !== undefined && { body }),
        },
      });
      const isReply = !asked.dropHeaders;
      const { wire, origin, faults } = await setUp(host, ok("b"), {
        steps: [
          {
            name: "asks",
            request: ({ request: { url } }) =>
              url === "/request"
                ? { change: asked }
                : url === "/stop"
                  ? stop
                  : undefined,
            response: ({ request: { url } }) =>
              url === "/response" ? { change: asked } : undefined,
          },
        ],
      });

      const urls = ["/request", "/response", ...(isReply ? ["/stop"] : [])];
      for (const url of urls) {
        wire.send(`GET ${url}`);
        const { start, body: told } = await wire.answer();
        expect([start, told]).toEqual(BROKEN);
      }

      expect(origin.request.start).toBe("GET /response HTTP/1.1");
      expect(faults).toHaveLength(urls.length);
      for (const { where, error } of faults) {
        expect(where).toBe("asks");
        expect((error as Error).message).toMatch(message);
      }
    },
  );

  it.each([
    ["status 199", of({ respond: { status: 199 } })],
    ["status 600", of({ respond: { status: 600 } })],
    ["status 200.5", of({ respond: { status: 200.5 } })],
    ["a status of text", of({ respond: { status: "200" } })],
    [
      "a line break behind a status",
      of({ respond: { status: 200, statusText: "a\r\nb" } }),
    ],
    ["the status of a request", of({ change: { status: 200 } })],
    ["a verb of two words", of({ change: { method: "GET /" } })],
    ["a path with a line break", of({ change: { url: "/a\r\nX: b" } })],
    ["a path without a slash", of({ change: { url: "a" } })],
    ["a target with a path", of({ change: { target: "http://a.test/b" } })],
    ["a target that is no HTTP", of({ change: { target: "file:///" } })],
  ])("refuses %s", async (_, verdict) => {
    const { wire, origin, faults } = await setUp(host, ok("b"), {
      steps: [{ name: "asks", request: () => verdict, reroutes: true }],
    });

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe(BROKEN[0]);
    expect(origin.requests).toEqual([]);
    expect(faults).toMatchObject([
      { where: "asks", error: { name: "UnsendableError" } },
    ]);
  });

  it("runs the steps in the same order in both directions and shares attributes", async () => {
    const order: string[] = [];
    const step = (name: string): Step => ({
      name,
      request: (exchange) => {
        order.push(`${name} there`);
        exchange.attributes.set(name, exchange.id);
        return {
          change: {
            setHeaders: {
              [`X-${name}`]: String(exchange.request.headers.get("x-last")),
              "X-Last": name,
            },
          },
        };
      },
      response: ({ attributes, response, id }: Exchange) => {
        order.push(`${name} back ${response?.headers.get("x-last") ?? "none"}`);
        expect([...attributes.values()]).toEqual([id, id]);
        return { change: { setHeaders: { "X-Last": name } } };
      },
    });
    const { wire, origin } = await setUp(host, ok(), {
      steps: [step("one"), step("two")],
    });

    wire.send("GET /a");
    await wire.answer();

    expect(order).toEqual([
      "one there",
      "two there",
      "one back none",
      "two back one",
    ]);
    expect(valuesOf(origin.request.lines, "x-two")).toEqual(["one"]);
  });

  describe("before the host's handlers", () => {
    it("gives the host's handlers changed headers and changes their headers", async () => {
      const { wire } = await setUpOwn(host, [
        changing({
          setHeaders: { "X-New": ["1", "2"], "X-Old": "new" },
          dropHeaders: ["X-Gone"],
        }),
        changingAnswer({
          setHeaders: { "Set-Cookie": ["c=3", "d=4"] },
          status: 202,
        }),
      ]);

      wire.send("GET /echo", ["X-Old: old", "X-Gone: 1"]);

      const { start, lines, body } = await wire.answer();
      const { headers } = JSON.parse(body) as Own;
      expect(headers).toMatchObject({ "x-new": "1, 2", "x-old": "new" });
      expect(headers).not.toHaveProperty("x-gone");
      expect(start).toBe("HTTP/1.1 202 Accepted");
      expect(valuesOf(lines, "set-cookie")).toEqual(["c=3", "d=4"]);
    });

    it.each([
      ["steps for requests", {}],
      ["steps for both", { response: () => undefined }],
    ])(
      "responds before the host's handlers with %s, repeatedly",
      async (_, more) => {
        const { wire } = await setUpOwn(host, [
          {
            name: "stops",
            request: () => ({ respond: { status: 403, body: "no" } }),
            ...more,
          },
        ]);

        for (let n = 0; n < 3; n++) {
          wire.send("POST /echo", ["Content-Length: 2"], "{}");
          const { start, body } = await wire.answer();
          expect([start, body]).toEqual(["HTTP/1.1 403 Forbidden", "no"]);
        }
      },
    );

    it("responds after the host's handlers", async () => {
      const { wire } = await setUpOwn(host, [
        {
          name: "stops",
          response: () => ({ respond: { status: 403, body: "no" } }),
        },
      ]);

      for (const path of ["/echo", "/empty", "/unread"]) {
        wire.send(`GET ${path}`);
        const { start, body } = await wire.answer();
        expect([start, body]).toEqual(["HTTP/1.1 403 Forbidden", "no"]);
      }
    });

    it("refuses to reroute a route without an origin", async () => {
      const { wire, faults } = await setUpOwn(host, [
        changing({ url: "/unread" }),
      ]);

      wire.send("GET /echo");

      expect((await wire.answer()).start).toBe(BROKEN[0]);
      await until(() => faults.length === 1);
      expect(faults).toMatchObject([
        { where: "changes", error: { name: "UnsendableError" } },
      ]);
    });
  });
});
