import { TemplateError } from "../errors/TemplateError";
import type { Link, Node } from "./Node";

/** What an expression reads of its surroundings. */
export class Uses {
  /** The properties that are read of each variable; `undefined` where that cannot be told. */
  readonly variables = new Map<string, Set<string> | undefined>();

  /** The paths that are asked of `#secrets`. */
  readonly secrets = new Set<string>();

  /** Notes that a property of a variable is read; without one, all of them may be. */
  note(variable: string, property: string | undefined): void {
    const known = this.variables.get(variable);
    if (property === undefined || (this.variables.has(variable) && !known))
      this.variables.set(variable, undefined);
    else if (known) known.add(property);
    else this.variables.set(variable, new Set([property]));
  }
}

/** Notes what an expression reads. */
export function noteUses(node: Node, into: { uses: Uses; text: string }): void {
  const open: Node[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === "path" && next.start.kind === "variable") {
      noteVariable(next.start, { ...into, link: next.links[0] });
      open.push(...next.links.flatMap(partsOfLink));
    } else if (next.kind === "variable")
      noteVariable(next, { ...into, link: undefined });
    else open.push(...partsOf(next));
  }
}

function noteVariable(
  { name, at }: Extract<Node, { kind: "variable" }>,
  { uses, text, link }: { uses: Uses; text: string; link: Link | undefined },
): void {
  if (name !== "secrets") {
    uses.note(name, propertyOf(link));
    return;
  }
  const [path] =
    link?.kind === "method" && link.name === "get" ? link.args : [];
  if (path?.kind !== "literal" || typeof path.value !== "string")
    throw new TemplateError(
      "#secrets is asked with a path that stands there, for example #secrets.get('/vault/aws:key'): it is looked up before",
      { text, offset: at },
    );
  uses.secrets.add(path.value);
}

/** Which property a link reads. Absent: that cannot be told. */
function propertyOf(link: Link | undefined): string | undefined {
  if (link?.kind === "property") return link.name;
  if (link?.kind === "index" && link.index.kind === "literal") {
    const { value } = link.index;
    return typeof value === "string" ? value : undefined;
  }
  const getter =
    link?.kind === "method" ? /^(?:get|is)([A-Z])(.*)$/.exec(link.name) : null;
  return getter
    ? `${(getter[1] ?? "").toLowerCase()}${getter[2] ?? ""}`
    : undefined;
}

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "call":
    case "new":
      return node.args;
    case "path":
      return [node.start, ...node.links.flatMap(partsOfLink)];
    case "row":
      return [node.first, ...node.rest.map(({ right }) => right)];
    case "all":
    case "any":
      return node.parts;
    case "unary":
      return [node.of];
    case "ternary":
      return [node.test, node.yes, node.no];
    case "elvis":
      return [node.value, node.otherwise];
    case "list":
      return node.items;
    case "map":
      return node.entries.flat();
    default:
      return [];
  }
}

function partsOfLink(link: Link): readonly Node[] {
  switch (link.kind) {
    case "method":
      return link.args;
    case "index":
      return [link.index];
    case "select":
      return [link.test];
    case "project":
      return [link.each];
    default:
      return [];
  }
}
