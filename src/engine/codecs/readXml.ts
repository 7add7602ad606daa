import { JsonDepthError, MAX_JSON_DEPTH } from "../text/parseJson";

/** A text is not XML, or not the expected document. The message quotes nothing of it, because it can contain secrets. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

/** An XML element without its attributes. */
export interface XmlElement {
  /** Name, with its prefix. */
  readonly name: string;
  /** The text between the child elements. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** An element that is being read. */
interface OpenElement extends XmlElement {
  text: string;
  readonly children: OpenElement[];
}

const SPACE = "[ \\t\\n]";
const NAME = "[A-Za-z_][\\w.:-]*";

/** A start tag, after its `<`: name, attributes, and `/` if it has no content. */
const START_TAG = new RegExp(
  `(${NAME})((?:${SPACE}+${NAME}${SPACE}*=${SPACE}*(?:"[^"<]*"|'[^'<]*'))*)${SPACE}*(/?)>`,
  "y",
);

/** An end tag, after its `</`. */
const END_TAG = new RegExp(`(${NAME})${SPACE}*>`, "y");

/** Parts of a document that are not elements: what they begin with, and end with. */
const SECTIONS = [
  ["<!--", "-->"],
  ["<?", "?>"],
  ["<![CDATA[", "]]>"],
] as const;

/**
 * Reads a small XML document in linear time: elements, text, references, CDATA sections, comments and processing instructions.
 * Document types are refused, as are references to other entities than the five of XML.
 *
 * @returns The root element.
 * @throws {@link XmlError}, or {@link JsonDepthError} if elements are nested too deeply.
 */
export function readXml(text: string): XmlElement {
  // Line breaks of other systems, as XML requires.
  const xml = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const document: OpenElement = { name: "", text: "", children: [] };
  const open = [document];
  let at = xml.startsWith("\uFEFF") ? 1 : 0;
  while (at < xml.length) {
    const parent = open.at(-1) ?? document;
    const tag = xml.indexOf("<", at);
    const end = tag < 0 ? xml.length : tag;
    parent.text += decode(xml.slice(at, end));
    at = tag < 0 ? end : readMarkup(xml, tag, open);
  }
  const [root] = document.children;
  const isComplete = open.length === 1 && document.children.length === 1;
  if (!root || !isComplete || !isBlank(document.text))
    throw new XmlError("it is not exactly one complete element");
  return root;
}

/** Reads what begins at the `<` at `start`, and returns where it ends. */
function readMarkup(xml: string, start: number, open: OpenElement[]): number {
  for (const [first, last] of SECTIONS)
    if (xml.startsWith(first, start)) {
      const from = start + first.length;
      const end = xml.indexOf(last, from);
      if (end < 0) throw new XmlError("it ends within a tag");
      const parent = open.at(-1);
      if (first === "<![CDATA[" && parent) parent.text += xml.slice(from, end);
      return end + last.length;
    }
  return xml[start + 1] === "/"
    ? closeElement(xml, start + 2, open)
    : openElement(xml, start + 1, open);
}

function openElement(xml: string, start: number, open: OpenElement[]): number {
  const [tag, name = "", , slash] = matchAt(START_TAG, xml, start);
  const element: OpenElement = { name, text: "", children: [] };
  open.at(-1)?.children.push(element);
  if (slash === "") open.push(element);
  // The first one is the document.
  if (open.length - 1 > MAX_JSON_DEPTH)
    throw new JsonDepthError(MAX_JSON_DEPTH);
  return start + tag.length;
}

function closeElement(xml: string, start: number, open: OpenElement[]): number {
  const [tag, name] = matchAt(END_TAG, xml, start);
  if (open.length < 2 || open.pop()?.name !== name)
    throw new XmlError("its tags do not match");
  return start + tag.length;
}

function matchAt(pattern: RegExp, xml: string, start: number): RegExpExecArray {
  pattern.lastIndex = start;
  const match = pattern.exec(xml);
  if (!match) throw new XmlError("it has an invalid tag");
  return match;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Replaces references to characters. */
function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([\da-fA-F]{1,6});|#(\d{1,7});|([a-z]{2,4});)?/g,
    (...[, hex, decimal, name]: (string | undefined)[]) => {
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      const character =
        name === undefined ? toCharacter(code) : ENTITIES.get(name);
      if (character === undefined)
        throw new XmlError("it has an invalid reference");
      return character;
    },
  );
}

/** Returns the character with this code point, if XML allows it. */
function toCharacter(code: number): string | undefined {
  const isAllowed =
    (code >= 0x20 && code < 0xd800) ||
    (code >= 0xe000 && code <= 0x10ffff) ||
    code === 0x9 ||
    code === 0xa ||
    code === 0xd;
  return isAllowed ? String.fromCodePoint(code) : undefined;
}

function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

/**
 * Returns the child element with a name. `undefined`: there is none.
 *
 * @throws {@link XmlError} if there are several, or if the element has text of its own.
 */
export function findChild(
  { children, text }: XmlElement,
  name: string,
): XmlElement | undefined {
  const [found, another] = children.filter((child) => child.name === name);
  if (another) throw new XmlError("it has an element twice");
  if (found && !isBlank(text))
    throw new XmlError("it has text between elements");
  return found;
}

/**
 * Returns the text of the child element with a name. `undefined`: there is none.
 *
 * @throws {@link XmlError} if there are several, or if the child has elements.
 */
export function findText(
  element: XmlElement,
  name: string,
): string | undefined {
  const child = findChild(element, name);
  if (!child) return undefined;
  if (child.children.length > 0)
    throw new XmlError("it has elements instead of text");
  // As in the AWS SDK: text that only indents an element is no text.
  return child.text.trim() === "" && child.text.includes("\n")
    ? ""
    : child.text;
}
