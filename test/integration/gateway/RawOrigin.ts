import { once } from "node:events";
import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { Inbox, type Message } from "./Inbox";

/** What an origin writes back: bytes, or nothing, where it sees to the socket itself. */
export type Script = (
  request: Message,
  socket: Socket,
) => string | undefined | Promise<string | undefined>;

/** An origin that keeps what it was sent to the letter, and answers bytes. */
export class RawOrigin {
  /** The requests that came as a whole. */
  readonly requests: Message[] = [];

  /** Connections that are open. */
  readonly sockets = new Set<Socket>();

  /** How many connections there ever were. */
  connections = 0;

  /** What is written back to each request. */
  script: Script;

  /** In place of reading what comes. Absent: it is read. */
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

  /** The only request that came. */
  get request(): Message {
    const [first, ...others] = this.requests;
    if (!first || others.length > 0)
      throw new Error(`${this.requests.length} requests`);
    return first;
  }

  /** Waits until nobody is connected. */
  async untilLeft(): Promise<void> {
    while (this.sockets.size > 0) await once(this.#server, "change");
  }

  /** Waits until so many requests have come. */
  async untilRequests(count: number): Promise<void> {
    while (this.requests.length < count) await once(this.#server, "change");
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
