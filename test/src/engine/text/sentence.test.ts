import {
  clause,
  sentence,
  tellIssues,
} from "../../../../src/engine/text/sentence";

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
    expect(sentence(text)).toBe(whole);
  });

  it("takes a text in without an end of its own", () => {
    expect(clause("the proxy is down. ")).toBe("the proxy is down");
  });

  it("is made in no time of a text that has no end", () => {
    const long = `${". ".repeat(500_000)}x`;

    expect(clause(long)).toBe(long);
  });

  it("tells what has been found, on one line and without ends in between", () => {
    const issues = ["sku is\nout of stock.", "count must be 1"].map(
      (message) => ({ path: "", rule: "custom", message }),
    );

    expect(tellIssues(issues)).toBe("sku is out of stock; count must be 1");
  });
});
