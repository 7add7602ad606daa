import { once } from "node:events";
import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { Inbox, type Message } from "./Inbox";

/** Returns the bytes of an origin's response, or undefined if it uses the socket itself. */
export type Script = (
  request: Message,
  socket: Socket,
) => string | undefined | Promise<string | undefined>;

/** An origin that records requests byte by byte, and responds with raw bytes. */
export class RawOrigin {
  /** The requests that were received completely. */
  readonly requests: Message[] = [];

  /** The open connections. */
  readonly sockets = new Set<Socket>();

  /** The number of connections so far. */
  connections = 0;

  /** Responds to each request. */
  script: Script;

  /** Runs instead of parsing received bytes. Optional; by default, they are parsed. */
  onBytes: ((socket: Socket) => void) | undefined;

  readonly #server: Server;

  private constructor(script: Script) {
    this.script = script;
    this.#server = createServer({ noDelay: true }, (socket) => {
      const inbox = new Inbox();
      this.connections++;
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        this.sockets.delete(socket);
        this.#server.emit("change");
      });
      socket.on("data", (bytes) => {
        if (this.onBytes) {
          this.onBytes(socket);
          return;
        }
        inbox.add(bytes);
        for (let next; (next = inbox.take());) {
          this.requests.push(next);
          this.#server.emit("change");
          void Promise.resolve(this.script(next, socket)).then((text) => {
            if (text !== undefined) socket.write(text, "latin1");
          });
        }
      });
    });
  }

  static async open(script: Script): Promise<RawOrigin> {
    const origin = new RawOrigin(script);
    origin.#server.listen(0, "127.0.0.1");
    await once(origin.#server, "listening");
    return origin;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The only request that was received. */
  get request(): Message {
    const [first, ...others] = this.requests;
    if (!first || others.length > 0)
      throw new Error(`${this.requests.length} requests`);
    return first;
  }

  /** Waits until every connection is closed. */
  async untilLeft(): Promise<void> {
    while (this.sockets.size > 0) await once(this.#server, "change");
  }

  /** Waits until `count` requests have been received. */
  async untilRequests(count: number): Promise<void> {
    while (this.requests.length < count) await once(this.#server, "change");
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
