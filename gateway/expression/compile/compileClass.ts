import { TemplateError } from "../TemplateError";
import type { Link, Node } from "../syntax/Node";
import type { Compiling, Run } from "./Frame";

/** `new class(…)`. */
export function compileNew(
  node: Extract<Node, { kind: "new" }>,
  { place }: Compiling,
): Run {
  throw new TemplateError(`there is no class ${node.name}`, {
    text: place.text,
    offset: node.at,
  });
}

/** `T(class).method(…)` and `T(class).CONSTANT`. */
export function compileStatic(
  node: Extract<Node, { kind: "type" }>,
  { compiling }: { link: Link | undefined; compiling: Compiling },
): Run {
  throw new TemplateError(`there is no class ${node.name}`, {
    text: compiling.place.text,
    offset: node.at,
  });
}
