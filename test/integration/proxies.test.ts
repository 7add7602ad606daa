import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { join } from "node:path";
import { createServer as createSecureServer } from "node:tls";
import { createConnector, type AnyConnectorError } from "aws-lambda-connector";

const PASSWORD = "correct-horse-battery";
const CREDENTIALS = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const PRICE = { functionName: "price" };
const tls = {
  key: readFileSync(join(__dirname, "../fixtures/tls/key.pem"), "utf8"),
  cert: readFileSync(join(__dirname, "../fixtures/tls/cert.pem"), "utf8"),
};

const servers: Server[] = [];
const sockets = new Set<Socket>();
const environment = { ...process.env };

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A proxy that answers each CONNECT request with `answer`; by default, it opens the tunnel. */
function createProxy(answer?: string) {
  const heads: string[] = [];
  const serve = (socket: Socket): void => {
    socket.on("error", () => undefined);
    socket.once("data", (chunk: Buffer) => {
      const head = chunk.toString("latin1");
      heads.push(head);
      if (answer !== undefined) {
        socket.end(answer, "latin1");
        return;
      }
      const [, host = "", port = ""] =
        /^CONNECT (?:\[(?:.+)\]|(.+)):(\d+) /.exec(head) ?? [];
      const inner = connect(Number(port), host || "127.0.0.1", () => {
        socket.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
        inner.pipe(socket).pipe(inner);
      });
      sockets.add(inner);
      inner.on("error", () => socket.destroy());
    });
  };
  return { heads, serve };
}

let lambdaPort: number;
let lambdaUrl: string;

beforeAll(async () => {
  const lambda = createTlsServer(tls, (incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.end('"ok"'));
  });
  lambdaPort = await listen(lambda);
  lambdaUrl = `https://localhost:${lambdaPort}`;
});

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^AWS_|_PROXY$/i.test(name),
    ),
  );
});

afterAll(() => {
  process.env = environment;
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** Invokes a function. Returns its payload or the error. */
async function invoke(
  connection: Readonly<Record<string, unknown>>,
  timeoutMs = 60_000,
): Promise<unknown> {
  const connector = createConnector({
    region: "eu-central-1",
    endpoint: lambdaUrl,
    credentials: CREDENTIALS,
    ca: tls.cert,
    ...connection,
  });
  try {
    return (await connector.invokeFunction(PRICE, { timeoutMs })).payload;
  } catch (error) {
    return error;
  } finally {
    connector.close();
  }
}

describe("a proxy", () => {
  it("is trusted by `ca`, or without verification, if it uses TLS itself", async () => {
    const { serve } = createProxy();
    const proxy = `https://localhost:${await listen(createSecureServer(tls, serve))}`;

    const results = [
      await invoke({ proxy }),
      await invoke({ proxy, ca: undefined, rejectUnauthorized: false }),
      await invoke({ proxy: proxy.replace("localhost", "127.0.0.1") }),
      await invoke({ proxy, ca: undefined }),
    ];

    expect(results.slice(0, 3)).toEqual(["ok", "ok", "ok"]);
    expect(results[3]).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
      retryable: false,
      message: expect.stringMatching(
        /through the proxy localhost:\d+ from the connection \(.*\) for the function \S+ because the certificate is not trusted/,
      ) as string,
    });
  });

  it.each([
    ["us%65r:p%40ss%3Aword", "user:p@ss:word"],
    ["user:50%off", "user:50%off"],
    ["user:50%25off", "user:50%off"],
    ["user:p@ss", "user:p@ss"],
    ["user:%FF", "user:\xff"],
    ["user:", "user:"],
  ])("receives the user name and password of %s", async (given, sent) => {
    const { heads, serve } = createProxy();
    const port = await listen(createServer(serve));

    const result = await invoke({ proxy: `http://${given}@127.0.0.1:${port}` });

    expect(result).toBe("ok");
    expect(heads).toHaveLength(1);
    expect(heads[0]).toBe(
      `CONNECT localhost:${lambdaPort} HTTP/1.1\r\nHost: localhost:${lambdaPort}\r\nProxy-Authorization: Basic ${Buffer.from(sent, "latin1").toString("base64")}\r\n\r\n`,
    );
  });

  it("is asked for an IPv6 address in brackets", async () => {
    const { heads, serve } = createProxy("HTTP/1.1 503 Busy\r\n\r\n");
    const proxy = `http://127.0.0.1:${await listen(createServer(serve))}`;

    await invoke({ proxy, endpoint: "https://[fd00::1]:8443" });

    expect(heads[0]).toMatch(/^CONNECT \[fd00::1\]:8443 HTTP\/1\.1\r\n/);
  });

  it.each<[string, string, { retryable: boolean; text: string }]>([
    [
      "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
      "",
      {
        retryable: false,
        text: "because the proxy requires a user name and password; the function did not run. Add them to the proxy's URL, for example http://user:password@proxy.example:3128.",
      },
    ],
    [
      "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
      `user:${PASSWORD}@`,
      {
        retryable: false,
        text: "because the proxy refused the user name and password; the function did not run. Correct them in the proxy's URL.",
      },
    ],
    [
      "HTTP/1.1 403 Forbidden by policy\r\n\r\n",
      "",
      {
        retryable: false,
        text: "because the proxy did not open a tunnel and responded with status 403 (Forbidden by policy); the function did not run. Check the proxy.",
      },
    ],
    [
      `HTTP/1.1 502 ${"x".repeat(2_000)}\r\n\r\n`,
      "",
      {
        retryable: true,
        text: `responded with status 502 (${"x".repeat(60)}…); the function did not run. Check the proxy.`,
      },
    ],
    [
      `HTTP/1.1 504 no ${Buffer.from(`user:${PASSWORD}`).toString("base64")} ${PASSWORD}\r\n\r\n`,
      `user:${PASSWORD}@`,
      { retryable: true, text: "responded with status 504 (no [hidden]" },
    ],
    [
      "HTTP/1.1 503\r\n\r\n",
      "",
      { retryable: true, text: "responded with status 503; the" },
    ],
    [
      "SSH-2.0-OpenSSH\r\n",
      "",
      { retryable: true, text: "the proxy's response is not valid HTTP" },
    ],
    [
      "HTTP/1.1 abc\r\n\r\n",
      "",
      { retryable: true, text: "response is not valid HTTP" },
    ],
    [
      `HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}`,
      "",
      { retryable: true, text: "response is not valid HTTP" },
    ],
    [
      "",
      "",
      {
        retryable: true,
        text: "because the proxy closed the connection; the function",
      },
    ],
  ])(
    "that answers %j is reported",
    async (answer, login, { retryable, text }) => {
      const { heads, serve } = createProxy(answer);
      const port = await listen(createServer(serve));

      const error = (await invoke({
        proxy: `http://${login}127.0.0.1:${port}`,
      })) as AnyConnectorError;

      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        execution: "did-not-run",
        retryable,
      });
      expect(error.message).toContain(text);
      expect(error.message).toContain(
        `through the proxy 127.0.0.1:${port} from the connection (PROXY)`,
      );
      expect(JSON.stringify([error, error.stack])).not.toContain(PASSWORD);
      expect(heads).toHaveLength(retryable ? 3 : 1);
    },
  );

  it.each([
    ["accepts and never responds", () => undefined],
    [
      "sends interim responses without end",
      (socket: Socket) => {
        const timer = setInterval(() => {
          socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        }, 20);
        socket.on("close", () => {
          clearInterval(timer);
        });
      },
    ],
    [
      "sends its response slowly",
      (socket: Socket) => {
        const timer = setInterval(() => socket.write("H"), 50);
        socket.write("HTTP/1.1 2");
        socket.on("close", () => {
          clearInterval(timer);
        });
      },
    ],
  ])("that %s is given up after connectTimeoutMs", async (_, serve) => {
    const port = await listen(createServer(serve));

    const error = await invoke({
      proxy: `http://127.0.0.1:${port}`,
      connectTimeoutMs: 300,
    });

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "did-not-run",
      message: expect.stringContaining(
        `the proxy 127.0.0.1:${port} from the connection (CONNECT_TIMEOUT) for the function price because the connection timed out`,
      ) as string,
    });
  });

  it("that never responds does not delay the end of an aborted call", async () => {
    const port = await listen(createServer(() => undefined));
    const start = performance.now();

    const error = await invoke(
      { proxy: `http://127.0.0.1:${port}`, connectTimeoutMs: 60_000 },
      200,
    );

    expect(error).toMatchObject({
      code: "ERR_DEADLINE",
      execution: "did-not-run",
    });
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it("is not blamed for the certificate of the server behind it", async () => {
    const { serve } = createProxy();
    const port = await listen(createServer(serve));

    const error = await invoke({
      proxy: `http://127.0.0.1:${port}`,
      ca: undefined,
    });

    expect(error).toMatchObject({
      retryable: false,
      execution: "did-not-run",
      message: expect.stringMatching(
        /no response from AWS at localhost:\d+ \(.*\) for the function \S+ because the certificate is not trusted/,
      ) as string,
    });
  });

  it("is used from HTTPS_PROXY without a scheme, unless NO_PROXY lists the host", async () => {
    const { heads, serve } = createProxy("HTTP/1.1 403 Forbidden\r\n\r\n");
    const port = await listen(createServer(serve));
    process.env["HTTPS_PROXY"] = `user:p%w@127.0.0.1:${port}`;
    const endpoint = "https://aws.invalid:8443";

    const error = (await invoke({ endpoint })) as AnyConnectorError;
    process.env["NO_PROXY"] = "10.0.0.0/8 .INVALID:8443";
    const direct = (await invoke({ endpoint })) as AnyConnectorError;

    expect(heads).toHaveLength(1);
    expect(heads[0]).toContain(Buffer.from("user:p%w").toString("base64"));
    expect(error.message).toContain(`127.0.0.1:${port} from HTTPS_PROXY`);
    expect(direct.message).toContain("aws.invalid:8443 (E");
  });

  it.each([
    ["a SOCKS proxy", "socks5://127.0.0.1:1080"],
    ["a password with a slash", "http://user:12/3@127.0.0.1:3128"],
  ])("is refused when its host is reached: %s", async (_, value) => {
    process.env["HTTPS_PROXY"] = value;
    process.env["NO_PROXY"] = "amazonaws.com";
    const connector = createConnector({
      region: "eu-central-1",
      credentials: CREDENTIALS,
      endpoint: { lambda: "https://localhost:1" },
    });
    // Changed after the connector has read its settings.
    process.env["NO_PROXY"] = "";
    const call = connector.validateCredentials();

    await expect(call).rejects.toMatchObject({
      code: "ERR_TRANSPORT",
      retryable: false,
      message: expect.stringContaining(
        "HTTPS_PROXY is not the URL of an HTTP proxy",
      ) as string,
    });
    connector.close();
  });
});
