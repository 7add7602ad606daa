import { captionOf, InvocationType, LogType } from "../../domain";

function captions(enumeration: Readonly<Record<string, string>>) {
  return Object.entries(enumeration).map(([name, value]) => [
    value,
    captionOf(enumeration, name),
  ]);
}

describe("InvocationType", () => {
  it("has AWS's three values, each with a caption", () => {
    const shown = captions(InvocationType);

    expect(shown).toEqual([
      ["RequestResponse", "Request and response"],
      ["Event", "Event"],
      ["DryRun", "Dry run"],
    ]);
  });
});

describe("LogType", () => {
  it("has AWS's two values, each with a caption", () => {
    const shown = captions(LogType);

    expect(shown).toEqual([
      ["None", "No log"],
      ["Tail", "Tail of the log"],
    ]);
  });
});

describe("captionOf", () => {
  it("returns the name itself if it has no caption", () => {
    const shown = [
      captionOf({ Red: "red" }, "Red"),
      captionOf(LogType, "Everything"),
    ];

    expect(shown).toEqual(["Red", "Everything"]);
  });
});
