import * as fc from "fast-check";
import {
  cacheKey,
  type KeyPart,
} from "../../../../src/engine/settings/cacheKey";

const scalar = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3 }),
  // Halves of surrogate pairs have no UTF-8 encoding of their own.
  fc.constantFrom("\ud83d", "\ud83e", "\ufffd", "undefined", "null", "1", ""),
  fc.integer({ min: -2, max: 2 }),
  fc.boolean(),
  fc.constantFrom(undefined, null),
);

const part: fc.Arbitrary<KeyPart> = fc.letrec<{ part: KeyPart }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("part"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "ab"), tie("part"), {
      // Only own fields are part of a key.
      noNullPrototype: true,
    }),
  ),
})).part;

/** Whether two parts are equal in type and value. */
function areEqual(one: KeyPart, other: KeyPart): boolean {
  try {
    expect(one).toStrictEqual(other);
    return true;
  } catch {
    return false;
  }
}

describe("cacheKey", () => {
  it.each<[string, readonly KeyPart[], readonly KeyPart[]]>([
    ["undefined and its name", [undefined], ["undefined"]],
    ["null and its name", [null], ["null"]],
    ["undefined and null", [undefined], [null]],
    ["a number and its digits", [1], ["1"]],
    ["true and its name", [true], ["true"]],
    ["a missing part and undefined", [], [undefined]],
    ["parts that are cut differently", ["ab", "c"], ["a", "bc"]],
    ["parts in another list", [["a"], ["b"]], [["a", "b"], []]],
    ["a list and its JSON", [["a"]], ['["a"]']],
    ["a line break in a part", ["a\nb", "c"], ["a", "b\nc"]],
    ["an encoded part within a string", ["a", "b"], ["as1:b"]],
    ["bytes and their base64", [Buffer.from("a")], ["YQ=="]],
    ["a date and its number", [new Date(5)], [5]],
    ["a field and an undefined field", [{ a: 1 }], [{ a: 1, b: undefined }]],
    ["two halves of surrogate pairs", ["\ud83d"], ["\ud83e"]],
  ])("differs for %s", (_, one, other) => {
    expect(cacheKey("cache", ...one)).not.toBe(cacheKey("cache", ...other));
  });

  it("differs for another cache with the same parts", () => {
    expect(cacheKey("a", "x")).not.toBe(cacheKey("b", "x"));
  });

  it("is equal for equal parts, whatever the order of their fields", () => {
    expect(cacheKey("cache", { a: 1, b: [2] })).toBe(
      cacheKey("cache", { b: [2], a: 1 }),
    );
  });

  it("is a hash that contains no part", () => {
    expect(cacheKey("cache", "tr0ub4dor-and-3")).toMatch(/^[\w-]{43}$/);
  });

  it("is equal exactly for equal parts", () => {
    fc.assert(
      fc.property(part, part, (one, other) => {
        const isSame = cacheKey("cache", one) === cacheKey("cache", other);

        expect(isSame).toBe(areEqual(one, other));
      }),
      { numRuns: 2_000 },
    );
  });
});
