import { connect } from "node:net";
import {
  createRouter,
  type RouterOptions,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { RawOrigin, type Script } from "./RawOrigin";
import { ok, takeDown, until, untilAfter } from "./setting";

jest.setTimeout(300_000);
// Hono prints each response that its origin cuts off.
beforeEach(() => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(takeDown);
afterAll(() => {
  jest.restoreAllMocks();
});

/** Exchanges for each adapter. `npm run verify` sets 10,000. */
const EXCHANGES = Number(process.env["GATEWAY_EXCHANGES"] ?? 1_500);
const IN_FLIGHT = 50;

/** Numbers from 0 to 1 that are the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** What an origin may do with a request. */
const ENDINGS: Readonly<Record<string, string>> = {
  complete: ok("complete"),
  cut: "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\npart",
  invalid: "HTTP/9.9 what\r\n\r\n",
  chunked:
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
};

/** Makes one request over a connection of its own. Resolves when it has closed. */
function request(
  port: number,
  { ending, leaves, bytes }: { ending: string; leaves: number; bytes: number },
): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket
      .on("error", () => undefined)
      .once("close", () => {
        resolve();
      });
    socket.on("data", () => {
      if (leaves === 2) socket.destroy();
    });
    const isUpgrade = bytes % 7 === 0;
    const upgrade = isUpgrade
      ? "Connection: Upgrade, close\r\nUpgrade: websocket\r\n"
      : "Connection: close\r\n";
    const head = `POST /${ending} HTTP/1.1\r\nHost: a\r\n${upgrade}Content-Length: ${bytes}\r\n\r\n`;
    socket.write(head + "x".repeat(leaves === 1 ? bytes >> 1 : bytes), () => {
      if (leaves === 1) socket.destroy();
      else if (leaves === 3) setImmediate(() => socket.destroy());
    });
  });
}

describe.each(hosts)("done under $name", (host) => {
  it(`runs exactly once for each of ${EXCHANGES} exchanges, however they end`, async () => {
    const random = createRandom(7);
    const started = new Set<string>();
    const done = new Map<string, number>();
    const outcomes: Record<string, number> = {};
    const counting: Step = {
      name: "counting",
      request: ({ id }) => {
        started.add(id);
        return undefined;
      },
      done: ({ id }, { outcome }) => {
        done.set(id, (done.get(id) ?? 0) + 1);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      },
    };
    const breaking: Step = {
      name: "breaking",
      requestContent: async ({ request }) => {
        if (request.url === "/read") await request.body.read(64);
        if (request.url === "/throw") throw new Error("thrown");
        return request.url === "/refuse"
          ? { refuse: { status: 429 } }
          : undefined;
      },
    };
    const script: Script = ({ start }, socket) => {
      const [, name = ""] = /\/(\w+)/.exec(start) ?? [];
      if (name === "hang") return undefined;
      if (name !== "cut") return ENDINGS[name] ?? ENDINGS["complete"];
      socket.write(ENDINGS["cut"] ?? "", () =>
        setTimeout(() => socket.destroy(), 5),
      );
      return undefined;
    };
    const origin = untilAfter(await RawOrigin.open(script));
    const options = (): RouterOptions => ({
      steps: [counting, breaking],
      routes: { "ANY /{ending}": { origin: origin.url, timeoutMs: 50 } },
      onFault: () => undefined,
    });
    const router = createRouter(options());
    const { port } = untilAfter(await host.serve(router));
    const endings = [
      ...Object.keys(ENDINGS),
      ...["hang", "read", "throw", "refuse", "a/b"],
    ];
    const replaced: Promise<void>[] = [];
    let left = EXCHANGES;
    const work = async (): Promise<void> => {
      while (left-- > 0) {
        if (left % 100 === 0) replaced.push(router.replace(options()));
        const ending = endings[Math.floor(random() * endings.length)] ?? "";
        await request(port, {
          ending,
          leaves: Math.floor(random() * 5),
          bytes: Math.floor(random() * 100),
        });
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, work));
    await until(() => [...started].every((id) => done.has(id)));
    expect([...done.values()].filter((count) => count !== 1)).toEqual([]);
    expect(Object.keys(outcomes).sort()).toEqual([
      "complete",
      "disconnected",
      "failed",
    ]);
    expect(done.size).toBeGreaterThan(EXCHANGES / 2);
    // Resolves only if every exchange has left its route.
    await Promise.all([...replaced, router.close()]);
  });
});
