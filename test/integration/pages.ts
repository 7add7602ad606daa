import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";

export const ROOT = resolve(__dirname, "../..");

/** A fenced block of a page, or the example of a doc comment. */
export interface Snippet {
  /** File and line. */
  readonly where: string;

  /** The language of the fence, for example `ts`. */
  readonly language: string;

  /** What follows the language: `not run: …` or `not checked: …` with the reason. Empty for most. */
  readonly exception: string;

  readonly code: string;
}

const PAGES = [
  "README.md",
  "docs/landing.md",
  ...readdirSync(join(ROOT, "docs/guides"))
    .filter((file) => file.endsWith(".md"))
    .map((page) => `docs/guides/${page}`),
];

/** The fenced blocks of the README, the landing page of the reference and the guides. */
export const BLOCKS: readonly Snippet[] = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm)].map(
    ({ index, 1: language = "", 2: exception = "", 3: code = "" }) => ({
      where: `${page}:${text.slice(0, index).split("\n").length}`,
      language,
      exception,
      code,
    }),
  );
});

/** No one outside the package sees its examples. */
const INTERNAL = "gateway/gravitee/expression/";

/** The examples of all doc comments that users see. */
export const EXAMPLES: readonly Snippet[] = [
  "domain",
  "operations",
  "src",
  "gateway",
  "local",
].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .map(String)
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(".ts") && !file.startsWith(INTERNAL))
    .flatMap(examplesOf),
);

function examplesOf(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Snippet[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node))
      if (tag.tagName.text === "example" && tag.parent.parent === node)
        found.push({
          where: `${file}:${source.getLineAndCharacterOfPosition(tag.pos).line + 1}`,
          language: "ts",
          exception: "",
          code: ts.getTextOfJSDocComment(tag.comment) ?? "",
        });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
