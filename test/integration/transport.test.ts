import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, request as ask } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { createConnector, pool } from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import { connectionTo, startWorld } from "./world";

const tls = (name: string): string =>
  readFileSync(join(__dirname, "../fixtures/tls", name), "utf8");

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

/** A front of TLS before an embedded AWS, as a load balancer would be. */
function tlsFront(local: LocalAws) {
  const { hostname, port } = new URL(local.endpoint);
  return createTlsServer(
    { key: tls("key.pem"), cert: tls("cert.pem") },
    (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const inner = ask({ hostname, port, method, path: url, headers });
      inner.once("response", (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(inner);
    },
  );
}

/** A proxy that opens tunnels, and counts them. */
function createProxy() {
  const tunnels: string[] = [];
  const server = createHttpServer();
  server.on("connect", (request, socket) => {
    tunnels.push(
      `${request.headers["proxy-authorization"] ?? "anonymous"} ${request.url ?? ""}`,
    );
    const { hostname, port } = new URL(`http://${request.url ?? ""}`);
    const inner = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      inner.pipe(socket).pipe(inner);
    });
    for (const end of [inner, socket]) end.on("error", () => inner.destroy());
  });
  return { server, tunnels };
}

describe("the transport", () => {
  let local: LocalAws;

  beforeAll(async () => {
    local = await startWorld({ functions: { price: () => 1290 } });
  });

  beforeEach(() => {
    pool.empty();
  });

  afterAll(async () => {
    pool.empty();
    await local.close();
  });

  it("reuses one socket for all services", async () => {
    const connector = createConnector(connectionTo(local));

    for (let index = 0; index < 5; index++)
      await connector.invokeFunction({ functionName: "price" });
    await connector.validateCredentials();
    await connector.listFunctions();

    expect(pool.inspect()).toMatchObject({ connections: 1, open: 1, idle: 1 });
    connector.close();
  });

  it("opens one socket for sequential calls and one per concurrent call", async () => {
    let connections = 0;
    const server = createHttpServer((incoming, outgoing) => {
      incoming.resume().on("end", () => outgoing.end("{}"));
    }).on("connection", () => connections++);
    const port = await listen(server);
    const connector = createConnector({
      ...connectionTo(local),
      endpoint: `http://127.0.0.1:${port}`,
    });
    const invoke = () => connector.invokeFunction({ functionName: "price" });

    for (let call = 0; call < 10; call++) await invoke();
    const inLine = connections;
    for (let round = 0; round < 5; round++)
      await Promise.all(Array.from({ length: 8 }, invoke));

    expect([inLine, connections]).toEqual([1, 8]);
    connector.close();
    server.close();
  });

  it("opens at most maxSockets sockets", async () => {
    const connector = createConnector({
      ...connectionTo(local),
      maxSockets: 3,
    });

    const answers = Promise.all(
      Array.from({ length: 30 }, () =>
        connector.invokeFunction({ functionName: "price" }),
      ),
    );
    await answers;

    expect(pool.inspect().open).toBeLessThanOrEqual(3);
    connector.close();
  });

  it("closes the sockets when the last connector of a connection is closed", () => {
    const first = createConnector(connectionTo(local));
    const second = createConnector(connectionTo(local));

    first.close();
    first.close();
    const between = pool.inspect().connections;
    second.close();

    expect([between, pool.inspect().connections]).toEqual([1, 0]);
  });

  it("rejects calls on a closed connector", async () => {
    const connector = createConnector(connectionTo(local));
    connector.close();

    const invocation = connector.invokeFunction({ functionName: "price" });

    await expect(invocation).rejects.toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ rule: "closed" }],
    });
  });

  it("trusts only the certificates in `ca`, unless rejectUnauthorized is false", async () => {
    const front = tlsFront(local);
    const endpoint = `https://localhost:${await listen(front)}`;
    const trusting = createConnector({
      ...connectionTo(local),
      endpoint,
      ca: tls("cert.pem"),
    });
    const wary = createConnector({ ...connectionTo(local), endpoint });
    const careless = createConnector({
      ...connectionTo(local),
      endpoint,
      rejectUnauthorized: false,
    });

    const answer = await trusting.invokeFunction({ functionName: "price" });
    const unchecked = await careless.invokeFunction({ functionName: "price" });
    const refused = wary.invokeFunction({ functionName: "price" });

    expect([answer.payload, unchecked.payload]).toEqual([1290, 1290]);
    await expect(refused).rejects.toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
    });
    trusting.close();
    wary.close();
    careless.close();
    front.closeAllConnections();
    front.close();
  });

  it("uses the given proxy with its user and password", async () => {
    const { server, tunnels } = createProxy();
    const front = tlsFront(local);
    const port = await listen(front);
    const connector = createConnector({
      ...connectionTo(local),
      endpoint: `https://localhost:${port}`,
      ca: tls("cert.pem"),
      proxy: `http://user:pass%20word@127.0.0.1:${await listen(server)}`,
    });

    const answers = [
      await connector.invokeFunction({ functionName: "price" }),
      await connector.invokeFunction({ functionName: "price" }),
    ];

    expect(answers.map(({ payload }) => payload)).toEqual([1290, 1290]);
    expect(tunnels).toEqual([
      `Basic ${Buffer.from("user:pass word").toString("base64")} localhost:${port}`,
    ]);
    connector.close();
    front.closeAllConnections();
    front.close();
    server.close();
  });

  it("keeps no process alive when no call is in flight", async () => {
    const program = `
      const { createConnector } = require("aws-lambda-connector");
      const connector = createConnector(${JSON.stringify(connectionTo(local))});
      connector.invokeFunction({ functionName: "price" }).then(({ payload }) => console.log(payload));`;

    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["-e", program],
      { cwd: join(__dirname, "../.."), timeout: 40_000 },
    );

    expect(stdout.trim()).toBe("1290");
  });
});
