import { once } from "node:events";
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** What a front does with its first visitors; whoever comes later is let through. */
export interface Trouble {
  /** How many meet it. Absent: all of them. */
  readonly times?: number;

  /** As soon as somebody has connected, before a byte of his is read. */
  readonly onConnection?: (socket: Socket) => void;

  /** In place of an answer, when a request has been read to its end. */
  readonly onRequest?: (socket: Socket) => void;

  /** Called before a request is passed on, which then waits for the promise. Defaults to passing it on at once. */
  readonly before?: (request: Buffer) => Promise<void> | undefined;

  /** Spoken with these keys over TLS. Absent: not over TLS. */
  readonly tls?: TlsOptions;
}

/** Holds the requests that match until they are released. */
export class Held implements Trouble {
  /** How many requests it has held. */
  count = 0;
  readonly #matches: (request: Buffer) => boolean;
  readonly #released: Promise<void>;
  /** Passes on what is held, and holds nothing more. */
  release: () => void = () => undefined;

  constructor(matches: (request: Buffer) => boolean) {
    this.#matches = matches;
    this.#released = new Promise((resolve) => (this.release = resolve));
  }

  readonly before = (request: Buffer): Promise<void> | undefined => {
    if (!this.#matches(request)) return undefined;
    this.count++;
    return this.#released;
  };
}

/** Stands on a port of its own before an embedded AWS, lets through what comes, counts it, and makes trouble. */
export class Front {
  /** Attempts that arrived: requests, and connections that carried none. */
  get deliveries(): number {
    return this.requests + this.#bare.size;
  }

  /** Requests that were read to their end. */
  requests = 0;

  readonly endpoint: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Connections on which no request has been read yet. */
  readonly #bare = new Set<Socket>();
  readonly #behind: URL;
  readonly #trouble: Trouble;
  #met = 0;

  private constructor(server: Server, behind: string, trouble: Trouble) {
    const { port } = server.address() as AddressInfo;
    this.endpoint = `${trouble.tls ? "https" : "http"}://localhost:${port}`;
    this.#server = server;
    this.#behind = new URL(behind);
    this.#trouble = trouble;
    server.on("connection", (socket: Socket) => {
      this.#bare.add(socket);
      this.#keep(socket);
      if (!trouble.tls) this.#receive(socket);
    });
    server.on("secureConnection", (socket: Socket) => {
      this.#receive(socket);
    });
  }

  /** Opens a front before an embedded AWS. */
  static async open(behind: string, trouble: Trouble = {}): Promise<Front> {
    const server = trouble.tls
      ? createTlsServer(trouble.tls)
      : createServer({ noDelay: true });
    server.listen(0, "localhost");
    await once(server, "listening");
    return new Front(server, behind, trouble);
  }

  /** Connections that are open at this moment. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Waits until so many requests have been read. */
  async untilRequests(count: number): Promise<void> {
    while (this.requests < count) await once(this.#server, "request-read");
  }

  /** Waits until nobody is connected any more. */
  async untilLeft(): Promise<void> {
    while (this.#sockets.size > 0) await once(this.#server, "socket-closed");
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#sockets.delete(socket);
      this.#server.emit("socket-closed");
    });
  }

  #receive(socket: Socket): void {
    const { onConnection, onRequest, before } = this.#trouble;
    socket.on("error", () => undefined);
    if (onConnection && this.#meets()) {
      onConnection(socket);
      return;
    }
    let received = Buffer.alloc(0);
    let inner: Socket | undefined;
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const length = lengthOf(received);
      if (length === undefined || received.length < length) return;
      const request = received.subarray(0, length);
      received = received.subarray(length);
      this.requests++;
      // The connection has carried a request: it counts by that.
      for (const bare of this.#bare)
        if (bare.remotePort === socket.remotePort) this.#bare.delete(bare);
      if (onRequest && this.#meets()) onRequest(socket);
      else {
        const pass = (): void => {
          if (!socket.destroyed)
            (inner ??= this.#passage(socket)).write(request);
        };
        const held = before?.(request);
        if (held) void held.then(pass);
        else pass();
      }
      this.#server.emit("request-read");
    });
  }

  #meets(): boolean {
    return this.#met++ < (this.#trouble.times ?? Infinity);
  }

  /** A connection to the embedded AWS of a visitor's own. */
  #passage(socket: Socket): Socket {
    const inner = connect(Number(this.#behind.port), this.#behind.hostname);
    this.#keep(inner);
    inner.on("error", () => socket.resetAndDestroy());
    inner.on("data", (chunk) => socket.write(chunk));
    inner.on("end", () => socket.end());
    socket.on("close", () => inner.destroy());
    return inner;
  }
}

/** How many bytes a request has. Absent: its head is not there yet. */
function lengthOf(received: Buffer): number | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.toString("latin1", 0, end);
  const [, length = "0"] = /^content-length: *(\d+)/im.exec(head) ?? [];
  return end + 4 + Number(length);
}
