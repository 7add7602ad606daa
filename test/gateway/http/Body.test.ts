import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { array, assert, asyncProperty, integer, uint8Array } from "fast-check";
import { Body } from "../../../gateway";

const streamOf = (...chunks: readonly (string | Uint8Array)[]): Readable =>
  Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  );

describe("Body", () => {
  it("returns the whole of a stream each time it is asked", async () => {
    const body = new Body(streamOf("ab", "cd"));

    const read = [await body.read(4), await body.read(4), await body.read(3)];

    expect(read.map((each) => each?.toString())).toEqual([
      "abcd",
      "abcd",
      undefined,
    ]);
  });

  it("does not read a stream whose length exceeds the limit", async () => {
    const stream = streamOf("abcd");
    const body = new Body(stream, { length: 4 });

    expect(await body.read(3)).toBeUndefined();
    expect(stream.readableDidRead).toBe(false);
  });

  it("streams completely and in order after any reads with a limit", async () => {
    await assert(
      asyncProperty(
        array(uint8Array({ minLength: 1 })),
        array(integer({ min: 0, max: 60 }), { maxLength: 3 }),
        async (chunks, limits) => {
          const all = Buffer.concat(chunks);
          const body = new Body(streamOf(...chunks));

          for (const limit of limits) {
            const bytes = await body.read(limit);
            expect(bytes && Buffer.from(bytes)).toEqual(
              all.length > limit ? undefined : all,
            );
          }

          const { source } = body;
          const left: unknown[] =
            source instanceof Readable
              ? await source.toArray()
              : [source ?? Buffer.alloc(0)];
          expect(Buffer.concat(left as Buffer[])).toEqual(all);
        },
      ),
    );
  });

  it("flows for a listener after it exceeded a limit", async () => {
    const body = new Body(streamOf("ab", "cd"));
    await body.read(1);
    const seen: string[] = [];

    const source = body.source as Readable;
    source.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
    await once(source, "end");

    expect(seen.join("")).toBe("abcd");
  });

  it("rejects when the stream breaks, has broken or is lost", async () => {
    const breaking = new PassThrough();
    const read = new Body(breaking).read(10);
    breaking.destroy(new Error("broken"));
    const broken = new PassThrough();
    broken.destroy();
    const lost = new Body(undefined, { readError: new Error("lost") });

    await expect(read).rejects.toThrow("broken");
    await expect(new Body(broken).read(10)).rejects.toThrow(
      "the connection closed before the body was complete",
    );
    await expect(lost.read(10)).rejects.toThrow("lost");
  });

  it("stays above the limit after it has streamed: the rest is not returned as the whole", async () => {
    const body = new Body(streamOf("abcd"));

    const first = await body.read(2);
    await text(body.source as Readable);

    expect([first, await body.read(2), await body.read(1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("leaves no listeners on the stream", async () => {
    const stream = streamOf("abcd");
    const body = new Body(stream);
    const before = stream
      .eventNames()
      .map((name) => stream.listenerCount(name));

    await body.read(2);

    expect(
      stream.eventNames().map((name) => stream.listenerCount(name)),
    ).toEqual(before);
    expect(await text(stream)).toBe("abcd");
  });

  it("returns all bytes to each of several reads at once", async () => {
    const stream = new PassThrough();
    const body = new Body(stream);
    const reads = [body.read(4), body.read(3), body.read(4)];
    stream.write("ab");
    await once(stream, "readable");
    stream.end("cd");

    const read = await Promise.all(reads);

    expect(read.map((each) => each && Buffer.from(each).toString())).toEqual([
      "abcd",
      undefined,
      "abcd",
    ]);
  });

  it("rejects a read whose signal has been aborted before", async () => {
    const body = new Body(new PassThrough());

    await expect(
      body.read(4, { signal: AbortSignal.abort(new Error("late")) }),
    ).rejects.toThrow("late");
  });

  it.each([
    ["a stream", (stream: Readable) => stream],
    ["a lazy stream", (stream: Readable) => () => stream],
  ])(
    "reports the error of %s that failed before it was read to its reader only",
    async (_, toSource) => {
      const stream = new PassThrough();
      const body = new Body(toSource(stream));
      expect(body.source).toBe(stream);

      stream.destroy(new Error("broken"));
      await new Promise((resolve) => stream.once("close", resolve));

      await expect(body.read(4)).rejects.toThrow("broken");
    },
  );

  it("opens a lazy stream only when it is read", async () => {
    let opened = 0;
    const body = new Body(() => (opened++, streamOf("ab")));
    body.discard();
    const before = [opened, body.isUnopened];

    await body.read(10);

    expect([...before, opened, body.isUnopened]).toEqual([0, true, 1, false]);
  });

  it("is empty without a source", async () => {
    const body = new Body();

    expect([
      body.length,
      body.source,
      (await body.read(0))?.length,
      body.trailers(),
    ]).toEqual([0, undefined, 0, []]);
  });
});
