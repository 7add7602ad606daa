import {
  removeFinalPeriod,
  toSentence,
  describeIssues,
} from "../../../../src/engine/text/toSentence";

describe("toSentence", () => {
  it.each([
    ["no response", "no response."],
    ["no response.", "no response."],
    ["no response..", "no response."],
    ["no response. \n", "no response."],
    ["no response!", "no response!"],
    ["no response?.", "no response?"],
    ["no response …", "no response …"],
  ])("ends %j with one punctuation mark", (text, whole) => {
    expect(toSentence(text)).toBe(whole);
  });
});

describe("removeFinalPeriod", () => {
  it("removes final periods and whitespace", () => {
    expect(removeFinalPeriod("the proxy is down. ")).toBe("the proxy is down");
  });

  it("returns long text without a final period unchanged", () => {
    const long = `${". ".repeat(500_000)}x`;

    expect(removeFinalPeriod(long)).toBe(long);
  });
});

describe("describeIssues", () => {
  it("joins the messages on one line without final periods", () => {
    const issues = ["sku is\nout of stock.", "count must be 1"].map(
      (message) => ({ path: "", rule: "custom", message }),
    );

    expect(describeIssues(issues)).toBe("sku is out of stock; count must be 1");
  });
});
