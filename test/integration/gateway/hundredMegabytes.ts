import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { untilAfter } from "./setting";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const CHUNK = Buffer.alloc(65_536);
const CHUNKS = 1600;

/** What came of it, and how much more memory there ever was than before. */
export interface Passage {
  /** Hash of the bytes that were sent, either way. */
  readonly whole: string;
  readonly up: string;
  readonly down: string;
  readonly isWhole: boolean;
  readonly peak: number;
}

/** Sends a hundred megabytes to an origin, and has as many sent back, past a gateway that stands before it. */
export async function passHundredMegabytes(
  serve: (originUrl: string) => Promise<{ readonly port: number }>,
): Promise<Passage> {
  const up = createHash("sha256");
  const { port } = await serve(await startOrigin(up));
  gc();
  const before = live();
  const peaks: number[] = [];
  const look = async (): Promise<void> => {
    // What the first has found, the second sweeps.
    gc();
    await new Promise((go) => setImmediate(go));
    gc();
    peaks.push(live() - before);
  };

  const outgoing = ask({ host: "127.0.0.1", port, method: "POST" });
  const sent = createHash("sha256");
  await give(sent, async (chunk, n) => {
    if (n % 400 === 0) await look();
    return outgoing.write(chunk) || (await once(outgoing, "drain"));
  });
  outgoing.end();
  const [answer] = (await once(outgoing, "response")) as [
    AsyncIterable<Buffer>,
  ];
  const down = createHash("sha256");
  let length = 0;
  for await (const chunk of answer) {
    if (Math.floor((length + chunk.length) / 26e6) > Math.floor(length / 26e6))
      await look();
    length += chunk.length;
    down.update(chunk);
  }
  return {
    whole: sent.digest("hex"),
    up: up.digest("hex"),
    down: down.digest("hex"),
    isWhole: length === CHUNKS * CHUNK.length,
    peak: Math.max(...peaks),
  };
}

async function startOrigin(up: Hash): Promise<string> {
  const server = createServer((req, res) => {
    req.on("data", (chunk: Buffer) => up.update(chunk));
    req.on("end", () => {
      void give(
        createHash("sha256"),
        (chunk) => res.write(chunk) || once(res, "drain"),
      ).then(() => res.end());
    });
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

const live = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** A hundred megabytes, at the reader's pace. */
async function give(
  hash: Hash,
  write: (chunk: Buffer, n: number) => unknown,
): Promise<void> {
  for (let n = 0; n < CHUNKS; n++) {
    const chunk = Buffer.from(CHUNK);
    chunk.writeUInt32BE(n);
    hash.update(chunk);
    await write(chunk, n);
  }
}
