// The page of an operation: what it does, how to call it, examples, errors and IAM actions; what readers rarely need is last.
import { JSX, ReflectionKind } from "typedoc";
import { permissionsOf } from "./permissions.mjs";

const h = JSX.createElement;

/** @param {import("typedoc").DefaultThemeRenderContext} context */
export function renderOperation(context, operation) {
  const { comment } = operation;
  const tags = (name) => comment.getTags(name);
  const methods = ["execute", "stream", "page", "provider"].flatMap(
    (name) => operation.getChildByName([name]) ?? [],
  );
  const [execute, ...others] = methods;
  return h(
    JSX.Fragment,
    null,
    h(
      "section",
      { class: "tsd-panel tsd-comment" },
      context.commentSummary(operation),
    ),
    section(context, {
      title: "Signature",
      content: [
        renderSignatures(context, execute),
        renderParameters(context, execute),
        renderMethodLink(context, operation),
      ],
    }),
    section(context, {
      title: tags("@example").length > 1 ? "Examples" : "Example",
      content: tags("@example").map(({ content }) =>
        context.displayParts(content),
      ),
    }),
    section(context, {
      title: "Errors",
      content: tags("@throws").map(({ content }) =>
        context.displayParts(content),
      ),
    }),
    section(context, {
      title: "IAM actions",
      content: renderPermissions(permissionsOf(operation.name)),
    }),
    others.map((method) =>
      section(context, {
        title: method.name,
        anchor: context.getAnchor(method),
        content: [
          renderSignatures(context, method),
          renderComment(context, method),
        ],
      }),
    ),
    section(context, {
      title: "See also",
      content: [
        h(
          "ul",
          { class: "tsd-typography" },
          tags("@see").map(({ content }) =>
            h("li", null, context.displayParts(content)),
          ),
        ),
      ],
    }),
    renderConstruction(context, operation),
  );
}

/** The constructor, the remaining members and the hierarchy. */
function renderConstruction(context, operation) {
  const constructor = operation.children.find((child) =>
    child.kindOf(ReflectionKind.Constructor),
  );
  return h(
    JSX.Fragment,
    null,
    constructor &&
      section(context, {
        title: "Constructor",
        anchor: context.getAnchor(constructor),
        content: [context.memberSignatures(constructor)],
      }),
    section(context, {
      title: "Properties",
      content: [
        h(
          "dl",
          { class: "tsd-member-summaries" },
          operation.children
            .filter((child) => child.kindOf(ReflectionKind.Property))
            .map((child) => [
              h(
                "dt",
                { class: "tsd-member-summary", id: context.getAnchor(child) },
                h("code", null, child.name),
              ),
              h(
                "dd",
                { class: "tsd-member-summary" },
                context.commentShortSummary(child),
              ),
            ]),
        ),
      ],
    }),
    h(
      "div",
      { class: "operation-hierarchy" },
      context.hierarchy(operation.typeHierarchy),
    ),
  );
}

/** A section with a heading that the navigation of the page lists. Empty sections are left out. */
function section(context, { title, anchor, content }) {
  if (content.length === 0) return;
  const id = anchor ?? context.slugger.slug(title);
  context.page.pageHeadings.push({ link: `#${id}`, text: title, level: 1 });
  return h(
    "section",
    { class: "tsd-panel operation-section" },
    h(
      "h2",
      { class: "tsd-anchor-link", id },
      title,
      h(
        "a",
        { href: `#${id}`, "aria-label": "Permalink", class: "tsd-anchor-icon" },
        context.icons.anchor(),
      ),
    ),
    content,
  );
}

function renderSignatures(context, method) {
  return method.signatures.map((signature) =>
    h(
      "div",
      { class: "tsd-signature" },
      context.memberSignatureTitle(signature),
    ),
  );
}

/** What `execute` itself says, and a row for each parameter with the summary of its type. */
function renderParameters(context, { name, signatures }) {
  const [signature] = signatures;
  return [
    h(
      "table",
      { class: "parameters" },
      h(
        "tbody",
        null,
        (signature.parameters ?? []).map((parameter) => {
          const target = targetOf(parameter.type);
          return h(
            "tr",
            null,
            h("td", null, h("code", null, parameter.name)),
            h(
              "td",
              null,
              target && h("a", { href: context.urlTo(target) }, target.name),
            ),
            h("td", null, target && context.commentShortSummary(target)),
          );
        }),
      ),
    ),
    name === "execute" &&
      h(
        "div",
        { class: "tsd-comment tsd-typography" },
        context.commentSummary(signature),
      ),
  ];
}

/** The connector's method that does the same. */
function renderMethodLink(context, { name, project }) {
  const methodName = name.charAt(0).toLowerCase() + name.slice(1);
  const method = project
    .getReflectionsByKind(ReflectionKind.Method)
    .find(
      (each) =>
        each.name === methodName && each.parent.name === "OperationMethods",
    );
  return h(
    "p",
    null,
    "As a method of a connector: ",
    h(
      "a",
      { href: context.urlTo(method) },
      h("code", null, `connector.${methodName}`),
    ),
  );
}

/** The class or interface that a parameter's type is made of: `X` in `Input<X>`. */
function targetOf(type) {
  const inner = type?.typeArguments?.[0] ?? type;
  return inner?.reflection;
}

function renderComment(context, { signatures: [signature] }) {
  return [context.commentSummary(signature), context.commentTags(signature)];
}

function renderPermissions(actions) {
  if (actions.length === 0)
    return [
      h(
        "p",
        null,
        "None: the operation sends no request to AWS that needs a permission.",
      ),
    ];
  return [
    h(
      "ul",
      { class: "tsd-typography" },
      actions.map((action) => h("li", null, h("code", null, action))),
    ),
  ];
}
