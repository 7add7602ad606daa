// A TypeDoc plugin: files every name where a low-code developer looks for it, by where it stands in the tree, and
// writes the names of the pages as words.
import { Comment, CommentTag, Converter, ReflectionKind } from "typedoc";

const CATEGORIES = [
  [/^operations\//, "Operations"],
  [/^domain\//, "Domain model"],
  [/^src\/errors\.ts$/, "Errors"],
  [/^src\//, "Connector"],
  [/^local\//, "Local"],
];

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const page of project.getReflectionsByKind(ReflectionKind.Document))
      if (page.name === page.name.toUpperCase())
        page.name = page.name.charAt(0) + page.name.slice(1).toLowerCase();
    for (const reflection of project.getReflectionsByKind(
      ReflectionKind.SomeType |
        ReflectionKind.Class |
        ReflectionKind.Enum |
        ReflectionKind.Function |
        ReflectionKind.Variable,
    )) {
      if (!reflection.parent?.kindOf(ReflectionKind.Module)) continue;
      const category = categoryOf(reflection, project);
      if (!category) continue;
      for (const target of reflection.signatures ?? [reflection]) {
        target.comment ??= new Comment();
        target.comment.blockTags.push(
          new CommentTag("@category", [{ kind: "text", text: category }]),
        );
      }
    }
  });
}

function categoryOf(reflection, project) {
  if (reflection.kindOf(ReflectionKind.Enum)) return "Enumerations";
  const symbol = project.getSymbolIdFromReflection(reflection);
  const file = symbol?.packagePath?.replaceAll("\\", "/") ?? "";
  return CATEGORIES.find(([pattern]) => pattern.test(file))?.[1];
}
