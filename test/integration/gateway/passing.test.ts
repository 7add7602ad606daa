import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hosts, type Own } from "./hosts";
import { valuesOf } from "./Inbox";
import { ok, setUp, setUpOwn, takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";
import type { RouteOptions, Step } from "aws-lambda-connector/gateway";

jest.setTimeout(120_000);
afterEach(takeDown);

/** Steps that change nothing: none, or a step that only reads. */
const onlooker: Step = {
  name: "looks on",
  request: ({ request }) => void request.headers.names(),
  response: ({ response }) => void response?.headers.names(),
};
const routes: Record<string, RouteOptions> = {
  "without steps": {},
  "with steps that look on": { steps: [onlooker] },
};

const PATH = "//a/%2Fb/../c%20d/?x=1&x=2&p=a+b%2Bc&q[z]=1";
/** Header lines that every hop replaces. */
const HOPS =
  /^(Date|Connection|Keep-Alive|Transfer-Encoding|Host|X-Forwarded-\w+|X-Amzn-Trace-Id|traceparent):/i;
const own = (lines: readonly string[]): string[] =>
  lines.filter((line) => !HOPS.test(line));

describe.each(hosts)("HTTP forwarding through $name", (host) => {
  const can = (what: (typeof host.cannot)[number]): boolean =>
    !host.cannot.includes(what);

  describe.each(Object.entries(routes))("%s", (_, options) => {
    it("forwards the bytes of both bodies and the headers in order", async () => {
      const bytes = String.fromCharCode(...Array(256).keys());
      const { wire, origin } = await setUp(
        host,
        ok(bytes, "X-One: 1", "Content-Type: application/x-bytes", "X-Two:  2"),
        options,
      );

      wire.send("POST /a", ["X-Up: é", "Content-Length: 256"], bytes);

      const { start, lines, body } = await wire.answer();
      expect({ start, body }).toEqual({
        start: "HTTP/1.1 200 OK",
        body: bytes,
      });
      const names = own(lines).map((line) => line.split(":")[0]?.toLowerCase());
      expect(names.sort()).toEqual(
        expect.arrayContaining([
          "content-length",
          "content-type",
          "x-one",
          "x-two",
        ]),
      );
      expect(valuesOf(lines, "x-two")).toEqual(["2"]);
      expect(origin.request.start).toBe("POST /a HTTP/1.1");
      expect(origin.request.body).toBe(bytes);
      expect(valuesOf(origin.request.lines, "content-length")).toEqual(["256"]);
      expect(valuesOf(origin.request.lines, "x-up")).toEqual(["é"]);
    });

    it("streams a response: the first chunk arrives before the origin sends the second", async () => {
      const { wire } = await setUp(
        host,
        async (request, socket) => {
          if (request.start.includes("/go")) {
            second?.();
            return ok();
          }
          socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          socket.write("5\r\nfirst\r\n");
          await new Promise<void>((go) => (second = go));
          return "6\r\nsecond\r\n0\r\n\r\n";
        },
        options,
      );
      let second: (() => void) | undefined;

      wire.send("GET /a");
      await wire.until("first");
      second?.();

      expect((await wire.answer()).body).toBe("firstsecond");
    });

    it("streams a request: the origin has the first chunk before the client sends the second", async () => {
      let seen: () => void = () => undefined;
      const first = new Promise<void>((resolve) => (seen = resolve));
      const chunks: string[] = [];
      const server = createServer((req, res) => {
        req.on("data", (chunk: Buffer) => {
          chunks.push(chunk.toString());
          seen();
        });
        req.on("end", () => res.end(chunks.join("|")));
      }).listen(0, "127.0.0.1");
      untilAfter({ close: () => void server.close() });
      await new Promise((up) => server.once("listening", up));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { wire } = await setUp(host, "", { ...options, origin: url });

      wire.send("PUT /a", ["Transfer-Encoding: chunked"], "5\r\nfirst\r\n");
      await first;
      wire.write("6\r\nsecond\r\n0\r\n\r\n");

      expect((await wire.answer()).body).toBe("first|second");
    });

    it(
      can("lines of their own")
        ? "keeps each line of a repeated header, and its spelling"
        : "keeps each value of a repeated header: Fetch joins the lines",
      async () => {
        const answer = [
          "X-Odd: 1",
          "x-oDD: 2",
          "Set-Cookie: a=1; Path=/",
          "Set-Cookie: b=2",
        ];
        const { wire, origin } = await setUp(host, ok("", ...answer), options);

        wire.send("GET /a", [
          "X-Odd: 1",
          "x-oDD: 2",
          "Cookie: a=1",
          "Cookie: b=2",
        ]);

        const { lines } = await wire.answer();
        const sent = own(origin.request.lines);
        if (can("lines of their own"))
          expect(sent).toEqual([
            "X-Odd: 1",
            "x-oDD: 2",
            "Cookie: a=1",
            "Cookie: b=2",
          ]);
        else {
          expect(valuesOf(sent, "x-odd")).toEqual(["1, 2"]);
          expect(valuesOf(sent, "cookie")).toEqual(["a=1; b=2"]);
        }
        expect(valuesOf(lines, "set-cookie")).toEqual(["a=1; Path=/", "b=2"]);
        expect(valuesOf(lines, "x-odd").join(", ")).toBe("1, 2");
        if (can("spelling of names"))
          expect(lines).toEqual(expect.arrayContaining(answer));
        else if (can("lines of their own"))
          expect(lines).toEqual(
            expect.arrayContaining(["X-Odd: 1", "X-Odd: 2"]),
          );
      },
    );

    it(
      can("path as it came")
        ? "leaves path and query as they came"
        : "leaves the query as it came; the path Fetch has resolved before",
      async () => {
        const { wire, origin } = await setUp(host, ok(), options);

        wire.send(`GET ${PATH}`);
        await wire.answer();

        const resolved = PATH.replace("/%2Fb/..", "");
        expect(origin.request.start).toBe(
          `GET ${can("path as it came") ? PATH : resolved} HTTP/1.1`,
        );
      },
    );

    it("accepts a request for an absolute URL", async () => {
      const { wire, origin } = await setUp(host, ok("b"), options);

      wire.send("GET http://a.test/b?c=d");

      expect((await wire.answer()).body).toBe("b");
      expect(origin.request.start).toBe("GET /b?c=d HTTP/1.1");
    });

    it("keeps the Content-Length of a response to HEAD", async () => {
      const { wire, origin } = await setUp(
        host,
        'HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nTrailer: X-Sum\r\nETag: "e"\r\n\r\n',
        options,
      );

      wire.send("HEAD /a");
      const { lines } = await wire.answer({ isBare: true });
      wire.send("HEAD /b");
      await wire.answer({ isBare: true });

      expect(valuesOf(lines, "content-length")).toEqual(["1234"]);
      expect(valuesOf(lines, "etag")).toEqual(['"e"']);
      expect(origin.requests.map(({ start }) => start)).toEqual([
        "HEAD /a HTTP/1.1",
        "HEAD /b HTTP/1.1",
      ]);
    });

    it.each([
      ["204 No Content", ["X-A: 1"]],
      ["304 Not Modified", ['ETag: "e"', "Cache-Control: max-age=1", "X-A: 1"]],
    ])(
      "forwards %s with its headers and without a body",
      async (status, answer) => {
        const { wire } = await setUp(
          host,
          ["HTTP/1.1 " + status, ...answer, "", ""].join("\r\n"),
          options,
        );

        wire.send("GET /a");
        const { start, lines } = await wire.answer();
        wire.send("GET /b");

        expect(start).toBe(`HTTP/1.1 ${status}`);
        for (const line of answer) {
          const [name = "", value] = line.split(": ");
          expect(valuesOf(lines, name)).toEqual([value]);
        }
        expect(valuesOf(lines, "content-length")).toEqual([]);
        expect((await wire.answer()).start).toBe(`HTTP/1.1 ${status}`);
      },
    );

    it("keeps unknown statuses, and their text when the platform supports it", async () => {
      const { wire } = await setUp(
        host,
        "HTTP/1.1 418 Short And Stout\r\nContent-Length: 0\r\n\r\n",
        options,
      );

      wire.send("GET /a");

      expect((await wire.answer()).start).toMatch(
        can("text behind the status")
          ? /^HTTP\/1.1 418 Short And Stout$/
          : /^HTTP\/1.1 418 /,
      );
    });

    it(
      can("trailers")
        ? "hands on trailers both ways"
        : "hands on bodies whose trailers Fetch does not know",
      async () => {
        const { wire, origin } = await setUp(
          host,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n1\r\nb\r\n0\r\nX-Sum: 2\r\n\r\n",
          options,
        );

        wire.send(
          "POST /a",
          ["TE: trailers", "Transfer-Encoding: chunked", "Trailer: X-Up"],
          "1\r\na\r\n0\r\nX-Up: 1\r\n\r\n",
        );

        const { body, trailers } = await wire.answer();
        expect([origin.request.body, body]).toEqual(["a", "b"]);
        expect([origin.request.trailers, trailers]).toEqual(
          can("trailers") ? [["X-Up: 1"], ["X-Sum: 2"]] : [[], []],
        );
      },
    );

    it(
      can("interim answers")
        ? "hands on 102 and 103 ahead of the answer, whatever their headers"
        : "answers after 102 and 103, which Fetch does not know",
      async () => {
        const links = 'Link: </a>; rel=preload, </b>; rel="x y"';
        const { wire } = await setUp(
          host,
          `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n${links}\r\nX-Hint: 1\r\n\r\n${ok("b")}`,
          options,
        );

        wire.send("GET /a");

        if (can("interim answers")) {
          expect((await wire.answer()).start).toBe("HTTP/1.1 102 Processing");
          const { start, lines } = await wire.answer();
          expect(start).toBe("HTTP/1.1 103 Early Hints");
          expect(lines).toEqual([links, "X-Hint: 1"]);
        }
        expect((await wire.answer()).body).toBe("b");
      },
    );

    it("sends 100 Continue to a client that waits for it", async () => {
      const { wire, origin } = await setUp(host, ok("b"), options);

      wire.send("POST /a", ["Expect: 100-continue", "Content-Length: 4"]);
      expect((await wire.answer()).start).toBe("HTTP/1.1 100 Continue");
      wire.write("body");

      expect((await wire.answer()).body).toBe("b");
      expect(origin.request.body).toBe("body");
      expect(valuesOf(origin.request.lines, "expect")).toEqual([]);
    });

    it("forwards POST without a body as it is", async () => {
      const { wire, origin } = await setUp(host, ok("b"), options);

      wire.send("POST /a");

      expect((await wire.answer()).body).toBe("b");
      const { lines, body } = origin.request;
      expect(body).toBe("");
      expect([
        valuesOf(lines, "content-length"),
        valuesOf(lines, "transfer-encoding"),
      ]).toEqual([["0"], []]);
    });

    it.each([
      ["a length", ["Content-Length: 4"], "body"],
      ["chunks", ["Transfer-Encoding: chunked"], "4\r\nbody\r\n0\r\n\r\n"],
    ])(
      can("body of GET")
        ? "hands on GET with a body of %s"
        : "hands on GET without its body, which Fetch does not know, of %s",
      async (_kind, lines, body) => {
        const { wire, origin } = await setUp(host, ok("b"), options);

        wire.send("GET /a", lines, body);

        expect((await wire.answer()).body).toBe("b");
        expect(origin.request.body).toBe(can("body of GET") ? "body" : "");
      },
    );

    it.each(["PROPFIND", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY"])(
      "forwards %s when the platform accepts it",
      async (verb) => {
        const { wire, origin } = await setUp(host, ok("b"), options);
        const isIn = can("unknown verbs") || verb !== "PROPFIND";

        wire.send(`${verb} /a`);

        const { start, body } = await wire.answer();
        if (isIn) {
          expect(body).toBe("b");
          const { lines } = origin.request;
          expect(valuesOf(lines, "transfer-encoding")).toEqual([]);
        } else expect(start).toMatch(/ 404 /);
        expect(origin.requests.map((each) => each.start)).toEqual(
          isIn ? [`${verb} /a HTTP/1.1`] : [],
        );
      },
    );

    it("removes hop-by-hop headers in both directions", async () => {
      const hops = [
        "Keep-Alive: timeout=7",
        "Proxy-Authenticate: a",
        "Proxy-Authorization: b",
        "Proxy-Connection: c",
        "Upgrade: websocket",
        "X-Named: d",
      ];
      const named = "Connection: Upgrade, x-NAMED";
      const { wire, origin } = await setUp(
        host,
        ok("b", named, ...hops, "X-Kept: 1"),
        options,
      );

      wire.send("GET /a", [named, ...hops, "TE: gzip", "X-Kept: 1"]);

      const { lines } = await wire.answer();
      const left = (all: readonly string[]): string[] =>
        all.filter((line) =>
          /^(proxy-|upgrade|te:|x-named|x-kept|keep-alive: timeout=7$)/i.test(
            line,
          ),
        );
      expect(left(lines).map((line) => line.toLowerCase())).toEqual([
        "x-kept: 1",
      ]);
      expect(
        left(origin.request.lines).map((line) => line.toLowerCase()),
      ).toEqual(["x-kept: 1"]);
    });

    const SAID = [
      "X-Forwarded-For: 9.9.9.9",
      "X-Forwarded-Proto: https",
      "X-Forwarded-Host: shop.test",
    ];

    it("sets X-Forwarded headers itself, whatever the client sends", async () => {
      const { wire, origin, served } = await setUp(host, ok(), options);

      wire.send("GET /a", SAID);
      await wire.answer();

      const { lines } = origin.request;
      expect(valuesOf(lines, "host")).toEqual([
        origin.url.slice("http://".length),
      ]);
      expect(valuesOf(lines, "x-forwarded-host")).toEqual(["a.test"]);
      expect(valuesOf(lines, "x-forwarded-proto")).toEqual(["http"]);
      // Fetch does not tell where a request comes from.
      expect(valuesOf(lines, "x-forwarded-for")).toEqual(
        host.name === "Fetch" ? [] : ["127.0.0.1"],
      );
      expect(valuesOf(lines, "x-forwarded-port")).toEqual(
        host.name === "Fetch" ? [] : [String(served.port)],
      );
      const [root = ""] = valuesOf(lines, "x-amzn-trace-id");
      const [, time, rest] = /^Root=1-(\w{8})-(\w{24})$/.exec(root) ?? [];
      expect(valuesOf(lines, "traceparent")).toEqual([
        expect.stringMatching(`^00-${time}${rest}-[0-9a-f]{16}-00$`),
      ]);
    });

    it("appends to the X-Forwarded headers of a trusted proxy", async () => {
      const { wire, origin } = await setUp(host, ok(), {
        ...options,
        trustForwarded: true,
      });

      wire.send("GET /a", SAID);
      await wire.answer();

      const { lines } = origin.request;
      expect(valuesOf(lines, "x-forwarded-host")).toEqual(["shop.test"]);
      expect(valuesOf(lines, "x-forwarded-proto")).toEqual(["https"]);
      expect(valuesOf(lines, "x-forwarded-for")).toEqual([
        host.name === "Fetch" ? "9.9.9.9" : "9.9.9.9, 127.0.0.1",
      ]);
    });

    it("appends to X-Forwarded headers that a step sets", async () => {
      const { wire, origin } = await setUp(host, ok(), {
        steps: [
          {
            name: "knows better",
            request: () => ({
              change: { setHeaders: { "X-Forwarded-Proto": "https" } },
            }),
          },
        ],
      });

      wire.send("GET /a", ["X-Forwarded-Host: shop.test"]);
      await wire.answer();

      const { lines } = origin.request;
      expect(valuesOf(lines, "x-forwarded-proto")).toEqual(["https"]);
      expect(valuesOf(lines, "x-forwarded-host")).toEqual(["a.test"]);
    });

    it("forwards the client's Host when keepHost is true", async () => {
      const { wire, origin } = await setUp(host, ok(), {
        ...options,
        keepHost: true,
      });

      wire.send("GET /a");
      await wire.answer();

      expect(valuesOf(origin.request.lines, "host")).toEqual(["a.test"]);
    });

    it("responds to an HTTP/1.0 client without chunks and closes the connection", async () => {
      const { wire } = await setUp(
        host,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 1\r\n\r\n",
        options,
      );

      wire.write("GET /a HTTP/1.0", "Host: a.test", "", "");
      await wire.ended();

      const { lines, body } = await wire.answer();
      expect(body).toBe("body");
      expect(valuesOf(lines, "transfer-encoding")).toEqual([]);
    });

    it("responds to two pipelined requests in their order", async () => {
      let isSecondSent = false;
      const { wire } = await setUp(
        host,
        async ({ start }) => {
          const path = start.split(" ")[1] ?? "";
          // The origin responds to the second request first.
          if (path === "/1") await until(() => isSecondSent);
          else isSecondSent = true;
          return ok(path);
        },
        options,
      );

      const get = (path: string): string =>
        `GET ${path} HTTP/1.1\r\nHost: a.test\r\n\r\n`;
      wire.write(get("/1") + get("/2"));

      expect([(await wire.answer()).body, (await wire.answer()).body]).toEqual([
        "/1",
        "/2",
      ]);
    });
  });

  describe("before the host's handlers", () => {
    describe.each([
      ["without steps", []],
      [
        "with steps for requests",
        [{ name: "looks on", request: onlooker.request }],
      ],
      ["with steps for both", [onlooker]],
    ] as [string, Step[]][])("%s", (_, steps) => {
      it("lets the host's handlers read and respond unchanged", async () => {
        const { wire } = await setUpOwn(host, steps);
        const json = '{"a":"é"}';

        wire.send(
          "POST /echo?x=1&x=2",
          [
            "Content-Type: application/json",
            `Content-Length: ${Buffer.byteLength(json)}`,
            "X-A: 1",
          ],
          Buffer.from(json).toString("latin1"),
        );

        const { lines, body } = await wire.answer();
        const seen = JSON.parse(Buffer.from(body, "latin1").toString()) as Own;
        expect(seen).toMatchObject({ body: { a: "é" }, url: "/echo?x=1&x=2" });
        expect(seen.headers["x-a"]).toBe("1");
        expect(valuesOf(lines, "set-cookie")).toEqual([
          expect.stringContaining("a=1"),
          expect.stringContaining("b=2"),
        ]);
      });

      it("streams what the host's handlers stream", async () => {
        const { wire, served } = await setUpOwn(host, steps);
        const other = untilAfter(await Wire.open(served.port));

        wire.send("GET /stream");
        await wire.until("first");
        other.send("GET /go");

        const { lines, body } = await wire.answer();
        expect(body).toBe("firstsecond");
        expect(valuesOf(lines, "x-own")).toEqual(["stream"]);
      });

      it("keeps bodiless responses of the host's handlers, and the connection", async () => {
        const { wire } = await setUpOwn(host, steps);

        wire.send("GET /empty");
        const empty = await wire.answer();
        wire.send("HEAD /unread");
        const head = await wire.answer({ isBare: true });
        wire.send(
          "POST /unread",
          ["Content-Type: application/json", "Content-Length: 4"],
          "true",
        );

        expect(empty.start).toBe("HTTP/1.1 204 No Content");
        expect(head.start).toBe("HTTP/1.1 200 OK");
        expect((await wire.answer()).body).toBe("unread");
      });
    });
  });
});
