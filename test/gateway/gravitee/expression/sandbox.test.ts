import { failureOf, refusalOf, textOf, valueOf } from "./evaluating";

class Account {
  secret = "kept";
}

const trap = Object.defineProperty({ open: 1 }, "shut", {
  enumerable: true,
  get() {
    throw new Error("touched");
  },
});

const variables = {
  text: "a",
  list: [1],
  map: { a: 1 },
  trap,
  account: new Account(),
  call: () => "called",
  symbol: Symbol("s"),
  proxy: new Proxy(
    {},
    {
      getPrototypeOf: () => {
        throw new Error("touched");
      },
    },
  ),
  inner: { account: new Account() },
};

describe("an expression", () => {
  it.each([
    "#map.constructor",
    "#map.__proto__",
    "#map.prototype",
    "#map['constructor']",
    "#map['__proto__']",
    "#map.get('constructor')",
    "#map.toString",
    "#map.hasOwnProperty",
    "#process",
    "#globalThis",
    "#require",
    "#constructor",
    "#__proto__",
    "#root",
    "#this",
  ])("evaluates %s to null", (expression) => {
    expect(valueOf(expression, variables)).toBeNull();
  });

  it.each([
    "#text.constructor",
    "#text['constructor']",
    "#text.__proto__",
    "#text.class",
    "#text.getClass()",
    "#text.constructor('return process')()",
    "#text.length.constructor",
    "#text.valueOf()",
    "#text.__defineGetter__('a', 1)",
    "#list.constructor",
    "#list['constructor']",
    "#list.map('a')",
    "#list.push(1)",
    "#map.toString.call(1)",
    "#map.put('a', 1)",
    "(1).constructor",
    "true.constructor",
    "#list.![constructor]",
    "'a'.bytes.buffer",
    "new java.util.Date().constructor",
    "T(Math).max(1, 2).class",
    "new BigDecimal('1').digits",
    "T(Base64).getEncoder().way",
    "T(LocalDate).now().wall",
    "#xpath('<a/>', '/a', 'node').ownerDocument",
  ])("fails to escape by %s", (expression) => {
    expect(() => valueOf(expression, variables)).toThrow(
      /^line \d+, column \d+: /,
    );
  });

  it.each([
    "#account",
    "#account.secret",
    "#call",
    "#symbol",
    "#proxy",
    "#proxy.a",
    "#inner.account",
    "#inner.account.secret",
    "{#inner}.![account]",
    "#inner + ''",
  ])("cannot read a value that is not plain data: %s", (expression) => {
    expect(failureOf(expression, variables).reason).toMatch(
      /^expressions cannot read /,
    );
  });

  it("never runs an accessor", () => {
    expect(valueOf("#trap.open", variables)).toBe("1");
    expect(valueOf("#trap.shut", variables)).toBeNull();
    expect(valueOf("#trap.keySet()", variables)).toBe("open");
    expect(valueOf("#trap.containsKey('shut')", variables)).toBe("false");
    expect(valueOf("#trap + ''", variables)).toBe("{open=1}");
    expect(valueOf("#jsonPath(#trap, '$.shut')", variables)).toBeNull();
    expect(valueOf("#jsonPath(#trap, '$..*')", variables)).toBe("1");
  });

  it("runs no accessor or method of a list, a date or bytes", () => {
    const touched = (): never => {
      throw new Error("touched");
    };
    const own = {
      map: touched,
      slice: touched,
      every: touched,
      getTime: touched,
      toUTCString: touched,
      [Symbol.iterator]: touched,
    };
    const x = Object.assign([1, 2], own);
    Object.defineProperty(x, 0, { enumerable: true, get: touched });
    const d = Object.assign(new Date(0), own);

    for (const expression of [
      "#x",
      "#x.reversed()",
      "#x.subList(0, 2)",
      "{}.containsAll(#x)",
      "#x.![#this]",
      "T(java.util.Collections).max(#x)",
      "#jsonEscape(#x)",
      "#jsonPath(#x, '$')",
      "T(String).join('', #x)",
      "#x == {1, 2}",
      "#d",
      "#d.getTime()",
      "#d == #x",
    ])
      expect(() => valueOf(expression, { x, d })).not.toThrow("touched");
    expect(valueOf("#x + '|' + #d.time", { x, d })).toBe("null,2|0");
    expect(
      failureOf("#b", { b: new (class extends Uint8Array {})(1) }).reason,
    ).toMatch(/^expressions cannot read /);
  });

  it("reads neither inherited properties nor inherited variables", () => {
    const map = Object.create({ inherited: 1 }) as Record<string, unknown>;
    map["own"] = 2;
    const inherits = Object.create({ map: 1 }) as Record<string, unknown>;

    expect(failureOf("#map.inherited", { map }).reason).toMatch(
      /^expressions cannot read /,
    );
    expect(textOf("{#map}", inherits)).toBeNull();
  });

  it("reads a map by its entries, whatever its own properties are", () => {
    const map = Object.assign(new Map([["a", 1]]), {
      get: () => "changed",
      secret: 1,
    });

    expect(valueOf("#map.a", { map })).toBe("1");
    expect(valueOf("#map.secret", { map })).toBeNull();
  });

  it.each([
    "{T(java.lang.Runtime).getRuntime().exec('id')}",
    "{T(System).getProperty('user.home')}",
    "{(new java.lang.ProcessBuilder('id'))}",
    "{(new Function('return 1'))}",
    "{(@systemProperties)}",
    "{(&bean)}",
    "{#a = 1}",
    "{(#a.b = 1)}",
    "{(#a++)}",
    "{(--#a)}",
  ])("refuses an expression when it is parsed: %s", (text) => {
    expect(() => textOf(text, { a: 1 })).toThrow(/^line \d+, column \d+: /);
  });

  it("changes no value of the host", () => {
    const list = [3, 1, 2];

    valueOf("T(java.util.Collections).max(#list) + #list.reversed()[0]", {
      list,
    });

    expect(list).toEqual([3, 1, 2]);
  });
});

describe("lists and maps that hold themselves", () => {
  const ring: { self?: unknown } = {};
  ring.self = ring;
  const list: unknown[] = [];
  list.push(list);

  it.each([
    "'' + #ring",
    "#list",
    "#ring == #other",
    "#jsonPath(#ring, '$.self')",
    "#list.hashCode() + ''",
    "#list.toString()",
  ])("fails for a circular list or map: %s", (expression) => {
    const other: { self?: unknown } = {};
    other.self = other;

    expect(failureOf(expression, { ring, list, other }).cause).toBeUndefined();
  });
});

describe("an expression that is nested too deeply", () => {
  it.each([
    "(".repeat(5000),
    "!".repeat(5000),
    "-".repeat(5000) + "1",
    "{".repeat(5000),
    "#a[".repeat(5000),
    "true ? ".repeat(5000),
    "1 ?: ".repeat(5000),
    "'a'.concat(".repeat(5000),
    "#a.?[".repeat(5000),
  ])("is refused when it is nested too deeply: %.12s…", (expression) => {
    expect(refusalOf(`{(${expression})}`).reason).toMatch(
      /^an expression must be nested at most 100 levels deep|^expected/,
    );
  });

  it.each([
    ["1" + "+1".repeat(30_000), "30001"],
    ["'a'" + ".trim()".repeat(9000), "a"],
    ["true" + " && true".repeat(5000), "true"],
    ["{" + "1,".repeat(5000) + "1}.size()", "5001"],
  ])(
    "is accepted when it is long but not nested: %.12s…",
    (expression, text) => {
      expect(valueOf(expression)).toBe(text);
    },
  );
});
