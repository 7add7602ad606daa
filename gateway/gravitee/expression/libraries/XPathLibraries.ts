/** The parts of `xpath` and `@xmldom/xmldom` that are used. Their own types depend on the DOM types of TypeScript. */
export interface XPathLibraries {
  readonly xpath: {
    parse(expression: string): ParsedXPath;
  };
  readonly dom: {
    readonly DOMParser: new (options: {
      readonly locator: boolean;
      readonly onError: (level: string, message: string) => void;
      readonly normalizeLineEndings: (text: string) => string;
    }) => { parseFromString(text: string, type: string): DomNode };
  };
}

/** A parsed XPath. */
export interface ParsedXPath {
  evaluateString(options: XPathOptions): string;
  evaluateNumber(options: XPathOptions): number;
  evaluateBoolean(options: XPathOptions): boolean;
  evaluateNodeSet(options: XPathOptions): { toArray(): unknown[] };
}

/** What an XPath is evaluated against. */
export interface XPathOptions {
  readonly node: unknown;
  readonly namespaces: (prefix: string) => string | null;
}

/** A node created by `@xmldom/xmldom`. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly localName?: string | null;
  readonly prefix?: string | null;
  readonly namespaceURI?: string | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly attributes?: {
    readonly length: number;
    item(at: number): DomNode | null;
  } | null;
}
