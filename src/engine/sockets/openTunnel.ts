import type { Socket } from "node:net";
import type { Host } from "./connectToHost";
import { ProxyError } from "./SocketError";

/** A proxy as sockets are opened through it. */
export interface ProxyServer extends Host {
  readonly protocol: "http:" | "https:";
  /** Value of `Proxy-Authorization`. `undefined`: no user name and password are configured. */
  readonly authorization: string | undefined;
}

/** Longest head of a proxy's response, in bytes. */
const MAX_HEAD_BYTES = 16_384;

/** Longest reason phrase that is repeated in an error message. */
const MAX_REASON_LENGTH = 60;

const END_OF_HEAD = "\r\n\r\n";

/** Matches responses that precede the response. */
const INTERIM = /^HTTP\/1\.\d 1\d\d/;

const NOT_HTTP = "the proxy's response is not valid HTTP";

/**
 * Asks a proxy to open a tunnel to a host, and resolves when it has.
 *
 * Source: {@link https://www.rfc-editor.org/rfc/rfc9110#name-connect | RFC 9110, CONNECT}.
 *
 * @throws {@link ProxyError} if the proxy refuses; otherwise the error of the socket.
 */
export async function openTunnel(
  socket: Socket,
  host: Host,
  { authorization }: ProxyServer,
): Promise<void> {
  const hostname = host.hostname.includes(":")
    ? `[${host.hostname}]`
    : host.hostname;
  const authority = `${hostname}:${host.port}`;
  const credentials =
    authorization === undefined
      ? ""
      : `Proxy-Authorization: ${authorization}\r\n`;
  const head = new HeadReader(socket).read();
  socket.write(
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`,
    "latin1",
  );
  checkStatus(await head, authorization !== undefined);
}

/** Reads the head of a proxy's response. What follows belongs to the tunnel and stays in the socket. */
class HeadReader {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  read(): Promise<string> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const onReadable = (): void => {
        try {
          const head = this.#readAvailable();
          if (head === undefined) return;
          stop();
          resolve(head);
        } catch (error) {
          fail(error as Error);
        }
      };
      const fail = (error: Error): void => {
        stop();
        reject(error);
      };
      const onClose = (): void => {
        fail(temporary("the proxy closed the connection"));
      };
      const stop = (): void => {
        socket.off("readable", onReadable).off("error", fail);
        socket.off("end", onClose).off("close", onClose);
      };
      socket.on("readable", onReadable).on("error", fail);
      socket.on("end", onClose).on("close", onClose);
    });
  }

  /** Returns the head if it is complete. */
  #readAvailable(): string | undefined {
    for (;;) {
      const chunk = this.#socket.read() as Buffer | null;
      if (chunk === null) return undefined;
      this.#received = Buffer.concat([this.#received, chunk]);
      let head = this.#takeHead();
      while (head !== undefined && INTERIM.test(head)) head = this.#takeHead();
      if (head !== undefined) {
        if (this.#received.length > 0) this.#socket.unshift(this.#received);
        return head;
      }
      if (!isHttp(this.#received) || this.#received.length > MAX_HEAD_BYTES)
        throw temporary(NOT_HTTP);
    }
  }

  #takeHead(): string | undefined {
    const end = this.#received.indexOf(END_OF_HEAD);
    if (end < 0 || !isHttp(this.#received)) return undefined;
    const head = this.#received.toString("latin1", 0, end);
    this.#received = this.#received.subarray(end + END_OF_HEAD.length);
    return head;
  }
}

/** Whether bytes can be the beginning of an HTTP response. */
function isHttp(received: Buffer): boolean {
  const start = received.toString("latin1", 0, 7);
  return "HTTP/1.".startsWith(start);
}

function checkStatus(head: string, hasCredentials: boolean): void {
  const [, code, reason = ""] =
    /^HTTP\/1\.\d (\d{3})(?: ([^\r\n]*))?(?:\r|$)/.exec(head) ?? [];
  if (code === undefined) throw temporary(NOT_HTTP);
  const status = Number(code);
  if (status >= 200 && status < 300) return;
  if (status === 407) throw toLoginError(hasCredentials);
  throw new ProxyError(
    `the proxy did not open a tunnel and responded with status ${status}${describeReason(reason)}`,
    { isPermanent: status < 500 && status !== 408 && status !== 429 },
  );
}

function toLoginError(hasCredentials: boolean): ProxyError {
  return hasCredentials
    ? new ProxyError("the proxy refused the user name and password", {
        advice: "Correct them in the proxy's URL",
        isPermanent: true,
      })
    : new ProxyError("the proxy requires a user name and password", {
        advice:
          "Add them to the proxy's URL, for example http://user:password@proxy.example:3128",
        isPermanent: true,
      });
}

function temporary(message: string): ProxyError {
  return new ProxyError(message, { isPermanent: false });
}

function describeReason(reason: string): string {
  const text = reason.replace(/[^ -~]/g, "").trim();
  if (text === "") return "";
  return text.length > MAX_REASON_LENGTH
    ? ` (${text.slice(0, MAX_REASON_LENGTH)}…)`
    : ` (${text})`;
}
