import { JavaObject } from "../values/JavaObject";
import type { Meter } from "../metering/Meter";

/** The state that all nodes of a document share. */
export interface XmlDocument {
  /** The meter of the current evaluation. */
  meter: Meter;

  /** Whether names have namespaces. Otherwise, only the part after the prefix is used. */
  readonly knowsNamespaces: boolean;
}

/** What a node is created from. */
export interface NodeContent {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue?: string | null;
  readonly localName?: string;
  readonly prefix?: string | null;
  readonly namespaceURI?: string | null;
}

const DOCUMENT = 9;
const ATTRIBUTE = 2;
const ELEMENT = 1;

/** An XML node. It counts every access to another node, so that evaluating any XPath is subject to the time limit. */
export class XmlNode extends JavaObject {
  readonly className = "Node";
  readonly nodeType: number;
  readonly nodeName: string;
  readonly localName: string | null;
  readonly prefix: string | null;
  readonly namespaceURI: string | null;

  readonly #value: string | null;
  readonly #document: XmlDocument;
  readonly #parent: XmlNode | null;
  readonly #order: number;
  readonly #children: XmlNode[] = [];
  readonly #attributes: XmlNode[] = [];
  #next: XmlNode | null = null;
  #previous: XmlNode | null = null;

  constructor(
    node: NodeContent,
    at: {
      readonly document: XmlDocument;
      readonly parent: XmlNode | null;
      readonly order: number;
    },
  ) {
    super();
    this.nodeType = node.nodeType;
    this.#value = node.nodeValue ?? null;
    this.localName = node.localName ?? null;
    const { knowsNamespaces } = at.document;
    this.nodeName = knowsNamespaces
      ? node.nodeName
      : localNameOf(node.nodeName);
    this.prefix = (knowsNamespaces ? node.prefix : null) ?? null;
    this.namespaceURI = (knowsNamespaces ? node.namespaceURI : null) ?? null;
    this.#document = at.document;
    this.#parent = at.parent;
    this.#order = at.order;
  }

  /** Appends a node as the last child, or as an attribute. */
  append(node: XmlNode): void {
    if (node.nodeType === ATTRIBUTE) {
      this.#attributes.push(node);
      return;
    }
    const last = this.#children.at(-1) ?? null;
    node.#previous = last;
    if (last) last.#next = node;
    this.#children.push(node);
  }

  get firstChild(): XmlNode | null {
    return this.#count(this.#children[0] ?? null);
  }

  get lastChild(): XmlNode | null {
    return this.#count(this.#children.at(-1) ?? null);
  }

  get nextSibling(): XmlNode | null {
    return this.#count(this.#next);
  }

  get previousSibling(): XmlNode | null {
    return this.#count(this.#previous);
  }

  get parentNode(): XmlNode | null {
    return this.#count(this.nodeType === ATTRIBUTE ? null : this.#parent);
  }

  get ownerElement(): XmlNode | null {
    return this.#count(this.nodeType === ATTRIBUTE ? this.#parent : null);
  }

  get ownerDocument(): XmlNode | null {
    let top = this.#parent;
    for (let next = top; next; next = next.#parent) top = this.#count(next);
    return top;
  }

  get documentElement(): XmlNode | null {
    return (
      this.#children.find((node) => this.#count(node).nodeType === ELEMENT) ??
      null
    );
  }

  get childNodes(): readonly XmlNode[] {
    return this.#count(this.#children);
  }

  get attributes(): {
    readonly length: number;
    item: (at: number) => XmlNode | null;
  } {
    const all = this.#attributes;
    return { length: all.length, item: (at) => this.#count(all[at] ?? null) };
  }

  /** The text of a text node, a comment or an attribute. The library copies it, so its length is counted. */
  get nodeValue(): string | null {
    this.#document.meter.charge(this.#value?.length ?? 0);
    return this.#count(this.#value);
  }

  get data(): string | null {
    return this.nodeValue;
  }

  get value(): string | null {
    return this.nodeValue;
  }

  get target(): string {
    return this.nodeName;
  }

  get name(): string {
    return this.nodeName;
  }

  /** The concatenated text of the node. */
  get textContent(): string {
    if (this.nodeType !== ELEMENT && this.nodeType !== DOCUMENT)
      return this.nodeValue ?? "";
    const { meter } = this.#document;
    let text = "";
    const pending = [...this.#children].reverse();
    for (let node = pending.pop(); node; node = pending.pop()) {
      meter.step();
      if (node.nodeType === 3 || node.nodeType === 4) {
        meter.takeText(node.#value?.length ?? 0);
        text += node.#value ?? "";
      }
      for (let at = node.#children.length - 1; at >= 0; at--) {
        const child = node.#children[at];
        if (child) pending.push(child);
      }
    }
    return text;
  }

  /** Returns 2 if the other node precedes this one in the document, and 4 if it follows, like the DOM method. */
  compareDocumentPosition(other: XmlNode): number {
    this.#count(other);
    if (other.#order === this.#order) return 0;
    return other.#order < this.#order ? 2 : 4;
  }

  /** Returns the concatenated text of the node. */
  toString(): string {
    return this.textContent;
  }

  #count<Result>(result: Result): Result {
    this.#document.meter.step();
    return result;
  }
}

function localNameOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
