import { AttributeMap } from "../../../../gateway/gravitee/expression/values/AttributeMap";
import { beanOf } from "../../../../gateway/gravitee/expression/values/Bean";
import { MultiMap } from "../../../../gateway/gravitee/expression/values/MultiMap";
import { failureOf, textOf, valueOf } from "./evaluating";

const headers = new MultiMap(["X-A", "1", "Accept", "text/html", "x-a", "2"], {
  names: "any-case",
});
const params = new MultiMap(["q", "lambda", "q", "aws", "Q", "other"]);

const toRequest = beanOf("request", {
  headers: () => headers,
  params: () => params,
  content: ({ body }: { body: string }) => body,
});

const variables = {
  request: toRequest({ body: "hello" }),
  context: {
    attributes: new AttributeMap(
      new Map<string, unknown>([
        ["application", "shop"],
        ["gravitee.attribute.plan", "gold"],
        ["gravitee.attribute.application", "hidden"],
      ]),
    ),
  },
  api: { properties: { "stock.url": "https://stock" } },
};

const read = (expression: string): string | null =>
  valueOf(expression, variables);

describe("headers and parameters", () => {
  it.each([
    ["#request.headers['X-A']", "1,2"],
    ["#request.headers['x-a']", "1,2"],
    ["#request.headers['Accept']", "text/html"],
    ["#request.headers.accept", "text/html"],
    ["#request.headers['X-A'][0]", "1"],
    ["#request.headers['X-A'][1]", "2"],
    ["#request.headers['X-B']", null],
    ["#request.headers['X-B']?.get(0)", null],
    ["#request.headers['X-B']?.[0]", null],
    ["#request.headers.getFirst('x-A')", "1"],
    ["#request.headers.getFirst('X-B')", null],
    ["#request.headers.get('X-A')", "1,2"],
    ["#request.headers.getAll('X-A')", "1,2"],
    ["#request.headers.getAll('X-B')", ""],
    ["#request.headers.contains('X-a')", "true"],
    ["#request.headers.containsKey('X-B')", "false"],
    ["#request.headers.names()", "X-A,Accept"],
    ["#request.headers.size()", "2"],
    ["#request.headers.isEmpty()", "false"],
    ["#request.headers.toSingleValueMap()['X-A']", "1"],
    ["#request.params['q']", "lambda,aws"],
    ["#request.params.q", "lambda,aws"],
    ["#request.params.q[1]", "aws"],
    ["#request.params.Q", "other"],
    ["#request.params.none", null],
  ])("%s is %p", (expression, text) => {
    expect(read(expression)).toBe(text);
  });

  it("fails when an item of a missing header is read", () => {
    expect(failureOf("#request.headers['X-B'][0]", variables).reason).toBe(
      "cannot read an index of null; use ?.[…] if the value may be null",
    );
  });

  it.each(["add('a', 'b')", "set('a', 'b')", "remove('a')", "clear()"])(
    "refuses to write to headers and parameters: %s",
    (call) => {
      expect(failureOf(`#request.headers.${call}`, variables).reason).toMatch(
        /^a map has no method /,
      );
    },
  );
});

describe("attributes", () => {
  it.each([
    ["#context.attributes['application']", "shop"],
    ["#context.attributes['plan']", "gold"],
    ["#context.attributes.plan", "gold"],
    ["#context.attributes['gravitee.attribute.plan']", "gold"],
    ["#context.attributes['none']", null],
    ["#context.attributes.containsKey('plan')", "true"],
    ["#context.attributes.getOrDefault('none', 'x')", "x"],
    ["#api.properties['stock.url']", "https://stock"],
    ["#api.properties.none", null],
  ])("%s is %p", (expression, text) => {
    expect(read(expression)).toBe(text);
  });
});

describe("a bean", () => {
  it("evaluates a bean's property when it is read", () => {
    expect(textOf("{#request.content}", variables)).toBe("hello");
    expect(read("#request['content']")).toBe("hello");
    expect(read("#request.getContent()")).toBe("hello");
  });

  it("has no other properties than the bean's, and no string value", () => {
    expect(failureOf("#request.nope", variables).reason).toBe(
      "request has no property nope",
    );
    expect(failureOf("#request['nope']", variables).reason).toBe(
      "request has no such property",
    );
    expect(failureOf("#request.setContent()", variables).reason).toBe(
      "request has no method setContent",
    );
    expect(failureOf("#request", variables).reason).toMatch(
      /^request cannot be converted to a string/,
    );
  });
});

describe("lists, maps and texts", () => {
  it.each([
    ["{1, 2, 3}[1]", "2"],
    ["{a: 1, 'b': 2}['b']", "2"],
    ["{a: 1}.a", "1"],
    ["{a: 1}.b", null],
    ["{:}.size()", "0"],
    ["{}.size()", "0"],
    ["'abc'[1]", "b"],
    ["{'a-b': 1}['a-b']", "1"],
    ["{1: 'one'}[1]", "one"],
    ["{1,2,3}.?[#this > 1]", "2,3"],
    ["{1,2,3}.^[#this > 1]", "2"],
    ["{1,2,3}.$[#this > 1]", "3"],
    ["{1,2,3}.![#this * 2]", "2,4,6"],
    ["{{n:1},{n:2}}.![n]", "1,2"],
    ["{a:1,b:2}.?[value > 1].keySet()", "b"],
    ["{a:1,b:2}.![key + value]", "a1,b2"],
    ["null?.![#this]", null],
    ["null?.?[true]", null],
    ["{}.^[true]", null],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it.each([
    ["{1}[1]", "the index 1 is out of bounds for length 1"],
    ["{1}[-1]", "the index -1 is out of bounds for length 1"],
    ["{1}['x']", "the index must be an integer but is a string"],
    ["5[0]", "an integer cannot be indexed"],
    ["'abc'.length", "length is a method of a string; write length()"],
    ["5.![1]", "an integer is neither a list nor a map"],
    ["{1}.nope()", "a list has no method nope"],
    [
      "null.nope()",
      "the method nope cannot be called on null; use ?.nope() if the value may be null",
    ],
    [
      "'a'.substring()",
      "the method substring of a string cannot be called with 0 arguments",
    ],
  ])("%s fails: %s", (expression, reason) => {
    expect(failureOf(expression).reason).toBe(reason);
  });
});
