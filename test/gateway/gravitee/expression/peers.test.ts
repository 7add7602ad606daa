/* eslint-disable @typescript-eslint/no-require-imports -- loads a fresh module without the packages */
import type * as Peers from "../../../../gateway/gravitee/expression/libraries/peers";
import type { parseTemplate as Parse } from "../../../../gateway/gravitee/expression/parseTemplate";

/** Parses and evaluates a template as if some packages were not installed. */
async function evaluateWithout(
  missing: readonly string[],
  text: string,
): Promise<string | null> {
  let result: string | null = null;
  await jest.isolateModulesAsync(async () => {
    for (const name of missing)
      jest.doMock(name, () => {
        throw new Error(`Cannot find module '${name}'`);
      });
    try {
      const { loadLibraries } =
        require("../../../../gateway/gravitee/expression/libraries/peers") as typeof Peers;
      await loadLibraries();
      const { parseTemplate } =
        require("../../../../gateway/gravitee/expression/parseTemplate") as {
          parseTemplate: typeof Parse;
        };
      result = parseTemplate(text).toText({ variables: { a: { b: 1 } } });
    } finally {
      for (const name of missing) jest.dontMock(name);
    }
  });
  return result;
}

const PEERS = ["json-p3", "lossless-json", "re2js", "xpath"];

describe("an installation without the optional packages", () => {
  it("parses and evaluates expressions that need no optional package", async () => {
    expect(await evaluateWithout(PEERS, "{#a.b} {('x,y'.split(',')[1])}")).toBe(
      "1 y",
    );
  });

  it.each([
    [
      "{#jsonPath(#a, '$.b')}",
      "json-p3",
      "#jsonPath requires json-p3, which could not be loaded; run npm install json-p3",
    ],
    [
      "{#jsonPath(#a, #b)}",
      "json-p3",
      "#jsonPath requires json-p3, which could not be loaded; run npm install json-p3",
    ],
    [
      "{#jsonPath(#a, '$.b')}",
      "lossless-json",
      "#jsonPath requires lossless-json, which could not be loaded; run npm install lossless-json",
    ],
    [
      "{('a'.matches('a+'))}",
      "re2js",
      "a regular expression requires re2js, which could not be loaded; run npm install re2js",
    ],
    [
      "{('a' matches 'a+')}",
      "re2js",
      "a regular expression requires re2js, which could not be loaded; run npm install re2js",
    ],
    [
      "{#xpath(#a, '/b')}",
      "xpath",
      "#xpath requires xpath, which could not be loaded; run npm install xpath",
    ],
  ])(
    "refuses %s without %s when the template is parsed",
    async (text, name, reason) => {
      await expect(evaluateWithout([name], text)).rejects.toThrow(reason);
    },
  );

  it("names both packages of #jsonPath if both are missing", async () => {
    await expect(
      evaluateWithout(PEERS, "{#jsonPath(#a, '$.b')}"),
    ).rejects.toThrow(
      "#jsonPath requires json-p3 and lossless-json, which could not be loaded; run npm install json-p3 lossless-json",
    );
  });
});
