import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VALUE_PARSERS } from "../../../gateway/boomi/configuration/valueParsers";
import {
  SIDECAR_ERRORS,
  type SidecarErrorDefinition,
} from "../../../gateway/boomi/errors/SidecarError";

const PAGE = readFileSync(
  join(__dirname, "../../../docs/guides/migrating-from-boomi-sidecar.md"),
  "utf8",
);

/** The rows of the table under a heading, cell by cell, without its head. */
function tableUnder(heading: string): string[][] {
  const [, rest = ""] = PAGE.split(`\n## ${heading}\n`);
  const [part = ""] = rest.split("\n## ");
  return [...part.matchAll(/^\| (.*) \|$/gm)]
    .slice(2)
    .map(([, row = ""]) =>
      row.split(" | ").map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
    );
}

describe("the guide for migrating from Boomi Sidecar", () => {
  it("the Boomi guide names every configuration key", () => {
    const keys = tableUnder("Configuration keys").map(([key]) => key);

    expect(keys).toEqual([
      ...Object.keys(VALUE_PARSERS),
      "sidecar-param-<name>",
    ]);
  });

  it("the Boomi guide names every error with its text and status", () => {
    const messages = (
      Object.entries(SIDECAR_ERRORS) as [
        string,
        (...given: string[]) => SidecarErrorDefinition,
      ][]
    )
      .filter(([row]) => row !== "functionFailed")
      .flatMap(([row, make]) =>
        row === "invalidConfiguration"
          ? []
          : [
              make(
                ...(row.startsWith("missing") ? ["<name>"] : ["PreProcessor"]),
                "AWS's own message",
              ),
              ...(row === "invalidInput" ? [make("PostProcessor")] : []),
            ],
      )
      .map(({ name, message, status }) => [name, message, String(status)]);

    const shown = tableUnder("Errors");
    expect(shown).toEqual(expect.arrayContaining(messages));
    // Plus rows 1 to 5 of Boomi's table, and the row without an error name.
    expect(shown).toHaveLength(messages.length + 6);
  });

  it("the Boomi guide shows each message for an invalid configuration verbatim", () => {
    const source = [
      "configuration/ConfigurationReader.ts",
      "configuration/validateTimeouts.ts",
    ]
      .map((file) =>
        readFileSync(join(__dirname, "../../../gateway/boomi", file), "utf8"),
      )
      .join("\n");
    const texts = tableUnder("Errors")
      .filter(([name]) => name === "InvalidPreInputConfiguration")
      .map(([, text = ""]) => text);

    expect(texts).toHaveLength(5);
    for (const text of texts) expect(source).toContain(`"${text}"`);
  });
});
