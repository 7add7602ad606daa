import { once } from "node:events";
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** What the proxy does to its first connections or requests. Later ones are forwarded unchanged. */
export interface Trouble {
  /** How many connections or requests are affected. Defaults to all. */
  readonly times?: number;

  /** Runs when a client has connected, before any of its bytes are read. */
  readonly onConnection?: (socket: Socket) => void;

  /** Runs instead of a response, after a whole request has been read. */
  readonly onRequest?: (socket: Socket) => void;

  /** Runs before a request is forwarded, which waits for the promise. Defaults to forwarding it immediately. */
  readonly before?: (request: Buffer) => Promise<void> | undefined;

  /** Serves TLS with these options. Defaults to plain HTTP. */
  readonly tls?: TlsOptions;
}

/** Holds the requests that match until they are released. */
export class Held implements Trouble {
  /** How many requests it has held. */
  count = 0;
  readonly #matches: (request: Buffer) => boolean;
  readonly #released: Promise<void>;
  /** Forwards the held requests, and stops holding requests. */
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

/** A proxy in front of an embedded AWS that forwards requests, counts them, and injects network faults. */
export class Front {
  /** Attempts that arrived: requests, plus connections without a request. */
  get deliveries(): number {
    return this.requests + this.#bare.size;
  }

  /** Requests that have been read completely. */
  requests = 0;

  readonly endpoint: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Connections on which no request has been read yet. */
  readonly #bare = new Set<Socket>();
  readonly #upstream: URL;
  readonly #trouble: Trouble;
  #affected = 0;

  private constructor(server: Server, upstream: string, trouble: Trouble) {
    const { port } = server.address() as AddressInfo;
    this.endpoint = `${trouble.tls ? "https" : "http"}://localhost:${port}`;
    this.#server = server;
    this.#upstream = new URL(upstream);
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

  /** Starts a proxy in front of an embedded AWS. */
  static async open(upstream: string, trouble: Trouble = {}): Promise<Front> {
    const server = trouble.tls
      ? createTlsServer(trouble.tls)
      : createServer({ noDelay: true });
    server.listen(0, "localhost");
    await once(server, "listening");
    return new Front(server, upstream, trouble);
  }

  /** The number of open connections. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Waits until `count` requests have been read. */
  async untilRequests(count: number): Promise<void> {
    while (this.requests < count) await once(this.#server, "request-read");
  }

  /** Waits until every connection is closed. */
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
    if (onConnection && this.#isAffected()) {
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
      // The connection has carried a request, which is counted instead of it.
      for (const bare of this.#bare)
        if (bare.remotePort === socket.remotePort) this.#bare.delete(bare);
      if (onRequest && this.#isAffected()) onRequest(socket);
      else {
        const pass = (): void => {
          if (!socket.destroyed)
            (inner ??= this.#connectUpstream(socket)).write(request);
        };
        const held = before?.(request);
        if (held) void held.then(pass);
        else pass();
      }
      this.#server.emit("request-read");
    });
  }

  #isAffected(): boolean {
    return this.#affected++ < (this.#trouble.times ?? Infinity);
  }

  /** Opens a connection to the embedded AWS for one client connection. */
  #connectUpstream(socket: Socket): Socket {
    const inner = connect(Number(this.#upstream.port), this.#upstream.hostname);
    this.#keep(inner);
    inner.on("error", () => socket.resetAndDestroy());
    inner.on("data", (chunk) => socket.write(chunk));
    inner.on("end", () => socket.end());
    socket.on("close", () => inner.destroy());
    return inner;
  }
}

/** Returns the length of a request in bytes; undefined if its head is not complete. */
function lengthOf(received: Buffer): number | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.toString("latin1", 0, end);
  const [, length = "0"] = /^content-length: *(\d+)/im.exec(head) ?? [];
  return end + 4 + Number(length);
}
