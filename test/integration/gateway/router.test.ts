import { Agent, request } from "node:http";
import {
  createRoute,
  createRouter,
  type Step,
} from "aws-lambda-connector/gateway";
import { hosts } from "./hosts";
import { ok, takeDown, until, untilAfter } from "./setting";
import { RawOrigin } from "./RawOrigin";

jest.setTimeout(120_000);
afterEach(takeDown);

/** Sends a request and resolves with status and body. */
const ask = (port: number, path: string, agent?: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path, agent }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => {
        resolve(`${response.statusCode ?? 0} ${body}`);
      });
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });

describe.each(hosts)("a router under $name", (host) => {
  it("sends each request to the origin of its route, with the path as it came", async () => {
    const first = untilAfter(await RawOrigin.open(() => ok("first")));
    const second = untilAfter(await RawOrigin.open(() => ok("second")));
    const router = createRouter({
      routes: {
        "GET /orders/{id}": { origin: first.url },
        "ANY /files/{path+}": { origin: `${second.url}/v1` },
      },
    });
    const { port } = untilAfter(await host.serve(router));
    expect(await ask(port, "/orders/a%2Fb")).toBe("200 first");
    expect(await ask(port, "/files/a/b?c=1")).toBe("200 second");
    expect(await ask(port, "/orders")).toBe("404 Not Found\n");
    expect(first.request.start).toBe("GET /orders/a%2Fb HTTP/1.1");
    expect(second.request.start).toBe("GET /v1/files/a/b?c=1 HTTP/1.1");
  });

  it('protects routes of the host with unmatched "next"', async () => {
    const closed: Step = {
      name: "closed",
      request: () => ({ respond: { status: 403, body: "closed" } }),
    };
    const router = createRouter({
      unmatched: "next",
      routes: { "ANY /echo": { steps: [closed] } },
    });
    const { port } = untilAfter(await host.serveOwn(router));
    expect(await ask(port, "/echo")).toBe("403 closed");
    expect(await ask(port, "/ECHO")).toBe("403 closed");
    expect(await ask(port, "/unread")).toBe("200 unread");
  });

  it("drops no request while it is replaced 100 times", async () => {
    const states: { inFlight: number; isClosed: boolean }[] = [];
    const remote = untilAfter(await RawOrigin.open(() => ok("a")));
    const options = () => {
      const route = createRoute({ origin: remote.url });
      const state = { inFlight: 0, isClosed: false };
      const counting: Step = {
        name: "counting",
        request: () => {
          if (state.isClosed) throw new Error("used after close");
          state.inFlight++;
          return undefined;
        },
        done: () => state.inFlight--,
        close: () => {
          if (state.inFlight > 0) throw new Error("closed while in use");
          state.isClosed = true;
        },
      };
      states.push(state);
      return { steps: [counting], routes: { "GET /{id}": route } };
    };
    const router = createRouter(options());
    const { port } = untilAfter(await host.serve(router));
    const agent = new Agent({ keepAlive: true });
    const statuses: Record<string, number> = {};
    let sent = 0;
    let isOver = false;
    const work = async (): Promise<void> => {
      while (!isOver) {
        sent++;
        const response = await ask(port, `/${sent}`, agent);
        statuses[response] = (statuses[response] ?? 0) + 1;
      }
    };
    const working = Promise.all(Array.from({ length: 20 }, work));
    const closing: Promise<void>[] = [];
    for (let n = 0; n < 100; n++) {
      const before = sent;
      closing.push(router.replace(options()));
      await until(() => sent > before + 5);
    }
    isOver = true;
    await working;
    await Promise.all(closing);
    expect(statuses).toEqual({ "200 a": sent });
    expect(states.filter(({ isClosed }) => isClosed)).toHaveLength(100);
    agent.destroy();
  });
});
