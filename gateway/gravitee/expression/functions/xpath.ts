import { Fault, fail } from "../errors/Fault";
import { loadXPath } from "../libraries/peers";
import type { Scope } from "../scope/Scope";
import { nameOf } from "../values/kindOf";
import { Real } from "../values/numbers";
import { toText } from "../values/toText";
import type { Value } from "../values/Value";
import { readXml, type ReadDocument } from "../xml/readXml";
import { toResolver } from "../xml/toResolver";
import { XmlNode, type XmlDocument } from "../xml/XmlNode";
import type { ParsedXPath, XPathOptions } from "../libraries/XPathLibraries";
import type { BuiltIn } from "./BuiltIn";

/** Maximum length of an XPath, in characters. */
const LONGEST = 2000;

const TYPES = [
  "string",
  "boolean",
  "number",
  "node",
  "node_list",
  "document_list",
] as const;

type Type = (typeof TYPES)[number];

/** `#xpath(value, path)` and `#xpath(value, path, type)` read a value from XML with an XPath. */
export const xpath: BuiltIn = {
  least: 2,
  most: 3,
  usage: "#xpath(#lambdaResponse.content, '/stock/level')",
  prepare: ([, path, type]) => {
    loadXPath();
    const constant = typeof path === "string" ? parsePath(path) : undefined;
    // The library builds its tables on its first parse. Do it here, so that it does not count as evaluation time.
    if (!constant) parsePath(".");
    if (type !== undefined) toType(type);
    return ([value = null, path = null, type], { scope, meter }) => {
      const parsed = constant ?? parsePath(toText(path, meter) ?? "");
      const { root, document } = documentOf(value, {
        scope,
        meter,
        knowsNamespaces: type !== undefined,
      });
      document.meter = meter;
      return select(parsed, {
        type: type === undefined ? "string" : toType(type),
        options: {
          node: root,

          namespaces: toResolver(root),
        },
      });
    };
  },
};

function parsePath(path: string): ParsedXPath {
  if (path.length > LONGEST)
    return fail(
      `an XPath must have at most ${LONGEST} characters but has ${path.length}`,
    );
  try {
    return loadXPath().xpath.parse(path);
  } catch {
    return fail("the path is not valid XPath 1.0");
  }
}

function toType(type: Value): Type {
  return (
    TYPES.find((each) => each === type) ??
    fail(`the result type must be one of ${TYPES.join(", ")}`)
  );
}

function select(
  path: ParsedXPath,
  { type, options }: { type: Type; options: XPathOptions },
): Value {
  try {
    switch (type) {
      case "string":
        return path.evaluateString(options);
      case "boolean":
        return path.evaluateBoolean(options);
      case "number":
        return Real.of(toNumber(path, options));
      default: {
        const nodes = path
          .evaluateNodeSet(options)
          .toArray()
          .filter((node) => node instanceof XmlNode);
        return type === "node" ? (nodes[0] ?? null) : nodes;
      }
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail(
      `the XPath could not be evaluated; ${error instanceof Error ? error.message : "unknown error"}`,
    );
  }
}

/** XPath converts an empty node set to NaN; the library returns 0. */
function toNumber(path: ParsedXPath, options: XPathOptions): number {
  const number = path.evaluateNumber(options);
  return number === 0 && path.evaluateString(options).trim() === ""
    ? NaN
    : number;
}

/** The document parsed last in each scope, so that several expressions that read the same string parse it once. */
const last = new WeakMap<Scope, ReadDocument & { readonly text: string }>();

function documentOf(
  value: Value,
  { scope, ...document }: XmlDocument & { readonly scope: Scope },
): ReadDocument {
  if (typeof value !== "string")
    return fail(`cannot read XML from ${nameOf(value)}; pass a string`);
  const known = last.get(scope);
  if (
    known?.text === value &&
    known.document.knowsNamespaces === document.knowsNamespaces
  )
    return known;
  const read = { ...readXml(value, document), text: value };
  last.set(scope, read);
  return read;
}
