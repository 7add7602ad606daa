// A TypeDoc plugin: assigns categories by folder, removes uninformative entries, and adds the templates and the navigation of
// the reference site.
import {
  Comment,
  CommentTag,
  Converter,
  DefaultTheme,
  ReflectionKind,
} from "typedoc";
import { isOperation, listOperations, showMethods } from "./connectorPages.mjs";
import { arrangeNavigation } from "./navigation.mjs";
import { ConnectorContext, renderNavigationDefaults } from "./pages.mjs";
import { tidy } from "./tidy.mjs";

/** Categories by the file of a declaration. Those of the gateway are in the comments. */
const CATEGORIES = [
  [/^operations\//, "Requests and responses"],
  [/^domain\/configuration\//, "Function configuration"],
  [/^domain\//, "Domain model"],
  [/^src\/errors(\.|\/)/, "Errors"],
  [/^src\/policies\//, "IAM policies"],
  [/^src\/(TypedFunction|engine\/contract\/)/, "Typed functions"],
  [/^src\/engine\/(http\/|settings\/(TestHooks|clock))/, "Test hooks"],
  [/^src\//, "Connector"],
  [/^local\//, "Local"],
];

/** The operation that most readers look for. */
const FIRST_FOUND = "InvokeFunction";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.internationalization.addTranslations("en", {
    tag_throws: "Errors",
    tag_see: "See also",
    tag_typeParam: "Type parameter",
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    project.getReflectionsByKind(ReflectionKind.Document).forEach(nameDocument);
    for (const reflection of project.getReflectionsByKind(
      ReflectionKind.SomeType |
        ReflectionKind.Class |
        ReflectionKind.Enum |
        ReflectionKind.Function |
        ReflectionKind.Variable,
    ))
      if (reflection.parent?.kindOf(ReflectionKind.Module))
        fileAway(reflection, project);
    showMethods(project);
    listOperations(project);
    tidy(project);
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    // Search finds the class that declares a property.
    for (const reflection of Object.values(project.reflections))
      if (reflection.inheritedFrom) reflection.relevanceBoost = 0;
      else if (reflection.name === FIRST_FOUND) reflection.relevanceBoost = 3;
  });
  app.renderer.hooks.on("head.end", renderNavigationDefaults);
  app.renderer.defineTheme("connector", ConnectorTheme);
}

/** `ARCHITECTURE` becomes `Architecture`; a page without a title is named after its first heading. */
function nameDocument(page) {
  const { name, content } = page;
  if (name === name.toUpperCase())
    page.name = name.charAt(0) + name.slice(1).toLowerCase();
  if (!name.includes("/")) return;
  const text = content.map((part) => part.text).join("");
  page.name = /^# (.+)$/m.exec(text)?.[1] ?? name;
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
  if (isOperation(reflection)) return "Operations";
  const symbol = project.getSymbolIdFromReflection(reflection);
  const file = symbol?.packagePath?.replaceAll("\\", "/") ?? "";
  return CATEGORIES.find(([pattern]) =>
    pattern.test(file.replace(/^dist\//, "")),
  )?.[1];
}

class ConnectorTheme extends DefaultTheme {
  ContextClass = ConnectorContext;

  buildNavigation(project) {
    return arrangeNavigation(
      super.buildNavigation(project),
      this.application.options.getValue("categoryOrder"),
    );
  }
}
