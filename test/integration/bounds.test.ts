import { createServer, type Server, type ServerResponse } from "node:http";
import {
  createServer as createRawServer,
  type Server as RawServer,
  type AddressInfo,
  type Socket,
} from "node:net";
import { brotliCompressSync } from "node:zlib";
import { createConnector, type Connector } from "aws-lambda-connector";

const MB = 1_048_576;
const MOST_PAYLOAD_BYTES = 6_291_556;

const connectorFor = (port: number): Connector =>
  createConnector({
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    credentials: {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    },
    timeoutMs: 30_000,
  });

async function listen(server: Server | RawServer): Promise<number> {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

/** Writes a body without an end, as long as the client reads it. */
function writeForever(response: ServerResponse, chunk: Buffer): void {
  const next = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", next);
  };
  next();
}

type Send = (connector: Connector) => Promise<unknown>;

const invoke: Send = (connector) =>
  connector.invokeFunction({ functionName: "price" });

const catchError = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return { returned: await promise };
  } catch (error) {
    return error;
  }
};

describe("a response without an end", () => {
  it.each<[string, number, Send]>([
    ["of Invoke", 200, invoke],
    ["of ListFunctions", 200, (each) => each.listFunctions()],
    ["of STS", 200, (each) => each.validateCredentials()],
    [
      "of Parameter Store",
      200,
      (each) =>
        each.putExternalId({ externalIdKey: "/a/b", externalId: "x-y" }),
    ],
    ["with an error status", 400, invoke],
    [
      "with an error status instead of a stream",
      400,
      (each) => each.invokeWithResponseStream({ functionName: "price" }),
    ],
  ])("%s is refused, and its socket is closed", async (_, status, send) => {
    let closed = 0;
    const server = createServer((request, response) => {
      request.resume();
      response.once("close", () => closed++);
      response.writeHead(status);
      writeForever(response, Buffer.alloc(MB / 4, 65));
    });
    const connector = connectorFor(await listen(server));

    const error = await catchError(send(connector));

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      retryable: false,
      message: expect.stringMatching(
        new RegExp(`status ${status} and more than [\\d,]+ bytes`),
      ) as string,
    });
    while (closed === 0) await new Promise(setImmediate);
    connector.close();
    server.close();
  });

  it("leaves open whether the function ran", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-length": String(300 * MB) });
      response.write("some");
    });
    const connector = connectorFor(await listen(server));

    const error = await catchError(invoke(connector));

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "may-have-run",
    });
    connector.close();
    server.closeAllConnections();
    server.close();
  });
});

describe("a response without a length", () => {
  async function respondWith(text: string) {
    const server = createRawServer((socket) => {
      socket.once("data", () => socket.end(text));
    });
    const connector = connectorFor(await listen(server));
    const outcome = await catchError(invoke(connector));
    connector.close();
    server.close();
    return outcome;
  }

  it.each([
    ["is closed by the server", "HTTP/1.1 200 OK\r\nConnection: close\r\n"],
    ["is of HTTP/1.0", "HTTP/1.0 200 OK\r\n"],
    [
      "has another transfer coding",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n",
    ],
  ])("that %s is refused, because it may be incomplete", async (_, head) => {
    const error = await respondWith(`${head}\r\n[1,2`);

    expect(error).toMatchObject({
      code: "ERR_RESPONSE",
      execution: "may-have-run",
      retryable: false,
      message:
        "InvokeFunction: the response for the function price cannot be read because it has HTTP status 200 and no length, so it may be incomplete. Another server, such as a proxy, may have sent it; check the endpoint and the proxy. Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).",
    });
  });

  it("is read if it is an error", async () => {
    const error = await respondWith(
      'HTTP/1.1 400 Bad\r\nx-amzn-errortype: ValidationException\r\n\r\n{"message":"no"}',
    );

    expect(error).toMatchObject({
      code: "ERR_SERVICE",
      serviceCode: "ValidationException",
    });
  });
});

describe("a response of the largest size", () => {
  it.each([true, false])(
    "is returned whole, with its length announced: %s",
    async (isAnnounced) => {
      const body = Buffer.alloc(MOST_PAYLOAD_BYTES, 65);
      const server = createServer((request, response) => {
        request.resume();
        if (isAnnounced) response.setHeader("content-length", body.length);
        else response.setHeader("transfer-encoding", "chunked");
        response.write(body.subarray(0, 10));
        response.end(body.subarray(10));
      });
      const connector = connectorFor(await listen(server));

      const { payloadBytes } = await connector.invokeFunction({
        functionName: "price",
      });

      expect(Buffer.from(payloadBytes).equals(body)).toBe(true);
      connector.close();
      server.close();
    },
  );

  it("is not decompressed", async () => {
    const bomb = brotliCompressSync(Buffer.alloc(64 * MB));
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-encoding": "br" });
      response.end(bomb);
    });
    const connector = connectorFor(await listen(server));

    const { payloadBytes } = await connector.invokeFunction({
      functionName: "price",
    });

    expect(Buffer.from(payloadBytes).equals(bomb)).toBe(true);
    connector.close();
    server.close();
  });
});

/** A server that responds to the first bytes with other bytes, again and again. */
async function serveRaw(bytes: string, times = 1) {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    socket.once("data", () => {
      let left = times;
      const next = (): void => {
        while (left-- > 0) if (!socket.write(bytes)) break;
        if (left > 0) socket.once("drain", next);
      };
      next();
    });
  });
  const port = await listen(server);
  return {
    connector: connectorFor(port),
    /** Waits until the client has closed its sockets. */
    close: async (): Promise<void> => {
      while (sockets.size > 0) await new Promise(setImmediate);
      server.close();
    },
  };
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

describe("interim responses", () => {
  it("are ignored if there are eight", async () => {
    const hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    const { connector, close } = await serveRaw(hint.repeat(8) + OK);

    const { payload } = await connector.invokeFunction({
      functionName: "price",
    });

    expect(payload).toEqual({});
    connector.close();
    await close();
  });

  it.each(["Link: </a>", `Link: <${"a".repeat(8_000)}>`, "Content-Length: 9"])(
    "end the call if there is no end of them, with the header %.40s",
    async (line) => {
      const hint = `HTTP/1.1 103 Early Hints\r\n${line}\r\n\r\n`;
      const { connector, close } = await serveRaw(hint, 10_000);

      const error = await catchError(invoke(connector));

      expect(error).toMatchObject({
        code: "ERR_TRANSPORT",
        execution: "may-have-run",
        message: expect.stringContaining(
          "there were more than 8 interim (1xx) responses",
        ) as string,
      });
      connector.close();
      await close();
    },
  );
});

describe("a head without an end", () => {
  it.each([
    ["one header", "HTTP/1.1 200 OK\r\nX: ", "a".repeat(65_536)],
    ["headers", "HTTP/1.1 200 OK\r\n", "X-A: b\r\n".repeat(8_192)],
    [
      "a chunk extension",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;",
      "a".repeat(65_536),
    ],
    [
      "trailers",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
      "X-A: b\r\n".repeat(8_192),
    ],
  ])("ends the call: %s", async (_, head, more) => {
    const { connector, close } = await serveRaw(head + more.repeat(4));

    const error = await catchError(invoke(connector));

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      execution: "may-have-run",
    });
    connector.close();
    await close();
  });
});
