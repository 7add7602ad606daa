import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { InvokeWithResponseStreamResponse } from "../../../../domain";
import { InvokeWithResponseStream } from "../../../../operations";
import { readBody } from "../../../../src/engine/http/body";
import { readFrames } from "../../../../src/engine/http/eventStream";
import type { Transport } from "../../../../src/engine/http/transport";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";

const COUNT = 100_000;

/** Most buffers that are joined at once. */
const MOST_BUFFERS = 20;

/** The bytes of a text, one by one. */
// eslint-disable-next-line @typescript-eslint/require-await -- all bytes are there
async function* oneByOne(bytes: Buffer): AsyncGenerator<Uint8Array, object> {
  for (const byte of bytes) yield Uint8Array.of(byte);
  return {};
}

let joined: jest.SpyInstance<
  Buffer<ArrayBuffer>,
  Parameters<typeof Buffer.concat>
>;

beforeEach(() => {
  joined = jest.spyOn(Buffer, "concat");
});

afterEach(() => {
  joined.mockRestore();
});

const mostJoined = () =>
  Math.max(...joined.mock.calls.map(([list]) => list.length));

describe("a body in chunks of one byte", () => {
  it("is kept in few buffers", async () => {
    const incoming = new PassThrough();
    const body = new Promise<Buffer>((resolve) => {
      readBody(
        {
          incoming: incoming as unknown as IncomingMessage,
          head: {
            statusCode: 200,
            headers: { "transfer-encoding": "chunked" },
          },
          contentLength: 0,
          maxBytes: COUNT,
        },
        (_error, bytes) => {
          resolve(bytes);
        },
      );
    });
    for (let at = 0; at < COUNT; at++) incoming.emit("data", Buffer.of(at));
    incoming.emit("end");

    expect((await body).length).toBe(COUNT);
    expect(mostJoined()).toBeLessThan(MOST_BUFFERS);
  });

  it("is kept in few buffers if it is an event stream", async () => {
    // The prelude of a frame of 100,000 bytes, with its checksum.
    const prelude = Buffer.from("000186a000000000", "hex");
    const frame = Buffer.alloc(COUNT);
    prelude.copy(frame);
    frame.writeUInt32BE(0x7b9bbc8e, 8);

    const reading = readFrames(oneByOne(frame)).next();

    await expect(reading).rejects.toThrow("the checksum of a frame is wrong");
    expect(mostJoined()).toBeLessThan(MOST_BUFFERS);
  });

  it("is kept in few buffers if it is an error response instead of a stream", async () => {
    const json = Buffer.from(`{"Message":"${"x".repeat(COUNT)}"}`);
    const transport: Transport = {
      send: () => Promise.reject(new Error("not used")),
      stream: () =>
        Promise.resolve({
          statusCode: 400,
          headers: { "x-amzn-errortype": "ValidationException" },
          body: oneByOne(json),
        }),
    };

    const error = await catchError(
      new InvokeWithResponseStream(connection, { transport }).execute({
        functionName: "price",
      }),
    );

    expect(error).toMatchObject({ serviceCode: "ValidationException" });
    expect(mostJoined()).toBeLessThan(MOST_BUFFERS);
  });

  it("is kept in few buffers if it is read as text", async () => {
    const response = new InvokeWithResponseStreamResponse(
      { statusCode: 200 },
      oneByOne(Buffer.from("é".repeat(COUNT / 2))),
    );

    const text = await response.text();

    expect(text).toBe("é".repeat(COUNT / 2));
    expect(mostJoined()).toBeLessThan(MOST_BUFFERS);
  });
});
