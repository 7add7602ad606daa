import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";

const ROOT = resolve(__dirname, "../..");
const REPORT = join(ROOT, "docs/api.md");

const { exports: entryPoints } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
) as { exports: Record<string, { types?: string } | string> };

/** Every public name of every entry point, with its signature as the published types have it. */
function report(): string {
  const entries = Object.entries(entryPoints).flatMap(([name, target]) =>
    typeof target === "object" && target.types
      ? [
          {
            name: name.replace(/^\./, "aws-lambda-connector"),
            file: join(ROOT, target.types),
          },
        ]
      : [],
  );
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    {
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: ["node"],
    },
  );
  const told = new Set<string>();
  const chapters = entries
    .sort((a, b) => b.name.length - a.name.length)
    .map(({ name, file }) => `## ${name}\n\n${chapter(program, file, told)}`);
  return `# API\n\nEvery public name and its signature, as published. Written by a test: \`UPDATE_API=1 npx jest --testPathPatterns integration/api\`.\n\n${chapters.join("\n\n")}\n`;
}

function chapter(program: ts.Program, file: string, told: Set<string>): string {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is no module; build first`);
  const names = checker
    .getExportsOfModule(module)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const blocks = names.flatMap((symbol) => {
    const origin =
      symbol.flags & ts.SymbolFlags.Alias
        ? checker.getAliasedSymbol(symbol)
        : symbol;
    const signatures = (origin.declarations ?? []).map(signature);
    const block = signatures.join("\n");
    if (told.has(block)) return [];
    told.add(block);
    return [block];
  });
  const elsewhere = names.length - blocks.length;
  const code =
    blocks.length > 0 ? `\`\`\`ts\n${blocks.join("\n\n")}\n\`\`\`` : "";
  return elsewhere > 0
    ? `${code}\n\nAnd ${elsewhere} names that stand above.`
    : code;
}

const printer = ts.createPrinter({ removeComments: true });

function signature(declaration: ts.Declaration): string {
  const node = ts.isVariableDeclaration(declaration)
    ? declaration.parent.parent
    : declaration;
  const text = printer.printNode(
    ts.EmitHint.Unspecified,
    node,
    declaration.getSourceFile(),
  );
  return text.replace(/^export /, "").replace(/^declare /, "");
}

describe("the public API", () => {
  it("equals docs/api.md, name by name", () => {
    const now = report();

    if (process.env["UPDATE_API"]) writeFileSync(REPORT, now);
    expect(now).toBe(readFileSync(REPORT, "utf8"));
  });
});
