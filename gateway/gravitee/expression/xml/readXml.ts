import { fail } from "../errors/Fault";
import { Namespaces, XMLNS } from "./Namespaces";
import type { XmlName } from "./names";
import { refuse } from "./refuse";
import { XmlNode, type NodeContent, type XmlDocument } from "./XmlNode";
import { XmlReader, type XmlAttribute, type XmlHandler } from "./XmlReader";

/** Maximum nesting depth of elements. */
const DEEPEST = 200;

/** Approximate size of a node, in bytes. */
const NODE_BYTES = 200;

/** A parsed document, and the state that its nodes share. */
export interface ReadDocument {
  readonly root: XmlNode;
  readonly document: XmlDocument;
}

/**
 * Parses XML. Document type declarations are rejected, so that no external entity is loaded and no entity is expanded.
 */
export function readXml(
  text: string,
  { meter, knowsNamespaces }: XmlDocument,
): ReadDocument {
  const document = { meter, knowsNamespaces };
  const handler = new TreeBuilder(document);
  new XmlReader(text, { meter, handler }).read();
  return { root: handler.root, document };
}

/** Creates the nodes of a document. */
class TreeBuilder implements XmlHandler {
  readonly root: XmlNode;
  readonly #document: XmlDocument;
  readonly #open: { readonly node: XmlNode; readonly inside: Namespaces }[];
  #order = 0;

  constructor(document: XmlDocument) {
    this.#document = document;
    this.root = this.#create({ nodeType: 9, nodeName: "#document" }, null);
    this.#open = [{ node: this.root, inside: new Namespaces(new Map()) }];
  }

  openElement(name: XmlName, attributes: readonly XmlAttribute[]): void {
    if (this.#open.length > DEEPEST)
      fail(
        `the elements of the XML are nested more than ${DEEPEST} levels deep`,
      );
    const inside = this.#inner.inside.with(declared(attributes));
    const uri = this.#uriOf(inside, name.prefix ?? "");
    const node = this.#append(named(1, name, { uri, value: null }));
    for (const attribute of attributes)
      node.append(this.#toAttribute(attribute, { node, inside }));
    this.#open.push({ node, inside });
  }

  closeElement(): void {
    this.#open.pop();
  }

  text(text: string): void {
    this.#append({ nodeType: 3, nodeName: "#text", nodeValue: text });
  }

  cdata(text: string): void {
    this.#append({ nodeType: 4, nodeName: "#cdata-section", nodeValue: text });
  }

  comment(text: string): void {
    this.#append({ nodeType: 8, nodeName: "#comment", nodeValue: text });
  }

  instruction(target: string, text: string): void {
    this.#append({ nodeType: 7, nodeName: target, nodeValue: text });
  }

  get #inner(): { readonly node: XmlNode; readonly inside: Namespaces } {
    return this.#open.at(-1) ?? refuse();
  }

  #toAttribute(
    { name, value }: XmlAttribute,
    { node, inside }: { readonly node: XmlNode; readonly inside: Namespaces },
  ): XmlNode {
    const isDeclaration = name.text === "xmlns";
    const uri =
      name.prefix === null
        ? isDeclaration
          ? XMLNS
          : null
        : this.#uriOf(inside, name.prefix);
    return this.#create(named(2, name, { uri, value }), node);
  }

  /** The namespace of a prefix. Null without one, or if namespaces are ignored. */
  #uriOf(inside: Namespaces, prefix: string): string | null {
    if (!this.#document.knowsNamespaces) return null;
    const uri = inside.uriOf(prefix);
    if (uri === undefined && prefix !== "") refuse();
    return uri === undefined || uri === "" ? null : uri;
  }

  #append(content: NodeContent): XmlNode {
    const { node: parent } = this.#inner;
    const node = this.#create(content, parent);
    parent.append(node);
    return node;
  }

  #create(content: NodeContent, parent: XmlNode | null): XmlNode {
    this.#document.meter.step();
    this.#document.meter.take(NODE_BYTES);
    return new XmlNode(content, {
      document: this.#document,
      parent,
      order: this.#order++,
    });
  }
}

function named(
  nodeType: number,
  { text, prefix, local }: XmlName,
  {
    uri,
    value,
  }: { readonly uri: string | null; readonly value: string | null },
): NodeContent {
  return {
    nodeType,
    nodeName: text,
    nodeValue: value,
    prefix,
    localName: local,
    namespaceURI: uri,
  };
}

/** The namespaces that attributes declare, by prefix. */
function declared(
  attributes: readonly XmlAttribute[],
): ReadonlyMap<string, string> {
  const uris = new Map<string, string>();
  for (const { name, value } of attributes)
    if (name.text === "xmlns") uris.set("", value);
    else if (name.prefix === "xmlns") uris.set(name.local, value);
  return uris;
}
