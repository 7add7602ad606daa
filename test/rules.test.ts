import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

/** The names of rules in the source of the connector. Decorators add those of class-validator. */
function findRules(folder: string): Set<string> {
  const files = readdirSync(join(ROOT, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".ts"));
  const found = files.flatMap((file) => {
    const source = readFileSync(join(ROOT, folder, file), "utf8");
    return [
      ...source.matchAll(/\brule: "(\w+)"/g),
      ...source.matchAll(/\bInvalidCertificateError\(\s*\w+,\s*"(\w+)"/g),
    ].map(([, rule = ""]) => rule);
  });
  return new Set(found);
}

describe("the guide for errors", () => {
  it("lists every rule of an issue", () => {
    const guide = readFileSync(join(ROOT, "docs/guides/errors.md"), "utf8");
    const table = guide.slice(guide.indexOf("| `rule`"));

    const missing = [...findRules("src"), ...findRules("operations")].filter(
      (rule) => !table.includes(`\`${rule}\``),
    );

    expect(missing).toEqual([]);
  });
});
