import { once } from "node:events";
import { hosts, type Own } from "./hosts";
import { valuesOf } from "./Inbox";
import { ok, setUp, setUpOwn, takeDown } from "./setting";

jest.setTimeout(120_000);
afterEach(takeDown);

const nodeHosts = hosts.filter(({ name }) => name !== "Fetch");

describe.each(hosts)("ambiguous requests under $name", (host) => {
  it.each(["gzip, chunked", "chunked, chunked", "gzip"])(
    "refuses the Transfer-Encoding %s",
    async (coding) => {
      const { wire, origin, faults } = await setUp(host, ok("b"));

      wire.send(
        "POST /a",
        [`Transfer-Encoding: ${coding}`],
        "1\r\nx\r\n0\r\n\r\n",
      );

      // Node itself refuses some of them with 400.
      const { start } = await wire.answer();
      expect(start).toMatch(
        coding === "gzip, chunked" ? / 501 / : / (?:400|501) /,
      );
      expect(origin.requests).toEqual([]);
      if (start.includes(" 501 "))
        expect(
          faults.map(({ where, error }) => [where, (error as Error).name]),
        ).toEqual([["request", "RequestError"]]);
    },
  );

  it.each([
    ["two Host headers", ["Host: b.test"]],
    ["two equal Host headers", ["Host: a.test"]],
    ["two lengths", ["Content-Length: 1", "Content-Length: 2"]],
    [
      "a length and chunks",
      ["Content-Length: 1", "Transfer-Encoding: chunked"],
    ],
    ["whitespace before a colon", ["X-A : b"]],
  ])("returns 400 for %s", async (_, lines) => {
    const { wire, origin } = await setUp(host, ok("b"));

    const isChunked = lines.some((line) => line.includes("chunked"));
    wire.send("GET /a", lines, isChunked ? "0\r\n\r\n" : "");

    expect((await wire.answer()).start).toContain(" 400 ");
    expect(origin.requests).toEqual([]);
  });

  it("sends a header to the origin that can be read in one way, if the client has folded it", async () => {
    const { wire, origin } = await setUp(host, ok("b"));

    wire.send(
      "GET /a",
      ["X-A: b", " c", "Transfer-Encoding: chunked", " , x"],
      "0\r\n\r\n",
    );

    const { start } = await wire.answer();
    expect(start).toMatch(/ (400|501) /);
    expect(origin.requests).toEqual([]);
  });
});

describe.each(nodeHosts)("requests to a proxy under $name", (host) => {
  it("uses the host of a complete URL, and ignores the Host header", async () => {
    const seen: unknown[] = [];
    const { wire, origin } = await setUp(host, ok("b"), {
      keepHost: true,
      steps: [
        {
          name: "sees",
          request: ({ request }) => {
            seen.push(request.host, request.headers.get("host"), request.uri);
          },
        },
      ],
    });

    wire.send("GET http://shop.test:81/x?y");
    await wire.answer();

    const { start, lines } = origin.request;
    expect(start).toBe("GET /x?y HTTP/1.1");
    expect(valuesOf(lines, "x-forwarded-host")).toEqual(["shop.test:81"]);
    expect(valuesOf(lines, "host")).toEqual(["shop.test:81"]);
    expect(seen).toEqual([
      "shop.test:81",
      "shop.test:81",
      "http://shop.test:81/x?y",
    ]);
  });

  it("shows the host's handler the same host as the steps", async () => {
    const seen: unknown[] = [];
    const { wire } = await setUpOwn(host, [
      {
        name: "sees",
        request: ({ request }) => {
          seen.push(request.headers.get("host"));
        },
      },
    ]);

    wire.send("GET http://shop.test/echo");

    const { headers } = JSON.parse((await wire.answer()).body) as Own;
    expect([headers["host"], ...seen]).toEqual(["shop.test", "shop.test"]);
  });

  it.each([
    "ftp://a.test/x",
    "http://u:p@a.test/x",
    "http:///x",
    "http://a.test#/x",
  ])(
    "returns 400 for the target %s and closes the connection",
    async (target) => {
      const { wire, origin, faults } = await setUp(host, ok("b"));

      wire.send(`GET ${target}`);

      const { start, lines } = await wire.answer();
      // Fastify finds no route for another scheme.
      expect(start).toMatch(host.name === "Fastify" ? / 40[04] / : / 400 /);
      if (start.includes(" 400 ") && faults.length > 0) {
        expect(valuesOf(lines, "connection")).toEqual(["close"]);
        expect(faults).toMatchObject([{ where: "request" }]);
        await wire.ended();
      }
      expect(origin.requests).toEqual([]);
    },
  );

  it("returns 400 for a # or a tab in the path, which it does not send to the origin", async () => {
    const { wire, origin } = await setUp(host, ok("b"));

    for (const path of ["/#/../../secret", "/a?b#c", "/a\tb"]) {
      wire.send(`GET ${path}`);
      expect((await wire.answer()).start).toBe("HTTP/1.1 400 Bad Request");
    }
    expect(origin.requests).toEqual([]);
  });

  it("sends the head of an upload to the origin before its body", async () => {
    const { wire, origin } = await setUp(host, "");
    let head = "";
    origin.onBytes = (socket) => {
      head ||= "seen";
      socket.write(
        "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno",
      );
    };

    wire.write("POST /a HTTP/1.1", "Host: a.test", "Content-Length: 5", "", "");

    const { start, body } = await wire.answer();
    expect([head, start, body]).toEqual([
      "seen",
      "HTTP/1.1 401 Unauthorized",
      "no",
    ]);
  });

  it("sends headers beyond ASCII as they were received, before the body of either message", async () => {
    const { wire, origin } = await setUp(host, (_, socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-A: \xe9\r\n\r\n",
        "latin1",
      );
      return undefined;
    });

    wire.write(
      "POST /a HTTP/1.1",
      "Host: a.test",
      "Content-Length: 1",
      "X-A: \xe9",
      "",
      "",
    );
    while (origin.connections === 0)
      await new Promise((go) => setImmediate(go));
    wire.write("x");
    await wire.until("X-A");
    for (const socket of origin.sockets) socket.write("y");

    const { lines, body } = await wire.answer();
    expect([valuesOf(lines, "x-a"), body]).toEqual([["\xe9"], "y"]);
    expect(valuesOf(origin.request.lines, "x-a")).toEqual(["\xe9"]);
  });

  it("sends no header that an origin could mistake for one of a step or of the gateway", async () => {
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [
        {
          name: "stamps",
          request: () => ({
            change: {
              setHeaders: { "x-partner": "g" },
              dropHeaders: ["x-debug"],
            },
          }),
        },
      ],
    });

    wire.send("GET /a", [
      "X_Partner: mallory",
      "X-Debug: a",
      "X_Debug: a",
      "X-Forwarded_For: 1.2.3.4",
      "Content_Length: 4",
      "X_Other: a",
    ]);
    await wire.answer();

    expect(origin.request.lines.filter((line) => line.includes("_"))).toEqual([
      "X_Other: a",
    ]);
  });

  it("sends no trailer to the origin that would be a header for routing or authentication", async () => {
    const { wire, origin } = await setUp(host, ok("b"));

    wire.send(
      "POST /a",
      ["Transfer-Encoding: chunked", "Trailer: X-Sum, Authorization"],
      "1\r\nx\r\n0\r\nX-Sum: 1\r\nAuthorization: a\r\nX_Forwarded_Host: b\r\n\r\n",
    );
    await wire.answer();

    const text = JSON.stringify(origin.request);
    expect(text).toContain("X-Sum: 1");
    expect(text).not.toMatch(/Authorization: a|X_Forwarded/);
  });

  it("returns 502 if the origin's response has a coding that the client would not see", async () => {
    const { wire, faults } = await setUp(
      host,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    );

    wire.send("GET /a");

    expect((await wire.answer()).start).toBe("HTTP/1.1 502 Bad Gateway");
    expect(faults).toMatchObject([{ where: "origin", error: { status: 502 } }]);
  });

  it("runs the steps for each pipelined request", async () => {
    const seen: string[] = [];
    const { wire, origin } = await setUp(host, ok("b"), {
      steps: [
        {
          name: "sees",
          request: ({ request }) => {
            seen.push(request.url);
            return request.url === "/2"
              ? { respond: { status: 403 } }
              : undefined;
          },
        },
      ],
    });

    wire.write(
      "GET /1 HTTP/1.1",
      "Host: a.test",
      "",
      "GET /2 HTTP/1.1",
      "Host: a.test",
      "",
      "GET /3 HTTP/1.1",
      "Host: a.test",
      "",
      "",
    );

    const starts = [];
    for (let n = 0; n < 3; n++)
      starts.push((await wire.answer()).start.slice(9, 12));
    expect([starts, seen]).toEqual([
      ["200", "403", "200"],
      ["/1", "/2", "/3"],
    ]);
    expect(origin.requests).toHaveLength(2);
  });

  it.each(["CONNECT a.test:80", "GET /a"])(
    "lets no request to switch protocols reach the origin: %s",
    async (start) => {
      const { wire, origin, served } = await setUp(host, ok("b"), {
        steps: [
          { name: "guard", request: () => ({ respond: { status: 403 } }) },
        ],
      });

      wire.send(start, [
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABk",
      ]);
      if (start.startsWith("GET"))
        expect((await wire.answer()).start).toContain(" 403 ");
      else
        await Promise.race([
          once(wire.socket, "close"),
          wire.until("HTTP/1.1 4"),
        ]);

      expect(origin.requests).toEqual([]);
      expect(await served.connections()).toBeLessThanOrEqual(1);
    },
  );
});
