import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import { refusalOf, textOf } from "./evaluating";

describe("Template", () => {
  it("returns a string without expressions unchanged", () => {
    const template = parseTemplate('{ "key": "value" }');

    expect(template.isConstant).toBe(true);
    expect(template.toText({ variables: {} })).toBe('{ "key": "value" }');
  });

  it.each([
    "",
    "plain",
    "{}",
    "{ }",
    "{'a'}",
    "}{",
    '{"a":{"b":[]}}',
    "{t}",
    "{x}",
  ])("treats %p as a literal", (text) => {
    expect(textOf(text)).toBe(text);
  });

  it("evaluates expressions at any depth of JSON", () => {
    const text = `{ "a": { "b": ["{#x}", {#x}] } }`;

    expect(textOf(text, { x: 7 })).toBe(`{ "a": { "b": ["7", 7] } }`);
  });

  it("recognizes an expression after whitespace", () => {
    expect(textOf("a{ #x }b{ \n(1 + 1)}", { x: 1 })).toBe("a1b2");
  });

  it("finds the closing brace after quotes and braces within the expression", () => {
    expect(textOf(`{('}' + "}" + {1,2} + {a:'{'}['a'])}!`)).toBe("}}1,2{!");
  });

  it("replaces null in a longer template by an empty string", () => {
    expect(textOf("a{#nope}b")).toBe("ab");
  });

  it("returns null for a template of one expression that is null", () => {
    expect(textOf("{#nope}")).toBeNull();
  });

  it("returns the value itself for a template of one expression", () => {
    const scope = { variables: { n: 5, l: [1, "a"], b: true } };

    expect(parseTemplate("{#n}").evaluate(scope)).toBe(5);
    expect(parseTemplate("{#l}").evaluate(scope)).toEqual([1, "a"]);
    expect(parseTemplate("{#b}").evaluate(scope)).toBe(true);
    expect(parseTemplate("n{#n}").evaluate(scope)).toBe("n5");
  });

  it("returns maps as Map, doubles as number and large integers as bigint", () => {
    const evaluate = (text: string): unknown =>
      parseTemplate(text).evaluate({ variables: {} });

    expect(evaluate("{({a: 1.0})}")).toEqual(new Map([["a", 1]]));
    expect(evaluate("{(12345678901234567890)}")).toBe(12345678901234567890n);
    expect(evaluate("{(new java.math.BigDecimal('1.50'))}")).toBe("1.50");
  });
});

describe("an invalid template", () => {
  it("is reported with its line and column", () => {
    const refusal = refusalOf('{\n  "a": "{#x.}" }');

    expect(refusal).toMatchObject({ offset: 14, line: 2, column: 13 });
    expect(refusal.message).toBe(
      'line 2, column 13: expected a name after "." but found "}"',
    );
  });

  it.each([
    ["{#x", 'expected "}" but found the end of the template'],
    [
      "{#",
      'expected a variable name after "#" but found the end of the template',
    ],
    ["{#a['b}", "the string is missing its closing '"],
    ["{(1 + )}", 'expected a value but found ")"'],
    ["{(1 2)}", 'expected ")" but found "2"'],
    [
      "{#a = 1}",
      '"=" is not supported because expressions cannot assign values',
    ],
    [
      "{(#a++)}",
      '"++" is not supported because expressions cannot assign values',
    ],
    [
      "{(@bean)}",
      '"@" is not supported because expressions cannot access Spring beans',
    ],
    [
      "{(new int[3])}",
      "arrays are not supported; use a list, for example {1, 2}",
    ],
    [
      "{(name)}",
      "unknown name name; write #name for a variable, or 'name' for a string",
    ],
    [
      "{(jsonPath('a'))}",
      "jsonPath(…) has no target; write #jsonPath(…) for a function, or value.jsonPath(…) for a method",
    ],
    [
      "{#nothing('a')}",
      "unknown function #nothing; the functions are #jsonPath, #xpath, #xmlEscape, #jsonEscape",
    ],
    [
      "{#jsonPath('a')}",
      "#jsonPath cannot be called with 1 argument; use #jsonPath(#lambdaResponse.content, '$.level')",
    ],
    [
      "{T(Math)}",
      "T(Math) is a class; call one of its methods, for example T(Math).max(1, 2)",
    ],
    ["{#a ~ 1}", 'unexpected character "~"'],
  ])("reports for %p: %s", (text, reason) => {
    expect(refusalOf(text).reason).toBe(reason);
  });

  it("reports how to write a brace that opens no expression", () => {
    expect(refusalOf("sum {Total} of it").message).toBe(
      "line 1, column 6: unknown name Total; write #Total for a variable, or 'Total' for a string. A brace followed by T, # or ( starts an expression; write {('{')} for a literal brace",
    );
    expect(textOf("sum {('{')}Total} of it")).toBe("sum {Total} of it");
  });
});

describe("a value in a JSON template", () => {
  const variables = { x: 'say "hi"\n' };

  it("inserts a value unescaped by default, as Gravitee does", () => {
    expect(textOf('{"a":"{#x}"}', variables)).toBe('{"a":"say "hi"\n"}');
  });

  it("escapes a value for JSON when asked", () => {
    const template = parseTemplate('{"a":"{#x}"}', { escape: "json" });

    expect(template.toText({ variables })).toBe('{"a":"say \\"hi\\"\\n"}');
  });
});

describe("Template.reads", () => {
  it.each([
    ["{#request.content}", true],
    ["{#request['content']}", true],
    ["{#request?.content}", true],
    ["{#request.getContent()}", true],
    ["{#request[#name]}", true],
    ["{(#request == null)}", true],
    ["{#jsonPath(#request.content, '$.a')}", true],
    ["{({1}.![#request.content])}", true],
    ["{#request.headers['content']}", false],
    ["{#response.content}", false],
    ["content", false],
  ])(
    "reports for %s whether it reads the request's content: %p",
    (text, isRead) => {
      expect(parseTemplate(text).reads("request", "content")).toBe(isRead);
    },
  );

  it("reports a variable that is read as a whole", () => {
    const template = parseTemplate("{#request.path}");

    expect(template.reads("request")).toBe(true);
    expect(template.reads("response")).toBe(false);
  });

  it("reports secrets and requires their paths to be literals", () => {
    const template = parseTemplate("{#secrets.get('/vault/aws:key')}");

    expect(template.secrets).toEqual(["/vault/aws:key"]);
    expect(
      template.toText({
        variables: { secrets: new Map([["/vault/aws:key", "s3cret"]]) },
      }),
    ).toBe("s3cret");
    for (const text of ["{#secrets.get(#x)}", "{#secrets}", "{#secrets['a']}"])
      expect(refusalOf(text).reason).toMatch(
        /^#secrets must be read with a literal path/,
      );
  });
});

describe("Template.toBoolean", () => {
  it.each([
    ["{#x}", true, true],
    ["{#x}", "yes", true],
    ["{#x}", ["true"], true],
    ["{#x}", "off", false],
    ["{#x}", null, false],
    ["{(#x > 3)}", 5, true],
    ["true", null, true],
    ["false", null, false],
  ])("evaluates %s of %p to %p", (text, x, meant) => {
    expect(parseTemplate(text).toBoolean({ variables: { x } })).toBe(meant);
  });

  it("fails when the condition is neither true nor false", () => {
    expect(() =>
      parseTemplate("{#x}").toBoolean({ variables: { x: "maybe" } }),
    ).toThrow("the string cannot be converted to a boolean; use true or false");
    expect(() => parseTemplate("maybe").toBoolean({ variables: {} })).toThrow(
      "the string cannot be converted to a boolean; use true or false",
    );
  });
});
