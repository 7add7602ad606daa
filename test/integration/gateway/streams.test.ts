import { PassThrough, Readable } from "node:stream";
import {
  Body,
  createRoute,
  GatewayResponse,
  HeaderList,
  toFetch,
  type ExchangeSummary,
  type Origin,
  type RouteFailure,
  type RouteOptions,
  type Step,
  type Verdict,
} from "aws-lambda-connector/gateway";
import { hosts, type Host } from "./hosts";
import { takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(60_000);
// Hono prints each response that breaks.
beforeEach(() => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await takeDown();
});

const bytesOf = (...texts: string[]): Readable =>
  Readable.from(
    texts.map((text) => Buffer.from(text)),
    { objectMode: false },
  );

const responseOf = (
  source: Readable | Uint8Array | undefined,
  ...lines: string[]
): GatewayResponse =>
  new GatewayResponse({
    status: 200,
    headers: new HeaderList(lines),
    body: new Body(source),
  });

/** Breaks after its first bytes. */
async function* breaking(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("some");
  await new Promise((next) => setTimeout(next, 10));
  throw new Error("disk failed");
}
const broken = (): GatewayResponse => responseOf(Readable.from(breaking()));

const step = (request: () => unknown): Step => ({
  name: "first",
  request: request as () => Verdict,
});

async function serve(host: Host, options: RouteOptions) {
  const faults: RouteFailure[] = [];
  const summaries: ExchangeSummary[] = [];
  const watcher: Step = {
    name: "watcher",
    done: (_, summary) => {
      summaries.push(summary);
    },
  };
  const route = createRoute({
    onFault: (fault) => faults.push(fault),
    ...options,
    steps: [...(options.steps ?? []), watcher],
  });
  const served = untilAfter(await host.serve(route));
  const wire = untilAfter(await Wire.open(served.port));
  return { wire, faults, summaries, route };
}

describe.each(hosts)("a response of a function under $name", (host) => {
  const makers: [string, (make: () => unknown) => RouteOptions][] = [
    ["a step", (make) => ({ steps: [step(() => ({ respond: make() }))] })],
    [
      "an originResponse",
      (make) => ({ steps: [step(() => ({ originResponse: make() }))] }),
    ],
    [
      "an origin",
      (make) => ({ origin: (() => Promise.resolve(make())) as Origin }),
    ],
    [
      "renderFault",
      (make) => ({
        steps: [step(() => ({ refuse: { status: 401 } }))],
        renderFault: make as never,
      }),
    ],
  ];

  describe.each(makers)("of %s", (_, optionsOf) => {
    it.each([
      ["longer", ["ok", "HTTP/1.1 200 OK\r\n\r\n"]],
      ["shorter", ["o"]],
    ])(
      "never passes for complete if its stream is %s than its Content-Length",
      async (_comparison, chunks) => {
        const { wire, faults, summaries } = await serve(
          host,
          optionsOf(() =>
            responseOf(bytesOf(...chunks), "Content-Length", "2"),
          ),
        );

        wire.send("GET /").send("GET /second");
        await wire.ended();
        await until(() => summaries.length > 0 && faults.length > 0);

        expect(wire.received).not.toContain("HTTP/1.1 200 OK\r\n\r\n");
        expect(faults[0]?.error).toMatchObject({
          message: expect.stringMatching(
            /Content-Length of 2|Content-Length is 2/,
          ) as string,
        });
        expect(summaries[0]).toMatchObject({ outcome: "failed" });
      },
    );

    it("passes with a stream that has its Content-Length", async () => {
      const { wire, faults } = await serve(
        host,
        optionsOf(() => responseOf(bytesOf("so", "me"), "Content-Length", "4")),
      );
      wire.send("GET /");
      expect((await wire.answer()).body).toBe("some");
      expect(faults).toEqual([]);
    });

    it("fails if its stream breaks, which is reported", async () => {
      const { wire, faults, summaries } = await serve(host, optionsOf(broken));

      wire.send("GET /");
      await expect(wire.answer()).rejects.toThrow("broken off");
      await until(() => summaries.length > 0);

      expect(faults).toHaveLength(1);
      expect(summaries).toMatchObject([{ outcome: "failed" }]);
    });

    it.each<[string, () => unknown]>([
      [
        "has no body",
        () =>
          new GatewayResponse({
            status: 200,
            headers: new HeaderList(),
          } as never),
      ],
      [
        "has a string as its body",
        () =>
          new GatewayResponse({
            status: 200,
            headers: new HeaderList(),
            body: "text" as never,
          }),
      ],
      [
        "has no HeaderList",
        () =>
          new GatewayResponse({
            status: 200,
            headers: { a: "b" } as never,
            body: new Body(),
          }),
      ],
      [
        "has two lengths",
        () =>
          responseOf(
            bytesOf("some"),
            "Content-Length",
            "4",
            "content-length",
            "5",
          ),
      ],
      [
        "has a length that is no number",
        () => responseOf(bytesOf("some"), "Content-Length", "4, 4"),
      ],
      [
        "has a stream that has been closed",
        () => responseOf(bytesOf("some").destroy()),
      ],
    ])(
      "is replaced by the default response if it %s",
      async (_problem, make) => {
        const { wire, faults, summaries } = await serve(host, optionsOf(make));

        wire.send("GET /");

        expect((await wire.answer()).start).toMatch(/ (?:401|500|502) /);
        await until(() => summaries.length > 0);
        expect(faults).toHaveLength(1);
      },
    );

    it.each<[string, unknown[]]>([
      ["objects", [{ a: 1 }]],
      ["numbers", [1, 2]],
    ])("fails if its stream emits %s", async (_kind, chunks) => {
      const { wire, faults, summaries } = await serve(
        host,
        optionsOf(() => responseOf(Readable.from(chunks))),
      );

      wire.send("GET /");
      await expect(wire.answer()).rejects.toThrow("broken off");
      await until(() => summaries.length > 0);

      expect(faults).toHaveLength(1);
    });

    it("sends strings of a stream with an encoding as bytes", async () => {
      const { wire, faults } = await serve(
        host,
        optionsOf(() =>
          responseOf(
            bytesOf("n\u00e9e").setEncoding("utf8"),
            "Content-Length",
            "4",
          ),
        ),
      );
      wire.send("GET /");
      expect((await wire.answer()).body).toBe("n\u00c3\u00a9e");
      expect(faults).toEqual([]);
    });

    it("can be sent for many requests if it is bytes, which are counted for each", async () => {
      const constant = responseOf(Buffer.from("hello"));
      const { wire, summaries } = await serve(
        host,
        optionsOf(() => constant),
      );
      for (let sent = 1; sent <= 3; sent++) {
        wire.send("GET /");
        expect((await wire.answer()).body).toBe("hello");
        await until(() => summaries.length === sent);
      }
      expect(summaries.map(({ responseBytes }) => responseBytes)).toEqual([
        5, 5, 5,
      ]);
    });

    it("fails for the second request if it is a stream", async () => {
      const constant = responseOf(bytesOf("hello"));
      const { wire, faults, summaries } = await serve(
        host,
        optionsOf(() => constant),
      );

      wire.send("GET /");
      expect((await wire.answer()).body).toBe("hello");
      wire.send("GET /");
      expect((await wire.answer()).start).toMatch(/ (?:401|500|502) /);

      await until(() => summaries.length === 2);
      expect(faults).toHaveLength(1);
    });
  });

  it("sends the default response if renderFault's cannot be sent", async () => {
    const renderFault = jest.fn(() => responseOf(bytesOf("x").destroy()));
    const { wire, faults } = await serve(host, {
      steps: [step(() => ({ refuse: { status: 429 } }))],
      renderFault,
    });
    wire.send("GET /");
    expect((await wire.answer()).start).toBe("HTTP/1.1 429 Too Many Requests");
    expect(renderFault).toHaveBeenCalledTimes(1);
    expect(faults).toMatchObject([{ where: "renderFault" }]);
  });

  it.each<[string, RouteOptions]>([
    [
      "renderFault",
      {
        steps: [step(() => ({ refuse: { status: 401 } }))],
        renderFault: (() => Promise.reject(new Error("careless"))) as never,
      },
    ],
    [
      "the function of a Body",
      {
        steps: [
          step(() => ({
            respond: new GatewayResponse({
              status: 200,
              headers: new HeaderList(),
              body: new Body((() =>
                Promise.reject(new Error("careless"))) as never),
            }),
          })),
        ],
      },
    ],
  ])(
    "reports a promise of %s, whose rejection is handled",
    async (_, options) => {
      const { wire, faults } = await serve(host, options);
      const rejections: unknown[] = [];
      const onRejection = (error: unknown) => rejections.push(error);
      process.on("unhandledRejection", onRejection);
      wire.send("GET /");
      expect((await wire.answer()).start).toMatch(/ (?:401|500) /);
      await new Promise((next) => setImmediate(next));
      process.off("unhandledRejection", onRejection);
      expect(rejections).toEqual([]);
      expect(faults).toHaveLength(1);
    },
  );
});

describe.each(hosts)(
  "an originResponse that is not used, under $name",
  (host) => {
    const refuse: Verdict = { refuse: { status: 401 } };
    const invalid = { respond: { status: 99 } };
    const laters: [string, Step][] = [
      ["refuses", { name: "later", request: () => refuse }],
      [
        "responds",
        { name: "later", request: () => ({ respond: { status: 200 } }) },
      ],
      [
        "throws",
        { name: "later", request: () => Promise.reject(new Error("x")) },
      ],
      ["returns something invalid", { name: "later", request: () => invalid }],
      [
        "sets another",
        { name: "later", request: () => ({ originResponse: { status: 200 } }) },
      ],
      ["refuses the response", { name: "later", response: () => refuse }],
    ];

    it.each(laters)("is released if a later step %s", async (_, later) => {
      const stream = new PassThrough();
      const setting = step(() => ({ originResponse: responseOf(stream) }));
      const { wire } = await serve(host, { steps: [setting, later] });

      wire.send("GET /");
      await wire.answer();

      expect(stream.destroyed).toBe(true);
    });

    it("is released if the client leaves while a later step runs", async () => {
      const stream = new PassThrough();
      const setting = step(() => ({ originResponse: responseOf(stream) }));
      const later: Step = {
        name: "later",
        request: ({ signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              resolve(undefined);
            });
            wire.close();
          }),
      };
      const { wire, summaries } = await serve(host, {
        steps: [setting, later],
      });

      wire.send("GET /");
      await until(() => summaries.length > 0);

      expect(stream.destroyed).toBe(true);
      expect(summaries).toMatchObject([{ outcome: "disconnected" }]);
    });

    it.each(["respond", "originResponse"])(
      "is released if %s cannot be sent",
      async (member) => {
        const stream = new PassThrough();
        const response = responseOf(stream).with({ status: 99 });
        const { wire } = await serve(host, {
          steps: [step(() => ({ [member]: response }))],
        });
        wire.send("GET /");
        expect((await wire.answer()).start).toMatch(/ 500 /);
        expect(stream.destroyed).toBe(true);
      },
    );

    it("is kept if the response of a later step has the same body", async () => {
      const origin: Origin = () => Promise.resolve(responseOf(bytesOf("kept")));
      const later: Step = {
        name: "later",
        response: ({ response }) =>
          response && { respond: response.with({ status: 203 }) },
      };
      const { wire } = await serve(host, { origin, steps: [later] });
      wire.send("GET /");
      const { start, body } = await wire.answer();
      expect([start.slice(9, 12), body]).toEqual(["203", "kept"]);
    });
  },
);

describe("a response of the next Fetch handler that a step replaces", () => {
  it("is cancelled, although nothing has read it", async () => {
    const cancel = jest.fn();
    const later: Step = {
      name: "later",
      response: () => ({ refuse: { status: 403 } }),
    };
    const handler = toFetch(
      createRoute({ steps: [later] }),
      () => new Response(new ReadableStream({ cancel })),
    );

    const response = await handler(new Request("http://a.test/"));

    expect(response.status).toBe(403);
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});
