import { errorMessage } from "../../../../src/engine/text/errorMessage";

const refused = (address: string) =>
  new Error(`connect ECONNREFUSED ${address}`);

describe("errorMessage", () => {
  it.each<[string, unknown, string]>([
    ["the error's own", new Error("own"), "own"],
    [
      "the messages of an AggregateError without one",
      new AggregateError([refused("::1:1"), refused("127.0.0.1:1")]),
      "connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1",
    ],
    [
      "the own message of an AggregateError that has one",
      new AggregateError([refused("::1:1")], "own"),
      "own",
    ],
    [
      "equal messages once",
      new AggregateError([new Error("same"), new Error("same")]),
      "same",
    ],
    [
      "the first five messages",
      new AggregateError([1, 2, 3, 4, 5, 6, 7].map((n) => new Error(`${n}`))),
      "1; 2; 3; 4; 5; and 2 more",
    ],
    [
      "the message of the cause",
      new Error("", { cause: new AggregateError([refused("::1:1")]) }),
      "connect ECONNREFUSED ::1:1",
    ],
    ["nothing of another value", "text", ""],
    ["nothing of nothing", undefined, ""],
  ])("is %s", (_, error, message) => {
    expect(errorMessage(error)).toBe(message);
  });

  it("ends with errors that contain each other", () => {
    const error = new AggregateError([]);
    Object.assign(error, { errors: [error, error] });

    expect(errorMessage(error)).toBe("");
  });
});
