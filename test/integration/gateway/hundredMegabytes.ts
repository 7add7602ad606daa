import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable, Writable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { untilAfter } from "./setting";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const CHUNK = Buffer.alloc(65_536);
const CHUNKS = 1600;

/** The reader reads on after the writer has made no progress for so many turns of the event loop. */
const IDLE_TURNS = 10;

/** The reader waits for the writer to be held up each time it has read so many bytes. */
const PORTION_BYTES = 1_000_000;

/** Memory is measured each time so many bytes have been read. */
const MEASURED_BYTES = 26e6;

/** Garbage may need several collections. */
const COLLECTIONS = 10;

/** The most bytes that may be under way between writer and reader (the kernel's buffers among them), or kept in memory. */
export const FLAT_BYTES = 40e6;

/** What arrived, and how much was held on the way. */
export interface Passage {
  /** Hash of the bytes that were sent, either way. */
  readonly whole: string;
  readonly up: string;
  readonly down: string;
  readonly isWhole: boolean;

  /** The most bytes that a writer was ahead of its reader. */
  readonly ahead: number;

  /** The most bytes of memory in use above those before, after garbage collection. */
  readonly peak: number;
}

/** Enough for a machine that is busy with much else, in ms. */
export const TRANSFER_TIMEOUT_MS = 600_000;

/** Sends 100 MB through a gateway to an origin, which sends 100 MB back. Readers read only when their writer is held up. */
export async function passHundredMegabytes(
  serve: (originUrl: string) => Promise<{ readonly port: number }>,
): Promise<Passage> {
  const memory = new Memory();
  const up = new Transfer(memory);
  const down = new Transfer(memory);
  const { port } = await serve(await startOrigin(up, down));
  memory.start();

  const outgoing = ask({ host: "127.0.0.1", port, method: "POST" });
  const responding = once(outgoing, "response") as Promise<[Readable]>;
  await up.write(outgoing);
  const [response] = await responding;
  await down.read(response);
  return {
    whole: up.sent,
    up: up.received,
    down: down.received,
    isWhole: down.bytesRead === CHUNKS * CHUNK.length,
    ahead: Math.max(up.ahead, down.ahead),
    peak: memory.peak,
  };
}

/** 100 MB on their way from a writer to a reader. */
class Transfer {
  readonly #memory: Memory;
  readonly #sent = createHash("sha256");
  readonly #received = createHash("sha256");
  #bytesWritten = 0;
  #isWritten = false;
  bytesRead = 0;
  ahead = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get sent(): string {
    return hexOf(this.#sent);
  }

  get received(): string {
    return hexOf(this.#received);
  }

  async write(to: Writable): Promise<void> {
    for (let n = 0; n < CHUNKS; n++) {
      const chunk = Buffer.from(CHUNK);
      chunk.writeUInt32BE(n);
      this.#sent.update(chunk);
      if (!to.write(chunk)) await once(to, "drain");
      this.#bytesWritten += chunk.length;
      this.ahead = Math.max(this.ahead, this.#bytesWritten - this.bytesRead);
    }
    this.#isWritten = true;
    to.end();
  }

  async read(from: Readable): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      this.#received.update(chunk);
      const before = this.bytesRead;
      this.bytesRead += chunk.length;
      const hasPassed = (bytes: number): boolean =>
        Math.floor(this.bytesRead / bytes) > Math.floor(before / bytes);
      if (before === 0 || hasPassed(PORTION_BYTES)) await this.#untilHeldUp();
      if (hasPassed(MEASURED_BYTES)) await this.#memory.measure();
    }
  }

  /** Waits until the writer waits for the reader. */
  async #untilHeldUp(): Promise<void> {
    let bytes = -1;
    for (let idle = 0; idle < IDLE_TURNS && !this.#isWritten; idle++) {
      if (bytes !== this.#bytesWritten) idle = 0;
      bytes = this.#bytesWritten;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** How much memory is in use above what was in use at the start. */
class Memory {
  #before = 0;
  peak = 0;

  start(): void {
    gc();
    this.#before = live();
  }

  async measure(): Promise<void> {
    let least = Infinity;
    for (let n = 0; n < COLLECTIONS && least > FLAT_BYTES; n++) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
      least = Math.min(least, live() - this.#before);
    }
    this.peak = Math.max(this.peak, least);
  }
}

async function startOrigin(up: Transfer, down: Transfer): Promise<string> {
  const server = createServer((req, res) => {
    void up.read(req).then(() => down.write(res));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  untilAfter({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const hexOf = (hash: Hash): string => hash.copy().digest("hex");

const live = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
