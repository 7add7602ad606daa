import { DeadlineError, TransportError } from "../../../../src/errors";
import {
  parseOutcome,
  serializeOutcome,
} from "../../../../src/engine/batch/outcomeJson";

const ERROR = new DeadlineError({
  operation: "InvokeFunction",
  message: "InvokeFunction: no response within 5 ms.",
  retryable: false,
  reason: "timeout",
  timeoutMs: 5,
});

describe("the outcome of a request in a resume file", () => {
  it("keeps the class and the fields of an error", () => {
    const { error, index } = parseOutcome(
      3,
      serializeOutcome({ index: 3, error: ERROR }),
    );

    expect(index).toBe(3);
    expect(error).toBeInstanceOf(DeadlineError);
    expect(error).toMatchObject({ code: "ERR_DEADLINE", timeoutMs: 5 });
  });

  it.each(["ERR_OF_A_LATER_VERSION", "constructor", "__proto__", 7, null])(
    "is a TransportError with its message when the code %p is unknown",
    (code) => {
      const stored = JSON.parse(
        serializeOutcome({ index: 0, error: ERROR }),
      ) as {
        error: object;
      };

      const { error } = parseOutcome(
        0,
        JSON.stringify({ error: { ...stored.error, code } }),
      );

      expect(error).toBeInstanceOf(TransportError);
      expect(error?.message).toBe("InvokeFunction: no response within 5 ms.");
    },
  );
});
