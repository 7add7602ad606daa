import { once } from "node:events";
import { connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { createRoute, toFetch, toNode } from "aws-lambda-connector/gateway";
import { takeDown, untilAfter } from "./setting";

afterEach(takeDown);

function createGuarded() {
  const request = jest.fn(() => ({ respond: { status: 200 } }));
  const faults: unknown[] = [];
  const route = createRoute({
    steps: [{ name: "guard", request }],
    onFault: ({ error }) => faults.push(error),
  });
  return { request, faults, route };
}

describe("a method that is not in upper case", () => {
  it.each(["get", "Get", "delete", "pATCH"])(
    "is refused with 400 in HTTP/2, and no step runs: %s",
    async (method) => {
      const { request, faults, route } = createGuarded();
      const server = createServer(toNode(route) as never);
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const client = connect(`http://127.0.0.1:${port}`);
      untilAfter({
        close: () => {
          client.destroy();
          server.close();
        },
      });

      const stream = client.request({ ":method": method, ":path": "/" });
      stream.end();
      const [headers] = (await once(stream, "response")) as [object];

      expect(headers).toMatchObject({ ":status": 400 });
      expect(request).not.toHaveBeenCalled();
      expect(faults).toMatchObject([{ status: 400 }]);
    },
  );

  it.each(["patch", "Report"])(
    "is refused with 400 by toFetch, and no step runs: %s",
    async (method) => {
      const { request, faults, route } = createGuarded();
      const url = "http://a.test/";

      const response = await toFetch(route)(new Request(url, { method }));

      expect(response.status).toBe(400);
      expect(request).not.toHaveBeenCalled();
      expect(faults).toMatchObject([{ status: 400 }]);
    },
  );
});
