// What TypeDoc shows of the code and no reader means: taken out, or said in the reader's words.
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
  for (const variable of project.getReflectionsByKind(ReflectionKind.Variable))
    delete variable.defaultValue;
  for (const { comment } of Object.values(project.reflections))
    for (const { content } of [
      { content: comment?.summary ?? [] },
      ...(comment?.blockTags ?? []),
    ])
      content.forEach(nameOnly);
}

/** A class's constructor that takes nothing says nothing: entities and requests are plain objects as well. */
function dropEmptyConstructor(constructor, project) {
  if (
    constructor.parent?.kindOf(ReflectionKind.Class) &&
    constructor.signatures?.every(({ parameters }) => !parameters?.length)
  )
    project.removeReflection(constructor);
}

/** `util.inspect` calls it; nobody else does. */
function dropPrinting(method, project) {
  if (method.name === "[custom]") project.removeReflection(method);
}

/** A list of arguments that is taken apart at once has no name in the code, but its members have. */
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

/** `operations!ListFunctions` says to TypeDoc where a name stands; a reader is shown the name. */
function nameOnly(part) {
  const name = /^\w+!(\w+)$/.exec(part.text)?.[1];
  if (part.kind !== "inline-tag" || name === undefined) return;
  part.text += ` | ${name}`;
  // Where a file imports the namespace, TypeScript takes its name for the whole of the link.
  delete part.target;
  delete part.tsLinkText;
}
