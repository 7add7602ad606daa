import { toProxyReply } from "../../../gateway/gravitee/response/toProxyReply";

const JSON_TYPE = { "content-type": ["application/json"] };

describe("toProxyReply", () => {
  it.each<[string, unknown, object]>([
    [
      "status, headers and body",
      { statusCode: 201, headers: { "X-A": "1" }, body: "made" },
      {
        status: 201,
        headers: { "x-a": ["1"], "content-type": "application/json" },
        body: "made",
      },
    ],
    [
      "a status in digits",
      { statusCode: "204" },
      {
        status: 204,
        headers: { "content-type": "application/json" },
        body: "",
      },
    ],
    [
      "its own content type, however it is spelt",
      { statusCode: 200, headers: { "Content-TYPE": "text/x" } },
      { status: 200, headers: { "content-type": ["text/x"] }, body: "" },
    ],
    [
      "values of both kinds: the many first, each once",
      {
        statusCode: 200,
        headers: { "X-A": "3", "x-b": "1", "Content-Type": "a/b" },
        multiValueHeaders: { "x-a": ["1", "2"], "X-B": ["1"] },
      },
      {
        status: 200,
        headers: {
          "x-a": ["1", "2", "3"],
          "x-b": ["1"],
          "content-type": ["a/b"],
        },
        body: "",
      },
    ],
    [
      "cookies, a line each",
      {
        statusCode: 200,
        cookies: ["a=1", "b=2"],
        headers: { "content-type": "a/b" },
      },
      {
        status: 200,
        headers: { "set-cookie": ["a=1", "b=2"], "content-type": ["a/b"] },
        body: "",
      },
    ],
    [
      "truth as a header",
      { statusCode: 200, headers: { "X-A": true, "content-type": "a/b" } },
      {
        status: 200,
        headers: { "x-a": ["true"], "content-type": ["a/b"] },
        body: "",
      },
    ],
    [
      "numbers as headers",
      {
        statusCode: 200,
        headers: { "X-A": 5, "content-type": "a/b" },
        multiValueHeaders: { "X-B": [0.5, false] },
      },
      {
        status: 200,
        headers: {
          "x-a": ["5"],
          "x-b": ["0.5", "false"],
          "content-type": ["a/b"],
        },
        body: "",
      },
    ],
    [
      "framing headers, which are replaced",
      {
        statusCode: 200,
        headers: {
          "Content-Length": "9",
          Connection: "close",
          "content-type": "a/b",
        },
      },
      { status: 200, headers: { "content-type": ["a/b"] }, body: "" },
    ],
    [
      "no headers",
      { statusCode: 200, headers: null, body: null },
      {
        status: 200,
        headers: { "content-type": "application/json" },
        body: "",
      },
    ],
  ])("reads %s", (_, answer, reply) => {
    expect({ ...toProxyReply(answer) }).toEqual({
      ...reply,
      headers: expect.objectContaining(
        (reply as { headers: object }).headers,
      ) as unknown,
    });
  });

  it("decodes a Base64 body", () => {
    const { body } = toProxyReply({
      statusCode: 200,
      isBase64Encoded: true,
      body: "AAH/",
    });

    expect(body).toEqual(Buffer.from([0, 1, 255]));
  });

  it.each<[unknown, string]>([
    [{ ok: true }, '{"ok":true}'],
    ["hello", "hello"],
    [[1], "[1]"],
    [null, "null"],
    [7, "7"],
    [undefined, ""],
    [{ body: "x" }, '{"body":"x"}'],
  ])("returns %j, which has no status, as JSON", (answer, body) => {
    expect(toProxyReply(answer)).toEqual({
      status: 200,
      headers: { "Content-Type": JSON_TYPE["content-type"][0] },
      body,
    });
  });

  it.each<[object, RegExp]>([
    [{ statusCode: "ok" }, /statusCode/],
    [{ statusCode: null }, /statusCode/],
    [{ statusCode: 200, body: {} }, /body must be a string/],
    [{ statusCode: 200, body: "a=b", isBase64Encoded: true }, /Base64/],
    [{ statusCode: 200, headers: [] }, /headers must be an object/],
    [{ statusCode: 200, headers: { a: {} } }, /"a" must be a string/],
    [{ statusCode: 200, headers: { a: ["1"] } }, /"a" must be a string/],
    [{ statusCode: 200, multiValueHeaders: { a: "1" } }, /a must be an array/],
    [{ statusCode: 200, cookies: "a=1" }, /cookies must be an array/],
  ])("refuses the invalid proxy response %j", (answer, message) => {
    expect(() => toProxyReply(answer)).toThrow(message);
  });
});
