import { Fault, fail, failToRead } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { loadXPath } from "../libraries/peers";
import { toMeteredSource } from "../metering/MeteredSource";
import { XmlNode, type XmlDocument } from "./XmlNode";
import type { DomNode } from "../libraries/XPathLibraries";

/** Maximum nesting depth of elements. */
const DEEPEST = 200;

const ELEMENT = 1;

/** Approximate size of a node, in bytes. */
const NODE_BYTES = 200;

/** Approximate memory needed to replace a reference such as `&amp;`, in bytes. */
const REFERENCE_BYTES = 100;

/** Matches a document type declaration, which can follow processing instructions and comments. */
const DOCUMENT_TYPE =
  /^\uFEFF?\s*(?:<\?[^?]*(?:\?(?!>)[^?]*)*\?>\s*|<!--[^-]*(?:-(?!->)[^-]*)*-->\s*)*<!DOCTYPE/i;

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
  if (DOCUMENT_TYPE.test(text))
    fail("the XML has a document type declaration, which is not supported");
  meter.takeText(text.length);
  // The library replaces all references of a string at once.
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
    return failToRead("the string is not well-formed XML");
  }
}

function copied(dom: DomNode, document: XmlDocument): XmlNode {
  let order = 0;
  const copy = (node: DomNode, parent: XmlNode | null): XmlNode => {
    document.meter.step();
    document.meter.take(NODE_BYTES);
    const nodeCopy = new XmlNode(node, { document, parent, order: order++ });
    parent?.append(nodeCopy);
    const attributes = node.nodeType === ELEMENT ? node.attributes : undefined;
    for (let at = 0; at < (attributes?.length ?? 0); at++) {
      const attribute = attributes?.item(at);
      if (attribute) copy(attribute, nodeCopy);
    }
    return nodeCopy;
  };
  const root = copy(dom, null);
  const pending = [{ next: dom.firstChild, into: root }];
  for (let last = pending.at(-1); last; last = pending.at(-1)) {
    const { next, into } = last;
    if (!next) {
      pending.pop();
      continue;
    }
    last.next = next.nextSibling;
    if (pending.length > DEEPEST)
      fail(
        `the elements of the XML are nested more than ${DEEPEST} levels deep`,
      );
    pending.push({ next: next.firstChild, into: copy(next, into) });
  }
  return root;
}
