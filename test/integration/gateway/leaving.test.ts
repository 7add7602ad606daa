import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import * as http2 from "node:http2";
import type { AddressInfo, Server } from "node:net";
import {
  createRoute,
  toNode,
  type ExchangeSummary,
  type Step,
} from "aws-lambda-connector/gateway";
import { takeDown, until, untilAfter } from "./setting";
import { Wire } from "./Wire";

afterEach(takeDown);

/** A route whose host runs handlers of its own, which wait, before the route. */
function createHost() {
  const summaries: ExchangeSummary[] = [];
  const request = jest.fn();
  const step: Step = {
    name: "watcher",
    request,
    done: (_, summary) => {
      summaries.push(summary);
    },
  };
  const route = createRoute({ steps: [step] });
  const handler = toNode(route, (_, res) => {
    res.end("own");
  });
  const waiting: (() => void)[] = [];
  let left = 0;
  const listener = (req: never, res: ServerResponse): void => {
    waiting.push(() => {
      handler(req, res);
    });
  };
  return {
    summaries,
    request,
    route,
    waiting,
    listener,
    countLeft: () => left,
    onLeave: () => {
      left++;
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  untilAfter({ close: () => void server.close() });
  return (server.address() as AddressInfo).port;
}

describe("a client that leaves while the host's own handlers run", () => {
  it.each([1, 3])(
    "ends the exchanges of %d pipelined requests, for which no step runs",
    async (requests) => {
      const host = createHost();
      const server = createServer(host.listener as never);
      server.on("connection", (socket) => socket.once("close", host.onLeave));
      const wire = await Wire.open(await listen(server));

      for (let sent = 0; sent < requests; sent++) wire.send("GET /");
      await until(() => host.waiting.length === requests);
      wire.close();
      await until(() => host.countLeft() === 1);
      for (const run of host.waiting) run();
      await host.route.close();

      expect(host.request).not.toHaveBeenCalled();
      expect(host.summaries.map(({ outcome }) => outcome)).toEqual(
        Array<string>(requests).fill("disconnected"),
      );
    },
  );

  it.each<[string, (client: http2.ClientHttp2Session) => void]>([
    ["resets its stream", () => undefined],
    [
      "closes its session",
      (client) => {
        client.destroy();
      },
    ],
  ])(
    "ends the exchange of an HTTP/2 request if it %s, and no step runs",
    async (_, leave) => {
      const host = createHost();
      const server = http2.createServer(host.listener as never);
      server.on("stream", (stream) => stream.once("close", host.onLeave));
      const port = await listen(server);
      const client = http2.connect(`http://127.0.0.1:${port}`);
      untilAfter({
        close: () => {
          client.destroy();
        },
      });
      const stream = client.request({ ":path": "/" });
      stream.on("error", () => undefined);

      await until(() => host.waiting.length === 1);
      stream.close(http2.constants.NGHTTP2_CANCEL);
      leave(client);
      await until(() => host.countLeft() === 1);
      for (const run of host.waiting) run();
      await host.route.close();

      expect(host.request).not.toHaveBeenCalled();
      expect(host.summaries).toMatchObject([{ outcome: "disconnected" }]);
    },
  );
});
