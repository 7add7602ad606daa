// Templates of the pages. Operations have their own; all others are TypeDoc's, without lists that repeat what is on the page.
import { DefaultThemeRenderContext, JSX, ReflectionKind } from "typedoc";
import { isOperation } from "./connectorPages.mjs";
import { OPEN } from "./navigation.mjs";
import { renderOperation } from "./operationPage.mjs";

const h = JSX.createElement;

export class ConnectorContext extends DefaultThemeRenderContext {
  constructor(...args) {
    super(...args);
    const { hierarchy, member, moduleReflection, navigation } = this;
    const { reflectionTemplate, toolbar } = this;
    this.reflectionTemplate = (page) => {
      if (isOperation(page.model)) return renderOperation(this, page.model);
      let last;
      this.hierarchy = (types) => {
        last = types;
      };
      const content = reflectionTemplate(page);
      return h(JSX.Fragment, null, content, last && hierarchy(last));
    };
    this.member = (reflection) =>
      isField(reflection) ? renderField(this, reflection) : member(reflection);
    this.moduleReflection = (module) =>
      module.isProject()
        ? renderEntryPoints(this, module)
        : moduleReflection(module);
    this.commentShortSummary = (reflection) =>
      renderFirstSentence(this, reflection);
    // The members follow, and the navigation of the page lists them.
    this.index = () => h(JSX.Fragment, null);
    this.reflectionPreview = () => undefined;
    this.breadcrumbs = (model) => renderBreadcrumbs(this, model);
    this.header = (page) => renderHeader(this, page);
    this.toolbar = (page) => changeElement(toolbar(page), SEARCH);
    this.navigation = (page) => changeElement(navigation(page), ENTRY_POINTS);
    this.pageSidebar = (page) =>
      h(JSX.Fragment, null, this.pageNavigation(page), this.settings());
  }
}

/** The entry points, each with what it contains. The navigation lists the guides. */
function renderEntryPoints(context, project) {
  return h(
    "dl",
    { class: "tsd-member-summaries" },
    project.children.map((module) => context.moduleMemberSummary(module)),
  );
}

/** The first sentence of a comment, with its links. */
function renderFirstSentence(context, reflection) {
  const comment = reflection.comment ?? reflection.signatures?.[0].comment;
  const parts = comment?.summary ?? [];
  const end = parts.findIndex(
    ({ kind, text }) => kind === "text" && /\.(\s|$)/.test(text),
  );
  if (end === -1)
    return parts.length > 0 ? context.displayParts(parts) : undefined;
  const [sentence] = /^[^]*?\.(?=\s|$)/.exec(parts[end].text);
  return context.displayParts([
    ...parts.slice(0, end),
    { kind: "text", text: sentence },
  ]);
}

/** Whether a member is a property of an entity, a request or options. */
function isField(reflection) {
  return (
    reflection.kindOf(ReflectionKind.Property | ReflectionKind.EnumMember) &&
    reflection.parent?.kindOf(
      ReflectionKind.ClassOrInterface | ReflectionKind.Enum,
    ) &&
    reflection.type !== undefined
  );
}

/** A property: its name and type as the heading, then its comment. */
function renderField(context, field) {
  const anchor = context.getAnchor(field);
  context.page.pageHeadings.push({
    link: `#${anchor}`,
    text: field.name,
    kind: field.kind,
    classes: context.getReflectionClasses(field),
    icon: context.theme.getReflectionIcon(field),
  });
  return h(
    "section",
    {
      class: `tsd-panel tsd-member field ${context.getReflectionClasses(field)}`,
    },
    h(
      "h3",
      { class: "tsd-anchor-link", id: anchor },
      h("span", null, field.name),
      field.flags.isOptional && h("span", { class: "optional" }, "optional"),
      h(
        "a",
        {
          href: `#${anchor}`,
          "aria-label": "Permalink",
          class: "tsd-anchor-icon",
        },
        context.icons.anchor(),
      ),
    ),
    h("div", { class: "field-type" }, context.type(field.type)),
    context.commentSummary(field),
    context.typeDeclaration(field, field.type),
    context.commentTags(field),
  );
}

/** The entry point of a page. Guides have none. */
function renderBreadcrumbs(context, model) {
  const { parent } = model;
  if (!parent?.kindOf(ReflectionKind.Module)) return;
  return h(
    "ul",
    { class: "tsd-breadcrumb", "aria-label": "Breadcrumb" },
    h("li", null, h("a", { href: context.urlTo(parent) }, parent.name)),
  );
}

/** The name of the page, with its kind behind it. */
function renderHeader(context, { model, url }) {
  if (model.isDocument() || url === "index.html") return;
  const kind = isOperation(model)
    ? "Operation"
    : model.isProject()
      ? ""
      : ReflectionKind.singularString(model.kind);
  return h(
    "div",
    { class: "tsd-page-title" },
    context.breadcrumbs(model),
    h(
      "h1",
      null,
      model.isProject() ? "Entry points" : model.name,
      kind && h("span", { class: "page-kind" }, kind),
    ),
  );
}

/** Shows the search as a field. It is a button that opens TypeDoc's search. */
const SEARCH = {
  isTarget: ({ id }) => id === "tsd-search-trigger",
  change(children) {
    children.push(
      h("span", { class: "search-words" }, "Search"),
      h("kbd", null, "/"),
    );
  },
};

/** Names the link at the top of the navigation after the page that it leads to. */
const ENTRY_POINTS = {
  isTarget: ({ href }) => href?.endsWith("modules.html"),
  change(children) {
    children.splice(0, children.length, h("span", null, "Entry points"));
  },
};

/** Changes the children of one element of a template. */
function changeElement(template, { isTarget, change }) {
  const visit = (element) => {
    if (element?.props && isTarget(element.props)) change(element.children);
    for (const child of [element?.children ?? []].flat(2)) visit(child);
  };
  visit(template);
  return template;
}

/** Opens the first sections of the navigation for readers who have not opened or closed them. */
export function renderNavigationDefaults() {
  const keys = OPEN.map((title) => `tsd-accordion-${title}`);
  return h(
    "script",
    null,
    h(JSX.Raw, {
      html: `for (const key of ${JSON.stringify(keys)}) try { localStorage[key] ??= "true"; } catch {}`,
    }),
  );
}
