import { array, assert, property, uint8Array } from "fast-check";
import { ChunkList } from "../../domain/ChunkList";

describe("ChunkList", () => {
  it("keeps few buffers for very many short chunks", () => {
    const list = new ChunkList();

    for (let n = 0; n < 1_000_000; n++) list.push(Buffer.of(n & 0xff));

    expect(list.length).toBe(1_000_000);
    expect(list.size).toBeLessThan(30);
    expect(list.concat().at(-1)).toBe(999_999 & 0xff);
  });

  it("keeps a long chunk without copying it", () => {
    const chunk = Buffer.alloc(4_096);
    const list = new ChunkList();

    list.push(chunk);

    expect(list.size).toBe(1);
    expect(list.concat()).toEqual(chunk);
  });

  it("keeps no empty chunks", () => {
    const list = new ChunkList();

    for (let n = 0; n < 10; n++) list.push(new Uint8Array());

    expect(list.size).toBe(0);
  });

  it("returns all bytes in order", () => {
    assert(
      property(
        array(uint8Array({ minLength: 1, maxLength: 3_000, size: "max" })),
        (chunks) => {
          const list = new ChunkList();

          for (const chunk of chunks) list.push(chunk);

          const all = Buffer.concat(chunks);
          expect(list.length).toBe(all.length);
          expect(Buffer.compare(list.concat(), all)).toBe(0);
        },
      ),
    );
  });
});
