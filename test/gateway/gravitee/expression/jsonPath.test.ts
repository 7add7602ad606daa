import { failureOf, refusalOf, textOf, valueOf } from "./evaluating";

const SHOP = JSON.stringify({
  books: [
    { title: "Sayings", price: 8.95, tags: ["old", "wise"], isbn: null },
    { title: "Sword", price: 12.99, tags: [], sold: true },
    { title: "Moby", price: 8.99, tags: ["sea"], isbn: "0-553" },
  ],
  "stock-level": { "a b": 3, n: 2 },
  numbers: [1, 2, 3, 4],
  name: "corner",
});

const read = (path: string, content = SHOP): string | null =>
  textOf(`{#jsonPath(#c, #p)}`, { c: content, p: path });

describe("#jsonPath", () => {
  it.each([
    ["$.name", "corner"],
    ["name", "corner"],
    ["['name']", "corner"],
    ["$['name']", "corner"],
    ['$["name"]', "corner"],
    ["$.books[0].title", "Sayings"],
    ["$.books[-1].title", "Moby"],
    ["$.books[0,2].title", "Sayings,Moby"],
    ["$.books[0:2].title", "Sayings,Sword"],
    ["$.books[*].title", "Sayings,Sword,Moby"],
    ["$.books[*].sold", "null,true,null"],
    ["$.books.*.title", "Sayings,Sword,Moby"],
    ["$..title", "Sayings,Sword,Moby"],
    ["$..books[1].title", "Sword"],
    ["$.stock-level['a b']", "3"],
    ["$.stock-level.n", "2"],
    ["$.books[0].tags", "old,wise"],
    ["$.books[0].isbn", null],
    ["$.books[?(@.price < 9)].title", "Sayings,Moby"],
    ["$.books[?(@.price < 9 && @.isbn != null)].title", "Moby"],
    ["$.books[?(@.price > 10 || @.title == 'Moby')].title", "Sword,Moby"],
    ["$.books[?(!(@.price > 10))].title", "Sayings,Moby"],
    ["$.books[?(@.sold)].title", "Sword"],
    ["$.books[?(@.sold === true)].title", "Sword"],
    ["$.books[?(@.title =~ /S.*/)].title", "Sayings,Sword"],
    ["$.books[?(@.title =~ /moby/i)].title", "Moby"],
    ["$.books[?(@.title in ['Moby', 'Sword'])].title", "Sword,Moby"],
    ["$.books[?(@.title nin ['Moby', 'Sword'])].title", "Sayings"],
    ["$.books[?(@.tags subsetof ['sea'])].title", "Sword,Moby"],
    ["$.books[?(@.tags anyof ['old', 'sea'])].title", "Sayings,Moby"],
    ["$.books[?(@.tags noneof ['old'])].title", "Sword,Moby"],
    ["$.books[?(@.tags size 2)].title", "Sayings"],
    ["$.books[?(@.tags empty true)].title", "Sword"],
    ["$.books[?(@.tags contains 'sea')].title", "Moby"],
    ["$.books[?(@.tags.length() > 1)].title", "Sayings"],
    ["$.books[?(@.price == $.books[1].price)].title", "Sword"],
    ["$.books[?search(@.title, 'w.r')].title", "Sword"],
    ["$.books[?(@.title == 'none')].title", ""],
    ["$.stock-level[?(@.n == 2)].n", "2"],
    ["$.books.length()", "3"],
    ["$.name.length()", "6"],
    ["$.stock-level.size()", "2"],
    ["$.stock-level.keys()", "a b,n"],
    ["$.numbers.sum()", "10.0"],
    ["$.numbers.avg()", "2.5"],
    ["$.numbers.min()", "1.0"],
    ["$.numbers.max()", "4.0"],
    ["$.numbers.stddev()", "1.118033988749895"],
    ["$.numbers.first()", "1"],
    ["$.numbers.last()", "4"],
    ["$.numbers.index(1)", "2"],
    ["$.books[*].title.concat()", "SayingsSwordMoby"],
    ["$..price.max()", "12.99"],
  ])("evaluates the path %s to %p", (path, text) => {
    expect(read(path)).toBe(text);
  });

  it.each([
    [
      "$.name.deep",
      "the path selects the property deep, but the value is not an object",
    ],
    ["$.none.deep", "the path selects the property none, which does not exist"],
    ["$.name[0]", "the path selects item 0, but the value is not a list"],
    ["$.books[-4]", "the path selects item -4, but the list has length 3"],
    ["$.books[0].tags.sum()", "sum() requires a list with at least one number"],
    ["$.name.sum()", "sum() can only be applied to a list"],
  ])("%s fails: %s", (path, reason) => {
    expect(failureOf("#jsonPath(#c, #p)", { c: SHOP, p: path }).reason).toBe(
      reason,
    );
  });

  it.each([
    ["", "the path is empty"],
    [
      "$.",
      "invalid JSONPath at character 3; expected a name but found the end of the path",
    ],
    [
      "$.a b",
      'invalid JSONPath at character 4; expected "." or "[" but found " b"',
    ],
    [
      "$.a[",
      'invalid JSONPath at character 5; expected a number, a quoted name, "*" or "]" but found the end of the path',
    ],
    [
      "$[?(@.a ~ 1)]",
      'invalid JSONPath at character 9; expected ")" but found "~ 1)]"',
    ],
    [
      "$[?(@.a like 1)]",
      "unknown operator like in a filter; the operators are ==, !=, <, <=, >, >=, =~, in, nin, subsetof, anyof, noneof, size, empty, contains",
    ],
    [
      "$.a.append(1)",
      "unknown path function append(); the functions are length, size, keys, first, last, index, concat, min, max, avg, sum and stddev",
    ],
    ["$.a.sum(1)", "sum() in a path must have no argument"],
    ["$.a.index()", "the argument of index() in a path must be an integer"],
  ])("refuses the path %p when the template is parsed: %s", (path, reason) => {
    expect(refusalOf(`{#jsonPath(#c, "${path}")}`).reason).toBe(reason);
  });

  it("refuses a list in a list of a filter, whose quotes would double at each level", () => {
    const nested = `${"[".repeat(40)}1${"]".repeat(40)}`;

    expect(
      failureOf("#jsonPath('{}', #p)", { p: `$[?(@.a in ${nested})]` }).reason,
    ).toMatch(
      /^invalid JSONPath at character 13; expected only literal values/,
    );
  });

  it.each([
    ["filters", "[?@".repeat(650)],
    ["filters with parentheses", `[?${"(".repeat(20)}@`.repeat(80)],
    ["negations", `[?${"!".repeat(1900)}`],
    ["functions", `[?${"length(".repeat(250)}`],
  ])("refuses a path with too many nested %s", (_, segments) => {
    const reason = /expected at most 50 nested parentheses and filters/;

    expect(refusalOf(`{#jsonPath('{}', '$${segments}')}`).reason).toMatch(
      reason,
    );
    expect(
      failureOf("#jsonPath('{}', #p)", { p: `$${segments}` }).reason,
    ).toMatch(reason);
  });
});

describe("the document of #jsonPath", () => {
  it("is parsed as in Gravitee, where a string that is not JSON is itself", () => {
    expect(read("$", "  padded  ")).toBe("padded");
    expect(failureOf("#jsonPath(#c, '$')", { c: "[1" }).reason).toBe(
      "the string starts like JSON but is not valid JSON",
    );
    expect(failureOf("#jsonPath(null, '$')").reason).toBe(
      "cannot read JSON from null",
    );
  });

  it("may consist of lists and maps of the host or of the expression", () => {
    expect(valueOf("#jsonPath({a: {1, 2.0}}, '$.a[1]')")).toBe("2.0");
    expect(valueOf("#jsonPath(#o, '$..b')", { o: { a: [{ b: 1 }] } })).toBe(
      "1",
    );
    expect(valueOf("#jsonPath(#m, '$.a')", { m: new Map([["a", 12n]]) })).toBe(
      "12",
    );
  });

  it("keeps the notation of its numbers", () => {
    const content = '{"a":[1.0, 2.50, 12345678901234567890, 1e400, -0, 0.1]}';

    expect(read("$.a", content)).toBe(
      "1.0,2.5,12345678901234567890,Infinity,0,0.1",
    );
    expect(read("$.a[?(@ > 2)]", content)).toBe(
      "2.5,12345678901234567890,Infinity",
    );
  });

  it("uses the last of two members with the same name", () => {
    expect(read("$.a", '{"a":1,"a":2.5}')).toBe("2.5");
  });

  it("has members such as __proto__ only when the document contains them", () => {
    expect(read("$.__proto__", '{"__proto__":"own"}')).toBe("own");
    expect(read("$.__proto__", '{"a":1.5,"__proto__":"own"}')).toBe("own");
    expect(read("$.__proto__", "{}")).toBeNull();
    expect(read("$..constructor", '{"a":{}}')).toBe("");
  });
});
