// A TypeDoc plugin: assigns categories by folder, lists the methods of a connector, removes uninformative entries, and builds one
// navigation for all entry points.
import {
  Comment,
  CommentTag,
  Converter,
  DefaultTheme,
  ReflectionKind,
} from "typedoc";
import { tidy } from "./tidy.mjs";

const CATEGORIES = [
  [/^operations\//, "Operations"],
  [/^domain\//, "Domain model"],
  [/^src\/errors(\.ts$|\/)/, "Errors"],
  [/^src\//, "Connector"],
  [/^local\//, "Local"],
];

/** Titles of the pages in the root folder. All other pages are guides. */
const PROJECT_PAGES = ["Architecture", "Contributing", "Changelog", "Security"];

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    trim(project.readme);
    project.getReflectionsByKind(ReflectionKind.Document).forEach(nameAsWord);
    for (const reflection of project.getReflectionsByKind(
      ReflectionKind.SomeType |
        ReflectionKind.Class |
        ReflectionKind.Enum |
        ReflectionKind.Function |
        ReflectionKind.Variable,
    ))
      if (reflection.parent?.kindOf(ReflectionKind.Module))
        fileAway(reflection, project);
    listMethods(project);
    tidy(project);
  });
  app.renderer.defineTheme("connector", ConnectorTheme);
}

/** Removes the title, which the page shows anyway, and the link to the reference. */
function trim(readme) {
  if (readme?.[0])
    readme[0].text = readme[0].text
      .replace(/^# .*\n+/, "")
      .replace(/^- API reference: .*\n/m, "");
}

/** `ARCHITECTURE` becomes `Architecture`. */
function nameAsWord(page) {
  if (page.name === page.name.toUpperCase())
    page.name = page.name.charAt(0) + page.name.slice(1).toLowerCase();
}

function fileAway(reflection, project) {
  const category = categoryOf(reflection, project);
  if (!category) return;
  for (const target of reflection.signatures ?? [reflection]) {
    target.comment ??= new Comment();
    target.comment.blockTags.push(
      new CommentTag("@category", [{ kind: "text", text: category }]),
    );
  }
}

function categoryOf(reflection, project) {
  if (reflection.kindOf(ReflectionKind.Enum)) return "Enumerations";
  const symbol = project.getSymbolIdFromReflection(reflection);
  const file = symbol?.packagePath?.replaceAll("\\", "/") ?? "";
  return CATEGORIES.find(([pattern]) => pattern.test(file))?.[1];
}

/** Lists a connector's methods, because TypeScript derives them from the operation registry. */
function listMethods(project) {
  const connector = project
    .getReflectionsByKind(ReflectionKind.TypeAlias)
    .find(({ name }) => name === "Connector");
  const rows = project
    .getReflectionsByKind(ReflectionKind.Class)
    .filter(({ children }) =>
      children?.some(({ name }) => name === "permissions"),
    )
    .flatMap((target) => [
      text("| "),
      { kind: "inline-tag", tag: "@linkcode", text: methodOf(target), target },
      text(` | ${firstSentence(target)} |\n`),
    ]);
  connector?.comment?.summary.push(
    text("\n\n| method | what it does |\n| --- | --- |\n"),
    ...rows,
  );
}

function text(content) {
  return { kind: "text", text: content };
}

function methodOf({ name }) {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function firstSentence({ comment }) {
  return comment.summary
    .map(({ kind, text: words }) =>
      kind === "inline-tag" ? words.split("!").at(-1) : words,
    )
    .join("")
    .replaceAll("\n", " ")
    .split(/(?<=\.)\s/)[0];
}

/** Navigation: guides, the categories of all entry points, and the pages about the project. */
class ConnectorTheme extends DefaultTheme {
  buildNavigation(project) {
    const elements = super.buildNavigation(project);
    const pages = elements.filter(
      ({ kind }) => kind === ReflectionKind.Document,
    );
    const isGuide = ({ text }) => !PROJECT_PAGES.includes(text);
    const categories = elements
      .filter(({ kind }) => kind === ReflectionKind.Module)
      .flatMap(({ children = [] }) => children);
    return [
      { text: "Guides", children: pages.filter(isGuide) },
      ...this.application.options.getValue("categoryOrder").map((title) => ({
        text: title,
        children: categories
          .filter(({ text }) => text === title)
          .flatMap(({ children }) => children),
      })),
      { text: "The project", children: pages.filter((page) => !isGuide(page)) },
    ];
  }
}
