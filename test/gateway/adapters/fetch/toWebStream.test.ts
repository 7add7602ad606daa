import { once } from "node:events";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { toWebStream } from "../../../../gateway/adapters/fetch/toWebStream";

describe("toWebStream", () => {
  it("passes all bytes on", async () => {
    const source = Readable.from([Buffer.from("ab"), Buffer.from("c")]);

    expect(await new Response(toWebStream(source)).text()).toBe("abc");
  });

  it("fails as the source does", async () => {
    const source = new Readable({ read: () => undefined });
    const text = new Response(toWebStream(source)).text();
    source.push("a");
    await setImmediate();
    source.destroy(new Error("cut off"));

    await expect(text).rejects.toThrow("cut off");
  });

  it("fails if the source closed before it was read", async () => {
    const source = new Readable({ read: () => undefined });
    source.destroy();
    await once(source, "close");

    await expect(new Response(toWebStream(source)).text()).rejects.toThrow();
  });

  it("destroys the source when its reader cancels, and passes no buffered byte on", async () => {
    const source = new Readable({ read: () => undefined });
    const reader = toWebStream(source).getReader();
    source.push("a");
    await reader.read();
    source.push(Buffer.alloc(100_000));
    source.push(Buffer.alloc(100_000));
    await setImmediate();
    const closed = once(source, "close");
    void reader.read();
    await reader.cancel();
    await closed;

    expect((await reader.read()).done).toBe(true);
    expect(source.destroyed).toBe(true);
  });
});
