import {
  removeFinalPeriod,
  toSentence,
  describeIssues,
} from "../../../../src/engine/text/toSentence";

describe("a sentence", () => {
  it.each([
    ["no answer", "no answer."],
    ["no answer.", "no answer."],
    ["no answer..", "no answer."],
    ["no answer. \n", "no answer."],
    ["no answer!", "no answer!"],
    ["no answer?.", "no answer?"],
    ["no answer …", "no answer …"],
  ])("ends once, whatever it was made of: %j", (text, whole) => {
    expect(toSentence(text)).toBe(whole);
  });

  it("takes a text in without an end of its own", () => {
    expect(removeFinalPeriod("the proxy is down. ")).toBe("the proxy is down");
  });

  it("is made in no time of a text that has no end", () => {
    const long = `${". ".repeat(500_000)}x`;

    expect(removeFinalPeriod(long)).toBe(long);
  });

  it("tells what has been found, on one line and without ends in between", () => {
    const issues = ["sku is\nout of stock.", "count must be 1"].map(
      (message) => ({ path: "", rule: "custom", message }),
    );

    expect(describeIssues(issues)).toBe("sku is out of stock; count must be 1");
  });
});
