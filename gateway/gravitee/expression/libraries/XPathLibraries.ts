/** As much of the libraries of XPath and XML as is used; their own types would bring in all of a browser's. */
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

/** An expression that has been parsed. */
export interface ParsedXPath {
  evaluateString(options: XPathOptions): string;
  evaluateNumber(options: XPathOptions): number;
  evaluateBoolean(options: XPathOptions): boolean;
  evaluateNodeSet(options: XPathOptions): { toArray(): unknown[] };
}

/** What an expression is evaluated over. */
export interface XPathOptions {
  readonly node: unknown;
  readonly namespaces: (prefix: string) => string | null;
}

/** A node as the library of XML makes it. */
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
