import { Meter } from "../../../../gateway/gravitee/expression/metering/Meter";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import { failureOf } from "./evaluating";

/** Names that every JavaScript object inherits. */
const INHERITED = ["constructor", "__proto__", "toString"];

describe("an inherited name of JavaScript", () => {
  it.each(INHERITED)("is no function at the end of a JSONPath: %s", (name) => {
    const p = `$[?(@.a.${name}() == 1)]`;

    expect(failureOf("#jsonPath('{}', #p)", { p }).reason).toMatch(
      new RegExp(`^unknown function ${name}\\(\\) in a filter`),
    );
  });

  it("is no operator of a JSONPath filter", () => {
    const p = "$[?(@.a constructor 1)]";

    expect(failureOf("#jsonPath('{}', #p)", { p }).reason).toMatch(
      /^unknown operator constructor in a filter/,
    );
  });

  it.each(INHERITED)("is no charset: %s", (name) => {
    expect(failureOf("'a'.getBytes(#c).length", { c: name }).reason).toBe(
      "the charset must be UTF-8, ISO-8859-1 or US-ASCII",
    );
  });

  it.each(INHERITED)("is no class of a regular expression: %s", (name) => {
    const { reason } = failureOf("'a'.matches(#p)", { p: `\\p{${name}}` });

    expect(reason).toMatch(/^invalid regular expression/);
    expect(reason).not.toContain("native code");
  });

  it.each(INHERITED)(
    "is no function of an XPath, and its work is counted: %s",
    (name) => {
      const meter = new Meter({ clock: () => 0 });
      const variables = { p: `${name}('aa')` };

      expect(() =>
        parseTemplate("{#xpath('<a/>', #p)}").toText({ variables, meter }),
      ).toThrow(`Unknown function ${name}`);
      expect(meter.steps).toBeGreaterThan(0);
    },
  );
});

describe("Meter", () => {
  it("stops an evaluation whose work is not a number", () => {
    const meter = new Meter({ clock: () => 0 });

    expect(() => {
      meter.charge(NaN);
    }).toThrow("exceeded the limit of 50 ms");
  });
});
