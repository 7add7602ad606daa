import { Fault, fail, failToRead } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { loadXPath } from "../libraries/peers";
import { toMeteredSource } from "../metering/MeteredSource";
import { XmlNode, type XmlDocument } from "./XmlNode";
import type { DomNode } from "../libraries/XPathLibraries";

/** How deep the elements of a document may stand in one another. */
const DEEPEST = 200;

const ELEMENT = 1;

/** What a node takes, about, in bytes. */
const NODE_BYTES = 200;

/** What a reference such as `&amp;` takes, about, in bytes. */
const REFERENCE_BYTES = 100;

/** A document type stands before the root, behind instructions and comments. */
const DOCUMENT_TYPE =
  /^\uFEFF?\s*(?:<\?[^?]*(?:\?(?!>)[^?]*)*\?>\s*|<!--[^-]*(?:-(?!->)[^-]*)*-->\s*)*<!DOCTYPE/i;

/** A document that has been read, and what its nodes count with. */
export interface ReadDocument {
  readonly root: XmlNode;
  readonly document: XmlDocument;
}

/** Reads a text as XML, without a document type: no entity is looked up, none grows. */
export function readXml(
  text: string,
  { meter, knowsNamespaces }: XmlDocument,
): ReadDocument {
  if (DOCUMENT_TYPE.test(text))
    fail("the XML has a document type, which is not read");
  meter.takeText(text.length);
  // The library replaces all references of a text at once.
  meter.take(REFERENCE_BYTES * (text.match(/&/g)?.length ?? 0));
  const dom = parse(text, meter);
  const document = { meter, knowsNamespaces };
  return { root: copied(dom, document), document };
}

function parse(text: string, meter: Meter): DomNode {
  const { DOMParser } = loadXPath().dom;
  const parser = new DOMParser({
    locator: false,
    onError: (level, message) => {
      if (level !== "warning") failToRead(message);
    },
    normalizeLineEndings: (source) =>
      toMeteredSource(source.replace(/\r\n?/g, "\n"), meter),
  });
  try {
    return parser.parseFromString(text, "text/xml");
  } catch (error) {
    meter.checkWork();
    if (error instanceof Fault) throw error;
    return failToRead("the text is no XML that is well-formed");
  }
}

function copied(dom: DomNode, document: XmlDocument): XmlNode {
  let order = 0;
  const copy = (node: DomNode, parent: XmlNode | null): XmlNode => {
    document.meter.step();
    document.meter.take(NODE_BYTES);
    const made = new XmlNode(node, { document, parent, order: order++ });
    parent?.append(made);
    const attributes = node.nodeType === ELEMENT ? node.attributes : undefined;
    for (let at = 0; at < (attributes?.length ?? 0); at++) {
      const attribute = attributes?.item(at);
      if (attribute) copy(attribute, made);
    }
    return made;
  };
  const root = copy(dom, null);
  const open = [{ next: dom.firstChild, into: root }];
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const { next, into } = last;
    if (!next) {
      open.pop();
      continue;
    }
    last.next = next.nextSibling;
    if (open.length > DEEPEST)
      fail(
        `the elements of the XML stand in one another more than ${DEEPEST} deep`,
      );
    open.push({ next: next.firstChild, into: copy(next, into) });
  }
  return root;
}
