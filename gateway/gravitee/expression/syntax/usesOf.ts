import { TemplateError } from "../errors/TemplateError";
import type { Link, Node } from "./Node";

/** The variables and secrets that an expression reads. */
export class Uses {
  /** The properties read from each variable; `undefined` if they are not known before evaluation. */
  readonly variables = new Map<string, Set<string> | undefined>();

  /** The paths read from `#secrets`. */
  readonly secrets = new Set<string>();

  /** Records that a property of a variable is read. Without a property, all of them may be read. */
  note(variable: string, property: string | undefined): void {
    const known = this.variables.get(variable);
    if (property === undefined || (this.variables.has(variable) && !known))
      this.variables.set(variable, undefined);
    else if (known) known.add(property);
    else this.variables.set(variable, new Set([property]));
  }
}

/** Records what an expression reads. */
export function noteUses(node: Node, into: { uses: Uses; text: string }): void {
  const pending: Node[] = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === "path" && next.start.kind === "variable") {
      noteVariable(next.start, { ...into, link: next.links[0] });
      pending.push(...next.links.flatMap(partsOfLink));
    } else if (next.kind === "variable")
      noteVariable(next, { ...into, link: undefined });
    else pending.push(...partsOf(next));
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
      "#secrets must be read with a literal path, for example #secrets.get('/vault/aws:key'), because secrets are looked up before evaluation",
      { text, offset: at },
    );
  uses.secrets.add(path.value);
}

/** The property that a link reads. Undefined if it is not known before evaluation. */
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
