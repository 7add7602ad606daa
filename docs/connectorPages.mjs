// Shows the operations of a connector as methods. In the declarations they are properties with a call signature.
import { ReflectionFlag, ReflectionKind } from "typedoc";

/** @param {import("typedoc").ProjectReflection} project */
export function showMethods(project) {
  const interfaces = project.getReflectionsByKind(ReflectionKind.Interface);
  const methods = interfaces.find(({ name }) => name === "OperationMethods");
  const connector = interfaces.find(({ name }) => name === "Connector");
  for (const property of [...(methods?.children ?? [])])
    toMethod(property, methods, project);
  listMethods(connector, methods, project);
}

/** Turns a property into a method, and the members of its type into methods that are named after both. */
function toMethod(property, owner, project) {
  const { declaration } = property.type ?? {};
  if (!declaration?.signatures) return;
  property.kind = ReflectionKind.Method;
  property.signatures = declaration.signatures;
  delete property.type;
  delete property.comment;
  property.flags.setFlag(ReflectionFlag.Readonly, false);
  // Search finds the operation.
  property.relevanceBoost = 0;
  for (const signature of property.signatures) {
    signature.parent = property;
    signature.name = property.name;
  }
  for (const member of declaration.children ?? []) {
    member.name = `${property.name}.${member.name}`;
    member.parent = owner;
    for (const list of [owner.children, owner.childrenIncludingDocuments])
      list.splice(list.indexOf(property) + 1, 0, member);
    toMethod(member, owner, project);
  }
  delete project.reflections[declaration.id];
}

/** Adds the operations to the landing page. */
export function listOperations(project) {
  const items = operationsOf(project).flatMap((target) => [
    text("\n- "),
    { kind: "inline-tag", tag: "@link", text: target.name, target },
    text(`: ${firstSentence(target)}`),
  ]);
  project.readme?.push(text("\n"), ...items);
}

function operationsOf(project) {
  return project.getReflectionsByKind(ReflectionKind.Class).filter(isOperation);
}

/** Replaces the inherited methods of the connector, which have a page of their own, by a table. */
function listMethods(connector, methods, project) {
  for (const child of [...(connector?.children ?? [])]) {
    if (!methods.children.some(({ name }) => name === child.name)) continue;
    // Its members are those of the method that it is inherited from.
    delete child.type;
    project.removeReflection(child);
  }
  const rows = operationsOf(project).flatMap((target) => [
    text("| "),
    {
      kind: "inline-tag",
      tag: "@linkcode",
      text: methodOf(target),
      target: methods.children.find(({ name }) => name === methodOf(target)),
    },
    text(` | ${firstSentence(target)} | `),
    { kind: "inline-tag", tag: "@link", text: target.name, target },
    text(" |\n"),
  ]);
  connector?.comment?.summary.push(
    text("\n\n| method | what it does | operation |\n| --- | --- | --- |\n"),
    ...rows,
  );
}

/** Whether a class is an operation. */
export function isOperation({ kind, children }) {
  return (
    kind === ReflectionKind.Class &&
    ["permissions", "execute"].every((wanted) =>
      children?.some(({ name }) => name === wanted),
    )
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
      kind === "inline-tag" ? words.split(/!|\| /).at(-1) : words,
    )
    .join("")
    .replaceAll("\n", " ")
    .split(/(?<=\.)\s/)[0];
}
