// Removes or rewrites what TypeDoc shows but readers don't need.
import { ParameterReflection, ReflectionFlag, ReflectionKind } from "typedoc";

/** @param {import("typedoc").ProjectReflection} project */
export function tidy(project) {
  for (const constructor of project.getReflectionsByKind(
    ReflectionKind.Constructor,
  ))
    dropEmptyConstructor(constructor, project);
  for (const method of project.getReflectionsByKind(ReflectionKind.Method))
    dropPrinting(method, project);
  for (const signature of project.getReflectionsByKind(
    ReflectionKind.SomeSignature,
  ))
    spellOut(signature, project);
  for (const { comment } of Object.values(project.reflections))
    comment?.blockTags.sort((a, b) => rankOf(a) - rankOf(b));
  for (const variable of project.getReflectionsByKind(ReflectionKind.Variable))
    delete variable.defaultValue;
  for (const { comment } of Object.values(project.reflections))
    for (const { content } of [
      { content: comment?.summary ?? [] },
      ...(comment?.blockTags ?? []),
    ])
      content.forEach(nameOnly);
}

/** Order of the tags on a page. Tags with the same rank keep their order. */
const TAGS = [
  "@typeParam",
  "@param",
  "@returns",
  "@example",
  "@throws",
  "@see",
];

function rankOf({ tag }) {
  return TAGS.indexOf(tag);
}

/** Removes constructors without parameters: entities and requests can be plain objects as well. */
function dropEmptyConstructor(constructor, project) {
  if (
    constructor.parent?.kindOf(ReflectionKind.Class) &&
    constructor.signatures?.every(({ parameters }) => !parameters?.length)
  )
    project.removeReflection(constructor);
}

/** Removes the method that only `util.inspect` calls. */
function dropPrinting(method, project) {
  if (method.name === "[custom]") project.removeReflection(method);
}

/** Replaces a destructured argument list, which has no name, by its named elements. */
function spellOut(signature, project) {
  const [list] = signature.parameters ?? [];
  if (list?.name !== "__namedParameters" || list.type?.type !== "tuple") return;
  const { elements } = list.type;
  project.removeReflection(list);
  signature.parameters = elements.map(({ name, element, isOptional }) => {
    const parameter = new ParameterReflection(
      name,
      ReflectionKind.Parameter,
      signature,
    );
    parameter.type = element;
    parameter.setFlag(ReflectionFlag.Optional, isOptional);
    project.registerReflection(parameter, undefined, undefined);
    return parameter;
  });
}

/** Shows `operations!ListFunctions` as `ListFunctions`. */
function nameOnly(part) {
  const name = /^\w+!(\w+)$/.exec(part.text)?.[1];
  if (part.kind !== "inline-tag" || name === undefined) return;
  part.text += ` | ${name}`;
  // If a file imports the namespace, TypeScript resolves the link to the namespace.
  delete part.target;
  delete part.tsLinkText;
}
