import { readTimeouts } from "../../../../gateway/boomi/configuration/readTimeouts";

const ROW = {
  name: "InvalidPreInputConfiguration",
  message: "Sidecar Connector timeout is greater than endpoint timeout",
};

describe("readTimeouts", () => {
  it("refuses time-outs that are together greater than the endpoint's", () => {
    expect(
      readTimeouts({ pre: { timeoutMs: 400 }, post: { timeoutMs: 601 } }, 1000),
    ).toEqual([
      {
        path: "timeout",
        rule: "sum",
        message:
          "preInput and postInput: timeout, together with the other point's, is 1001 ms, and the endpoint's own is 1000 ms; the sum may not be greater",
        row: ROW,
      },
    ]);
  });

  it("allows them to be equal to it", () => {
    expect(
      readTimeouts({ pre: { timeoutMs: 400 }, post: { timeoutMs: 600 } }, 1000),
    ).toEqual([]);
  });

  it.each([
    ["preInput", { pre: { timeoutMs: 1001 }, post: { timeoutMs: undefined } }],
    ["preInput", { pre: { timeoutMs: 1001 } }],
    ["postInput", { pre: undefined, post: { timeoutMs: 1001 } }],
  ])("counts an absent one as zero, and names %s alone", (where, points) => {
    expect(readTimeouts(points, 1001)).toEqual([]);
    expect(readTimeouts(points, 1000)).toEqual([
      {
        path: "timeout",
        rule: "sum",
        message: `${where}: timeout is 1001 ms, and the endpoint's own is 1000 ms; the sum may not be greater`,
        row: ROW,
      },
    ]);
  });

  it("has nothing to say where the endpoint has none, or no point has one", () => {
    expect(readTimeouts({ pre: { timeoutMs: 400 } }, undefined)).toEqual([]);
    expect(readTimeouts({}, 1)).toEqual([]);
  });
});
