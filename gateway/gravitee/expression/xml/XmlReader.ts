import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { readName, type XmlName } from "./names";
import { refuse } from "./refuse";
import { normalizeLines, replaceReferences } from "./readText";

/** An attribute, as it is written. */
export interface XmlAttribute {
  readonly name: XmlName;
  readonly value: string;
}

/** What an {@link XmlReader} reports, in document order. */
export interface XmlHandler {
  openElement(name: XmlName, attributes: readonly XmlAttribute[]): void;
  closeElement(): void;
  text(text: string): void;
  cdata(text: string): void;
  comment(text: string): void;
  instruction(target: string, text: string): void;
}

/** Characters that XML does not allow. */
// eslint-disable-next-line no-control-regex -- they are what it looks for
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;

const DECLARATION =
  /<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/y;

const WHITESPACE = /[ \t\n\r]*/y;
const DOCUMENT_TYPE = /<!DOCTYPE/iy;

/** Steps per character of all searches in a document, each of which looks at a character at most once. */
const PER_CHARACTER = 4;

/** Steps of reading an element, an attribute, a text, a comment or an instruction. */
const NODE = 512;

/**
 * Reads XML 1.0 without document type declarations, from left to right, in time proportional to its length.
 *
 * @throws UnreadableFault when it is not well-formed, and Fault when it exceeds a limit.
 */
export class XmlReader {
  readonly #text: string;
  readonly #meter: Meter;
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #at = 0;
  #hasRoot = false;

  constructor(
    text: string,
    { meter, handler }: { meter: Meter; handler: XmlHandler },
  ) {
    meter.takeText(text.length);
    meter.charge(PER_CHARACTER * text.length);
    this.#text = normalizeLines(text, meter);
    this.#meter = meter;
    this.#handler = handler;
  }

  /** Reads the document. */
  read(): void {
    if (FORBIDDEN.test(this.#text)) refuse();
    DECLARATION.lastIndex = 0;
    if (DECLARATION.test(this.#text)) this.#at = DECLARATION.lastIndex;
    while (this.#at < this.#text.length) {
      this.#meter.charge(NODE);
      if (this.#text[this.#at] === "<") this.#readMarkup();
      else this.#readText();
    }
    if (!this.#hasRoot || this.#open.length > 0) refuse();
  }

  #readText(): void {
    const raw = this.#until("<", this.#at);
    if (this.#open.length === 0) {
      if (/[^ \t\n\r]/.test(raw)) refuse();
      return;
    }
    if (raw.includes("]]>")) refuse();
    this.#handler.text(replaceReferences(raw, this.#meter));
  }

  #readMarkup(): void {
    const at = this.#at;
    if (this.#text.startsWith("</", at)) this.#readEnd();
    else if (this.#text.startsWith("<!--", at)) this.#readComment();
    else if (this.#text.startsWith("<![CDATA[", at)) this.#readCdata();
    else if (this.#text.startsWith("<?", at)) this.#readInstruction();
    else {
      DOCUMENT_TYPE.lastIndex = at;
      if (!this.#hasRoot && DOCUMENT_TYPE.test(this.#text))
        fail("the XML has a document type declaration, which is not supported");
      this.#readStart();
    }
  }

  #readStart(): void {
    if (this.#open.length === 0 && this.#hasRoot) refuse();
    this.#hasRoot = true;
    this.#at++;
    const name = this.#readName();
    const attributes = this.#readAttributes();
    const isEmpty = this.#text[this.#at] === "/";
    if (isEmpty) this.#at++;
    this.#expect(">");
    this.#handler.openElement(name, attributes);
    if (isEmpty) this.#handler.closeElement();
    else this.#open.push(name.text);
  }

  #readAttributes(): XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    const names = new Set<string>();
    while (this.#skip() > 0) {
      const name = readName(this.#text, this.#at);
      if (!name) break;
      this.#meter.charge(NODE);
      this.#at += name.text.length;
      if (names.has(name.text)) refuse();
      names.add(name.text);
      this.#skip();
      this.#expect("=");
      this.#skip();
      attributes.push({ name, value: this.#readValue() });
    }
    return attributes;
  }

  #readValue(): string {
    const quote = this.#text[this.#at] ?? "";
    if (quote !== '"' && quote !== "'") refuse();
    const raw = this.#until(quote, this.#at + 1);
    this.#expect(quote);
    if (raw.includes("<")) refuse();
    return replaceReferences(raw.replace(/[\t\n]/g, " "), this.#meter);
  }

  #readEnd(): void {
    this.#at += 2;
    const { text } = this.#readName();
    if (this.#open.pop() !== text) refuse();
    this.#skip();
    this.#expect(">");
    this.#handler.closeElement();
  }

  #readComment(): void {
    const text = this.#until("--", this.#at + 4);
    this.#at += 2;
    this.#expect(">");
    this.#handler.comment(text);
  }

  #readCdata(): void {
    if (this.#open.length === 0) refuse();
    const text = this.#until("]]>", this.#at + 9);
    this.#at += 3;
    if (text !== "") this.#handler.cdata(text);
  }

  #readInstruction(): void {
    this.#at += 2;
    const { text: target, prefix } = this.#readName();
    if (prefix !== null || target.toLowerCase() === "xml") refuse();
    const skipped = this.#skip();
    const text = this.#until("?>", this.#at);
    if (skipped === 0 && text !== "") refuse();
    this.#at += 2;
    this.#handler.instruction(target, text);
  }

  /** Reads up to a string, which must follow. If it is the start of markup, the end of the document may follow instead. */
  #until(end: string, from: number): string {
    let at = this.#text.indexOf(end, from);
    if (at < 0) at = end === "<" ? this.#text.length : refuse();
    this.#at = at;
    return this.#text.slice(from, at);
  }

  #readName(): XmlName {
    const name = readName(this.#text, this.#at) ?? refuse();
    this.#at += name.text.length;
    return name;
  }

  /** Skips whitespace, and returns its length. */
  #skip(): number {
    const from = this.#at;
    WHITESPACE.lastIndex = from;
    WHITESPACE.exec(this.#text);
    this.#at = WHITESPACE.lastIndex;
    return this.#at - from;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) refuse();
    this.#at++;
  }
}
