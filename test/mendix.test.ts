import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";
import * as front from "../src";
import mendix from "./fixtures/mendix.json";

const ROOT = resolve(__dirname, "..");

interface Row {
  readonly mendix: string;
  readonly ours: string;
  readonly reason: string;
}

const page = readFileSync(
  join(ROOT, "docs/guides/migrating-from-mendix.md"),
  "utf8",
);
const rows: Row[] = [
  ...page.matchAll(/^\| `([^`]+)` +\| (?:`([^`]+)`|–) +\|(.*)\|$/gm),
].map(([, name = "", ours = "", reason = ""]) => ({
  mendix: name,
  ours,
  reason: reason.trim(),
}));

/** Lists the members of a class or an interface, inherited ones included. */
const membersOf = (() => {
  const file = join(ROOT, "src/index.ts");
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  const exports = symbol ? checker.getExportsOfModule(symbol) : [];
  return (name: string): string[] => {
    const found = exports.find((each) => each.name === name);
    if (!found) return [];
    return checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(found))
      .map((property) => property.name);
  };
})();

function exists(ours: string): boolean {
  const [name = "", member] = ours.split(".");
  if (member === undefined) return name in front || membersOf(name).length > 0;
  const value = (front as Record<string, unknown>)[name];
  const isEnumeration = typeof value === "object" && value !== null;
  return isEnumeration ? member in value : membersOf(name).includes(member);
}

describe("the Mendix migration table", () => {
  it("has every name of all versions of the two Mendix connectors", () => {
    const documented = new Set(rows.map((row) => row.mendix));

    expect(mendix.filter((name) => !documented.has(name))).toEqual([]);
  });

  it("points only to existing exports", () => {
    const lost = rows.filter(({ ours }) => ours !== "" && !exists(ours));

    expect(lost).toEqual([]);
  });

  it("gives a reason for each name without a counterpart", () => {
    const silent = rows.filter(({ ours, reason }) => !ours && !reason);

    expect(silent).toEqual([]);
  });

  it("maps each region to the region of the same name", () => {
    const regions = rows.filter(({ ours }) => ours.startsWith("AWS_Region."));

    for (const { mendix: name, ours } of regions)
      expect(ours).toBe(`AWS_Region.${name.split(".")[1] ?? ""}`);
    expect(regions).toHaveLength(14 + 32);
  });
});
