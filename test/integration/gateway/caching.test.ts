import { cache } from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { ok, setUp, setUpOwn, takeDown, untilAfter } from "./setting";
import { Wire } from "./Wire";

jest.setTimeout(120_000);
afterEach(takeDown);

const fresh = (body: string): string =>
  ok(body, "Cache-Control: max-age=60", 'ETag: "v1"');

/** The values of a header. */
const valuesOf = (lines: readonly string[], name: string): string[] =>
  lines
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).trim());

describe.each(hosts)("cache under $name", (host) => {
  it.each([9, 200_000])(
    "answers the second request for %d bytes without the origin",
    async (length) => {
      const body = "a".repeat(length);
      const { wire, origin } = await setUp(host, fresh(body), {
        steps: [cache()],
      });
      for (const age of [[], ["0"]]) {
        wire.send("GET /orders");
        const answer = await wire.answer();
        expect(answer.start).toMatch(/^HTTP\/1.1 200 /);
        expect(answer.body === body).toBe(true);
        expect(valuesOf(answer.lines, "age")).toEqual(age);
        expect(valuesOf(answer.lines, "content-length")).toEqual([
          String(length),
        ]);
      }
      wire.send("HEAD /orders");
      const head = await wire.answer({ isBare: true });
      expect(valuesOf(head.lines, "content-length")).toEqual([String(length)]);
      wire.send("GET /orders", ['If-None-Match: "v1"']);
      expect((await wire.answer({ isBare: true })).start).toMatch(
        /^HTTP\/1.1 304 /,
      );
      expect(origin.requests).toHaveLength(1);
    },
  );

  it("sends one request for several, and continues if its client leaves", async () => {
    const { wire, origin, served, faults } = await setUp(
      host,
      () => undefined,
      { steps: [cache()] },
    );
    wire.send("GET /orders");
    await origin.untilRequests(1);
    const others = await Promise.all(
      [1, 2, 3].map(async () => untilAfter(await Wire.open(served.port))),
    );
    for (const other of others) other.send("GET /orders");
    origin.script = () => fresh("orders");
    wire.close();
    for (const other of others)
      expect((await other.answer()).body).toBe("orders");
    expect(origin.requests).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  it("does not cache a response whose connection was reset, even without a length", async () => {
    // Hono's server also logs the error to the console.
    jest.spyOn(console, "error").mockImplementation(() => undefined);
    const { wire, origin, served } = await setUp(
      host,
      (_, socket) => {
        socket.write(
          "HTTP/1.1 200 OK\r\nConnection: close\r\nCache-Control: max-age=60\r\n\r\nhalf",
        );
        void wire.until("half").then(() => socket.resetAndDestroy());
        return undefined;
      },
      { steps: [cache()] },
    );
    wire.send("GET /orders");
    await expect(wire.answer()).rejects.toThrow("broken off");
    origin.script = () => fresh("whole");
    const next = untilAfter(await Wire.open(served.port));
    next.send("GET /orders");
    expect((await next.answer()).body).toBe("whole");
  });

  it("caches responses of the host's own handlers", async () => {
    const { wire } = await setUpOwn(host, [
      cache({ ttlMs: 60_000, statusHeader: "X-Cache" }),
    ]);
    for (const status of ["MISS", "HIT"]) {
      wire.send("GET /unread");
      const { body, lines } = await wire.answer();
      expect(body).toBe("unread");
      expect(valuesOf(lines, "x-cache")).toEqual([status]);
    }
  });
});
