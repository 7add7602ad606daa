import { createHmac, randomBytes } from "node:crypto";
import { HmacKey } from "../../../../src/engine/hash/HmacKey";

const hmacOf = (key: Uint8Array, message: string): string =>
  createHmac("sha256", key).update(message).digest("hex");

describe("HmacKey", () => {
  it("signs like RFC 4231, test case 2", () => {
    const key = new HmacKey(Buffer.from("Jefe"));

    expect(key.sign("what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  it("signs like Node's HMAC with keys of every length up to 64 bytes", () => {
    for (let length = 0; length <= 64; length++) {
      const key = randomBytes(length);

      expect(new HmacKey(key).sign("message")).toBe(hmacOf(key, "message"));
    }
  });

  it("signs messages of every length around a block, and other characters, independent of each other", () => {
    const bytes = randomBytes(32);
    const key = new HmacKey(bytes);

    for (let length = 0; length <= 130; length++)
      for (const character of ["a", "ä", "€", "😀"]) {
        const message = character.repeat(length);
        expect(key.sign(message)).toBe(hmacOf(bytes, message));
      }
  });

  it("keeps its own copy of the key", () => {
    const bytes = randomBytes(32);
    const expected = hmacOf(bytes, "message");
    const key = new HmacKey(bytes);
    bytes.fill(0);

    expect(key.sign("message")).toBe(expected);
  });

  it("rejects a key of more than 64 bytes", () => {
    expect(() => new HmacKey(randomBytes(65))).toThrow(RangeError);
  });

  it("shows no key when it is printed", () => {
    const key = new HmacKey(Buffer.from("Jefe"));

    expect(JSON.stringify(key)).toBe("{}");
  });
});
