import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Inbox, type Message } from "./Inbox";

/** A client that writes bytes, and shows the bytes that come back. */
export class Wire {
  readonly socket: Socket;
  readonly #inbox = new Inbox();
  #isEnded = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (bytes) => {
      this.#inbox.add(bytes);
    });
    socket.on("error", () => undefined);
    socket.once("close", () => {
      this.#isEnded = true;
    });
  }

  static async open(port: number): Promise<Wire> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    return new Wire(socket);
  }

  /** Everything that has come back. */
  get received(): string {
    return this.#inbox.all;
  }

  write(...lines: string[]): this {
    this.socket.write(lines.join("\r\n"), "latin1");
    return this;
  }

  /** A request with these header lines and body. */
  send(start: string, lines: readonly string[] = [], body = ""): this {
    return this.write(`${start} HTTP/1.1`, "Host: a.test", ...lines, "", body);
  }

  /** Returns the next complete response. */
  async answer(facts: { readonly isBare?: boolean } = {}): Promise<Message> {
    for (;;) {
      const message = this.#inbox.take({ ...facts, isEnded: this.#isEnded });
      if (message) return message;
      if (this.#isEnded)
        throw new Error(`broken off after ${JSON.stringify(this.received)}`);
      await this.#change();
    }
  }

  /** Waits until that has come. */
  async until(text: string): Promise<void> {
    while (!this.received.includes(text)) {
      if (this.#isEnded) throw new Error(`ended before ${text}`);
      await this.#change();
    }
  }

  /** Waits until the other side has hung up. */
  async ended(): Promise<void> {
    if (!this.#isEnded) await once(this.socket, "close");
  }

  /** Hangs up. */
  close(): void {
    this.socket.destroy();
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        this.socket.off("data", settle).off("close", settle);
        resolve();
      };
      this.socket.once("data", settle).once("close", settle);
    });
  }
}
