import { validateTimeouts } from "../../../../gateway/boomi/configuration/validateTimeouts";

const ROW = {
  name: "InvalidPreInputConfiguration",
  message: "Sidecar Connector timeout is greater than endpoint timeout",
};

describe("validateTimeouts", () => {
  it("refuses timeouts whose sum exceeds the endpoint's timeout", () => {
    expect(
      validateTimeouts(
        { pre: { timeoutMs: 400 }, post: { timeoutMs: 601 } },
        1000,
      ),
    ).toEqual([
      {
        path: "timeout",
        rule: "sum",
        message:
          "preInput and postInput: the timeouts must add up to at most 1,000 ms, the timeout of the endpoint, but add up to 1,001 ms",
        boomiError: ROW,
      },
    ]);
  });

  it("accepts timeouts whose sum equals the endpoint's timeout", () => {
    expect(
      validateTimeouts(
        { pre: { timeoutMs: 400 }, post: { timeoutMs: 600 } },
        1000,
      ),
    ).toEqual([]);
  });

  it.each([
    ["preInput", { pre: { timeoutMs: 1001 }, post: { timeoutMs: undefined } }],
    ["preInput", { pre: { timeoutMs: 1001 } }],
    ["postInput", { pre: undefined, post: { timeoutMs: 1001 } }],
  ])("counts an absent timeout as zero and names %s alone", (where, points) => {
    expect(validateTimeouts(points, 1001)).toEqual([]);
    expect(validateTimeouts(points, 1000)).toEqual([
      {
        path: "timeout",
        rule: "sum",
        message: `${where}: timeout must be at most 1,000 ms, the timeout of the endpoint, but is 1,001 ms`,
        boomiError: ROW,
      },
    ]);
  });

  it("reports nothing when the endpoint or both points have no timeout", () => {
    expect(validateTimeouts({ pre: { timeoutMs: 400 } }, undefined)).toEqual(
      [],
    );
    expect(validateTimeouts({}, 1)).toEqual([]);
  });
});
