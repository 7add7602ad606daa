import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import type { Trouble } from "./front";

/** The services; each uses a different protocol. */
export type Service = "lambda" | "sts" | "ssm";

const tls = (name: string): string =>
  readFileSync(join(__dirname, "../fixtures/tls", name), "utf8");

/** Speaks TLS with a certificate that only its own maker vouches for. */
export const untrusted: Trouble = {
  tls: { key: tls("key.pem"), cert: tls("cert.pem") },
};

/** Resets the connection when the first bytes of a request arrive. */
export const resetBeforeRead: Trouble = {
  onConnection: (socket) => socket.once("data", () => socket.resetAndDestroy()),
};

/** Resets the connection when the request has been read. */
export const resetAfterRead: Trouble = {
  onRequest: (socket) => socket.resetAndDestroy(),
};

export const silent: Trouble = { onRequest: () => undefined };

/** Responds with these bytes and closes the connection. */
export function hangsUpAfter(text: string): Trouble {
  return { onRequest: (socket) => socket.end(text) };
}

/** Sends the head and the start of a response, then one byte every 5 ms until the client disconnects. */
export const dripping: Trouble = {
  onRequest(socket) {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    const tap = setInterval(() => socket.write(" "), 5);
    socket.once("close", () => {
      clearInterval(tap);
    });
  },
};

const CLOCK_CODE: Readonly<Record<Service, string>> = {
  lambda: "InvalidSignatureException",
  sts: "SignatureDoesNotMatch",
  ssm: "InvalidSignatureException",
};

/** Rejects the signature's timestamp, with a `Date` header that is ten minutes ahead. */
export function tenMinutesAhead(service: Service): Trouble {
  return {
    onRequest: (socket) => {
      const code = CLOCK_CODE[service];
      const words = "Signature expired: it is ten minutes later";
      answer(socket, {
        status: service === "ssm" ? 400 : 403,
        headers: {
          Date: new Date(Date.now() + 600_000).toUTCString(),
          ...(service === "lambda" && { "x-amzn-ErrorType": code }),
        },
        body:
          service === "sts"
            ? `<ErrorResponse><Error><Code>${code}</Code><Message>${words}</Message></Error></ErrorResponse>`
            : JSON.stringify({ __type: code, message: words }),
      });
    },
  };
}

/** Answers whole, and keeps the connection open, as AWS does. */
export function answers(status: number, body: string): Trouble {
  return {
    onRequest: (socket) => {
      answer(socket, { status, headers: {}, body });
    },
  };
}

function answer(
  socket: Socket,
  {
    status,
    headers,
    body,
  }: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
): void {
  const head = Object.entries({
    ...headers,
    "Content-Length": String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} As It Is\r\n${head.join("")}\r\n${body}`);
}
