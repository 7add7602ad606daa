import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import {
  createRoute,
  toExpress,
  type RouteFailure,
  type Step,
} from "aws-lambda-connector/gateway";
import express, { type RequestHandler } from "express";
import { hosts, type Own } from "./hosts";
import {
  FLAT_BYTES,
  passHundredMegabytes,
  TRANSFER_TIMEOUT_MS,
} from "./hundredMegabytes";
import { valuesOf } from "./Inbox";
import { setUp, setUpOwn, takeDown, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(takeDown);

/** Reads bodies up to that many bytes, and remembers them. */
function reading(limit: number): { step: Step; read: (number | undefined)[] } {
  const read: (number | undefined)[] = [];
  return {
    read,
    step: {
      name: "reads",
      request: async ({ request }) =>
        void read.push((await request.body.read(limit))?.length),
      response: async ({ response }) =>
        void read.push((await response?.body.read(limit))?.length),
    },
  };
}

const chunked = (...chunks: string[]): string =>
  [...chunks, ""].map((c) => `${c.length.toString(16)}\r\n${c}\r\n`).join("");

/** Both ways of framing a body. */
const framings = [
  [
    "a length",
    (b: string) => [`Content-Length: ${b.length}`],
    (b: string) => b,
  ],
  [
    "chunks",
    () => ["Transfer-Encoding: chunked"],
    (b: string) => chunked(...(b.match(/.{1,700}/g) ?? [])),
  ],
] as const;

const LONG = Array.from({ length: 2000 }, (_, n) => String(n)).join(",");

describe.each(hosts)("bodies through $name", (host) => {
  describe.each(framings)("framed by %s", (_, linesOf, written) => {
    const answer = (body: string): string =>
      ["HTTP/1.1 200 OK", ...linesOf(body), "", written(body)].join("\r\n");

    it("gives a step the whole of both bodies and forwards both", async () => {
      const { step, read } = reading(10_000);
      const { wire, origin } = await setUp(host, answer(LONG), {
        steps: [step],
      });

      for (let n = 0; n < 2; n++) {
        wire.send("POST /a", linesOf(LONG), written(LONG));
        expect((await wire.answer()).body).toBe(LONG);
      }

      expect(origin.requests.map(({ body }) => body)).toEqual([LONG, LONG]);
      expect(read).toEqual(Array(4).fill(LONG.length));
    });

    it("forwards a body above a step's limit completely and in order", async () => {
      const { step, read } = reading(1000);
      const { wire, origin } = await setUp(host, answer(LONG), {
        steps: [step, { ...step, name: "reads again" }],
      });

      for (let n = 0; n < 2; n++) {
        wire.send("POST /a", linesOf(LONG), written(LONG));
        expect((await wire.answer()).body).toBe(LONG);
      }

      expect(origin.requests.map(({ body }) => body)).toEqual([LONG, LONG]);
      expect(read).toEqual(Array(8).fill(undefined));
    });

    it("keeps the connection after a step responds, whether it has read all, part or none of the body", async () => {
      const stop = { respond: { status: 403, body: "no" } };
      const { wire, origin } = await setUp(host, answer(LONG), {
        steps: [
          {
            name: "stops",
            request: async ({ request: { url, body } }) => {
              if (url === "/some") await body.read(1000);
              if (url === "/all") await body.read(100_000);
              return url === "/on" ? undefined : stop;
            },
          },
        ],
      });

      for (const url of ["/none", "/some", "/all", "/on"]) {
        wire.send(`POST ${url}`, linesOf(LONG), written(LONG));
        expect((await wire.answer()).body).toBe(url === "/on" ? LONG : "no");
      }

      expect(origin.requests.map(({ body }) => body)).toEqual([LONG]);
    });

    it.each([
      ["unread", 0],
      ["read in part", 1000],
      ["read", 100_000],
    ])("replaces a body that was %s, and its headers", async (_kind, limit) => {
      const old = [
        "Content-Encoding: br",
        'ETag: "e"',
        "Content-MD5: x",
        "Content-Type: text/a",
      ];
      const { wire, origin } = await setUp(
        host,
        ["HTTP/1.1 200 OK", ...old, ...linesOf(LONG), "", written(LONG)].join(
          "\r\n",
        ),
        {
          steps: [
            {
              name: "replaces",
              request: async ({ request }) => {
                if (limit) await request.body.read(limit);
                return { change: { body: "née" } };
              },
              response: async ({ response }) => {
                if (limit) await response?.body.read(limit);
                return {
                  change: {
                    body: Buffer.from("new"),
                    setHeaders: { ETag: '"f"' },
                  },
                };
              },
            },
          ],
        },
      );

      for (let n = 0; n < 2; n++) {
        wire.send("PUT /a", [...old, ...linesOf(LONG)], written(LONG));
        const { lines, body } = await wire.answer();
        expect(body).toBe("new");
        expect(valuesOf(lines, "content-length")).toEqual(["3"]);
        expect(valuesOf(lines, "etag")).toEqual(['"f"']);
        expect(valuesOf(lines, "content-encoding")).toEqual([]);
        expect(valuesOf(lines, "content-type")).toEqual(["text/a"]);
      }

      for (const { lines, body } of origin.requests) {
        expect(Buffer.from(body, "latin1").toString()).toBe("née");
        expect(valuesOf(lines, "content-length")).toEqual(["4"]);
        expect(valuesOf(lines, "transfer-encoding")).toEqual([]);
        expect(valuesOf(lines, "content-encoding")).toEqual([]);
      }
    });

    describe("before the host's handlers", () => {
      const json = JSON.stringify({ long: LONG });
      const send = (wire: Wire, path: string): Wire =>
        wire.send(
          `POST ${path}`,
          ["Content-Type: application/json", ...linesOf(json)],
          written(json),
        );

      it.each([
        ["all of it", 100_000],
        ["some of it", 1000],
        ["none of it", 0],
      ])(
        "lets the host's parser read a body after a step has read %s",
        async (_kind, limit) => {
          const { step } = reading(limit);
          const { wire } = await setUpOwn(host, [step]);

          for (let n = 0; n < 2; n++) {
            send(wire, "/echo");
            const { body } = JSON.parse((await wire.answer()).body) as Own;
            expect(body).toEqual({ long: LONG });
          }
        },
      );

      it.each([
        ["read", 100_000],
        ["read in part", 1000],
        ["unread", 0],
      ])(
        "lets the host's parser read a body that replaced one that was %s",
        async (_kind, limit) => {
          const step: Step = {
            name: "replaces",
            request: async ({ request }) => {
              if (limit) await request.body.read(limit);
              return { change: { body: '{"new":true}' } };
            },
          };
          const { wire } = await setUpOwn(host, [step]);

          for (let n = 0; n < 2; n++) {
            send(wire, "/echo");
            const { body, headers } = JSON.parse(
              (await wire.answer()).body,
            ) as Own;
            expect(body).toEqual({ new: true });
            expect(headers["content-length"] ?? "12").toBe("12");
          }
        },
      );

      it("keeps the connection when the host reads nothing of a body that a step has read in part", async () => {
        const { wire } = await setUpOwn(host, [
          {
            name: "reads",
            request: async ({ request }) => {
              await request.body.read(1000);
              return undefined;
            },
          },
        ]);

        for (let n = 0; n < 2; n++) {
          send(wire, "/unread");
          expect((await wire.answer()).body).toBe("unread");
        }
      });

      it("replaces the response of the host's handlers", async () => {
        const { wire } = await setUpOwn(host, [
          {
            name: "replaces",
            response: () => ({ change: { body: "new", status: 201 } }),
          },
        ]);

        for (const path of ["/echo", "/stream"]) {
          send(wire, path);
          const { start, lines, body } = await wire.answer();
          expect([start, body]).toEqual(["HTTP/1.1 201 Created", "new"]);
          expect(valuesOf(lines, "content-length")).toEqual(["3"]);
          expect(valuesOf(lines, "transfer-encoding")).toEqual([]);
        }
      });
    });
  });

  it("keeps the trailers of a body that a step has read", async () => {
    const { step } = reading(1000);
    const tail = (name: string): string => `1\r\na\r\n0\r\n${name}: 1\r\n\r\n`;
    const { wire, origin } = await setUp(
      host,
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Down\r\n\r\n${tail("X-Down")}`,
      { steps: [step] },
    );

    wire.send(
      "POST /a",
      ["TE: trailers", "Transfer-Encoding: chunked", "Trailer: X-Up"],
      tail("X-Up"),
    );

    const { body, trailers } = await wire.answer();
    expect([origin.request.body, body]).toEqual(["a", "a"]);
    expect([origin.request.trailers, trailers]).toEqual(
      host.cannot.includes("trailers")
        ? [[], []]
        : [["X-Up: 1"], ["X-Down: 1"]],
    );
  });

  it(
    "applies back-pressure and keeps memory flat for 100 MB each way past a step that reads headers",
    async () => {
      const stamps: Step = {
        name: "stamps",
        request: () => ({ change: { setHeaders: { "X-Stamp": "1" } } }),
      };

      const { whole, up, down, isWhole, ahead, peak } =
        await passHundredMegabytes(
          async (origin) =>
            (await setUp(host, "", { origin, steps: [stamps] })).served,
        );

      expect(isWhole).toBe(true);
      expect([up, down]).toEqual([whole, whole]);
      expect(ahead).toBeLessThan(FLAT_BYTES);
      expect(peak).toBeLessThan(FLAT_BYTES);
    },
    TRANSFER_TIMEOUT_MS,
  );
});

async function listening(
  server: Server,
): Promise<{ url: string; port: number }> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  untilAfter({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}` };
}

describe("an Express body parser before the route", () => {
  async function behind(
    parser: RequestHandler,
    {
      steps = [],
      hasOrigin = true,
    }: { steps?: Step[]; hasOrigin?: boolean } = {},
  ): Promise<{ wire: Wire; faults: RouteFailure[]; seen: unknown[] }> {
    const faults: RouteFailure[] = [];
    const seen: unknown[] = [];
    const origin = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk: Buffer) => chunks.push(chunk));
      req.on("end", () => {
        seen.push([
          Buffer.concat(chunks).toString(),
          req.headers["content-encoding"],
        ]);
        res.end("b");
      });
    });
    const { url } = await listening(origin);
    const app = express().use(
      parser,
      toExpress(
        createRoute({
          steps,
          onFault: (fault) => faults.push(fault),
          ...(hasOrigin && { origin: url }),
        }),
      ),
    );
    app.use((req, res) => {
      seen.push(req.body);
      res.send("b");
    });
    const { port } = await listening(createServer(app));
    return { wire: untilAfter(await Wire.open(port)), faults, seen };
  }
  const json = ["Content-Type: application/json", "Content-Length: 7"];

  it.each([
    ["bytes", express.raw({ type: "*/*" })],
    ["text", express.text({ type: "*/*" })],
  ])("forwards the %s that the parser produced", async (_, parser) => {
    const { wire, seen } = await behind(parser);

    wire.send("POST /", json, '{"a":1}');

    expect((await wire.answer()).body).toBe("b");
    expect(seen).toEqual([['{"a":1}', undefined]]);
  });

  it("removes Content-Encoding of a body that the parser decompressed", async () => {
    const { wire, seen } = await behind(express.raw({ type: "*/*" }));
    const packed = gzipSync("unpacked").toString("latin1");

    wire.send(
      "POST /",
      [
        "Content-Type: text/a",
        "Content-Encoding: gzip",
        `Content-Length: ${packed.length}`,
      ],
      packed,
    );

    expect((await wire.answer()).body).toBe("b");
    expect(seen).toEqual([["unpacked", undefined]]);
  });

  it("reports a parsed object, which cannot be forwarded, and returns 500", async () => {
    const { wire, faults, seen } = await behind(express.json());

    for (let n = 0; n < 2; n++) {
      wire.send("POST /", json, '{"a":1}');
      const { start, body } = await wire.answer();
      expect([start, body]).toEqual([
        "HTTP/1.1 500 Internal Server Error",
        "Internal Server Error\n",
      ]);
    }

    expect(seen).toEqual([]);
    expect(faults).toMatchObject([
      {
        where: "origin",
        error: { message: expect.stringContaining("before body parsers") },
      },
      { where: "origin" },
    ]);
  });

  it("returns 500 when a step reads a body that was parsed to an object", async () => {
    const { step } = reading(100);
    const { wire, faults } = await behind(express.json(), { steps: [step] });

    wire.send("POST /", json, '{"a":1}');

    expect((await wire.answer()).start).toBe(
      "HTTP/1.1 500 Internal Server Error",
    );
    expect(faults).toMatchObject([{ where: "reads" }]);
  });

  it("leaves the parsed object to later handlers when no step reads the body", async () => {
    const { wire, faults, seen } = await behind(express.json(), {
      hasOrigin: false,
    });

    wire.send("POST /", json, '{"a":1}');

    expect((await wire.answer()).body).toBe("b");
    expect(seen).toEqual([{ a: 1 }]);
    expect(faults).toEqual([]);
  });

  it("gives later handlers the body that a step set in place of bytes, and refuses to replace an object", async () => {
    const steps: Step[] = [
      { name: "replaces", request: () => ({ change: { body: "new" } }) },
    ];
    const raw = await behind(express.raw({ type: "*/*" }), {
      steps,
      hasOrigin: false,
    });
    const parsed = await behind(express.json(), { steps, hasOrigin: false });

    raw.wire.send("POST /", json, '{"a":1}');
    parsed.wire.send("POST /", json, '{"a":1}');

    expect((await raw.wire.answer()).body).toBe("b");
    expect(raw.seen).toEqual([Buffer.from("new")]);
    expect((await parsed.wire.answer()).start).toBe(
      "HTTP/1.1 500 Internal Server Error",
    );
    expect(parsed.seen).toEqual([]);
  });
});
