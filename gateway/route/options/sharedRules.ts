import {
  choiceRule,
  functionRule,
  millisecondsRule,
  type OptionRule,
} from "./validateOptions";

/** The rule of an option whose parts are checked one by one. */
export const checkedInParts: OptionRule = {
  rule: "any",
  expected: "any value",
  accepts: () => true,
};

/** The rules of the options that routes and routers have in common. */
export const SHARED_RULES = {
  steps: checkedInParts,
  onFault: functionRule,
  renderFault: functionRule,
  trustedProxies: checkedInParts,
  forwardedHeader: choiceRule(["x-forwarded-for", "forwarded"]),
  maxRequestBytes: {
    rule: "range",
    expected: "an integer of at least 0",
    accepts: (value: unknown) =>
      Number.isSafeInteger(value) && Number(value) >= 0,
  },
  requestIdleTimeoutMs: millisecondsRule,
  responseIdleTimeoutMs: millisecondsRule,
} satisfies Record<string, OptionRule>;
