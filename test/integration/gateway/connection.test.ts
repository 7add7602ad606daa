import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import {
  createRoute,
  toNode,
  type Connection,
} from "aws-lambda-connector/gateway";
import { takeDown, untilAfter } from "./setting";

const read = (name: string): Buffer =>
  readFileSync(join(__dirname, "../../fixtures/tls", name));
const OWN = { cert: read("cert.pem"), key: read("key.pem") };
const CLIENT = { cert: read("aws-cert.pem"), key: read("aws-key.pem") };

afterEach(takeDown);

/** A route whose only step keeps the connection of each exchange. */
function createReader() {
  const seen: Connection[] = [];
  const route = createRoute({
    steps: [
      {
        name: "reader",
        request: ({ connection }) => {
          seen.push({ ...connection });
          return { respond: { status: 204 } };
        },
      },
    ],
  });
  return { seen, listener: toNode(route) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  untilAfter({ close: () => void server.close() });
  return (server.address() as AddressInfo).port;
}

const ask = (request: http.ClientRequest): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once("response", resolve).once("error", reject).end();
  });

describe("connection", () => {
  it("has the addresses, the ports and the HTTP version of a plain connection", async () => {
    const { seen, listener } = createReader();
    const port = await listen(http.createServer(listener));

    const { socket } = await ask(http.request({ port, host: "127.0.0.1" }));

    expect(seen).toEqual([
      {
        httpVersion: "1.1",
        remoteAddress: "127.0.0.1",
        remotePort: socket.localPort,
        localPort: port,
        tls: undefined,
      },
    ]);
  });

  it.each([
    ["an authorized", CLIENT.cert, true],
    ["another", OWN.cert, false],
  ])(
    "has the TLS session with %s client certificate",
    async (_, ca, authorized) => {
      const { seen, listener } = createReader();
      const server = https.createServer(
        { ...OWN, ca, requestCert: true, rejectUnauthorized: false },
        listener,
      );
      const port = await listen(server);

      await ask(
        https.request({
          ...CLIENT,
          port,
          host: "127.0.0.1",
          servername: "shop.test",
          rejectUnauthorized: false,
        }),
      );

      const { tls } = seen[0] ?? {};
      expect(tls).toMatchObject({
        protocol: "TLSv1.3",
        cipher: "TLS_AES_256_GCM_SHA384",
        serverName: "shop.test",
        isClientCertificateAuthorized: authorized,
      });
      expect(tls?.clientCertificate?.toString()).toBe(
        String(CLIENT.cert).trim().concat("\n"),
      );
    },
  );

  it("has no client certificate if the server has not requested one", async () => {
    const { seen, listener } = createReader();
    const port = await listen(https.createServer(OWN, listener));

    await ask(
      https.request({ port, host: "127.0.0.1", rejectUnauthorized: false }),
    );

    expect(seen[0]?.tls).toMatchObject({
      serverName: undefined,
      isClientCertificateAuthorized: false,
      clientCertificate: undefined,
    });
  });

  it("has the TLS session of an HTTP/2 request", async () => {
    const { seen, listener } = createReader();
    const port = await listen(
      http2.createSecureServer(
        OWN,
        listener as unknown as (
          req: http2.Http2ServerRequest,
          res: http2.Http2ServerResponse,
        ) => void,
      ),
    );
    const client = http2.connect(`https://127.0.0.1:${port}`, {
      rejectUnauthorized: false,
    });
    untilAfter({
      close: () => {
        client.destroy();
      },
    });

    await new Promise((resolve) =>
      client.request({ ":path": "/" }).once("response", resolve).end(),
    );

    expect(seen[0]).toMatchObject({
      httpVersion: "2.0",
      localPort: port,
      tls: { protocol: "TLSv1.3" },
    });
  });
});
