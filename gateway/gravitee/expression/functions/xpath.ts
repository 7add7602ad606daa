import { Fault, fail } from "../errors/Fault";
import { getXPath } from "../libraries/peers";
import type { Scope } from "../scope/Scope";
import { nameOf } from "../values/kindOf";
import { Real } from "../values/numbers";
import { toText } from "../values/toText";
import type { Value } from "../values/Value";
import { readXml, type ReadDocument } from "../xml/readXml";
import { toResolver } from "../xml/toResolver";
import { XmlNode, type XmlDocument } from "../xml/XmlNode";
import type { ParsedXPath, XPathOptions } from "../libraries/XPathLibrary";
import type { Meter } from "../metering/Meter";
import { chargeNumber } from "../xml/chargeNumber";
import { MeteredXPath } from "../xml/MeteredXPath";
import type { BuiltIn } from "./BuiltIn";

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
    getXPath();
    const constant =
      typeof path === "string" ? new MeteredXPath(path) : undefined;
    // The library builds its tables on its first parse. Do it here, so that it does not count as evaluation time.
    if (!constant) new MeteredXPath(".");
    if (type !== undefined) toType(type);
    return ([value = null, path = null, type], { scope, meter }) => {
      const parsed = constant ?? toPath(toText(path, meter) ?? "", meter);
      const { root, document } = documentOf(value, {
        scope,
        meter,
        knowsNamespaces: type !== undefined,
      });
      document.meter = meter;
      return select(parsed, {
        type: type === undefined ? "string" : toType(type),
        options: { node: root, namespaces: toResolver(root), meter },
      });
    };
  },
};

function toType(type: Value): Type {
  return (
    TYPES.find((each) => each === type) ??
    fail(`the result type must be one of ${TYPES.join(", ")}`)
  );
}

/** Steps of parsing a character of an XPath. */
const PARSING = 4_000;

function toPath(text: string, meter: Meter): MeteredXPath {
  meter.charge(PARSING * Math.min(text.length, 2_000));
  return new MeteredXPath(text);
}

function select(
  path: MeteredXPath,
  {
    type,
    options,
  }: { type: Type; options: XPathOptions & { readonly meter: Meter } },
): Value {
  try {
    return path.evaluate(options, (parsed, given) =>
      convert(parsed, { type, options: { ...given, meter: options.meter } }),
    );
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail(
      `the XPath could not be evaluated; ${error instanceof Error ? error.message : "unknown error"}`,
    );
  }
}

function convert(
  parsed: ParsedXPath,
  {
    type,
    options,
  }: { type: Type; options: XPathOptions & { readonly meter: Meter } },
): Value {
  switch (type) {
    case "string":
      return parsed.evaluateString(options);
    case "boolean":
      return parsed.evaluateBoolean(options);
    case "number":
      return Real.of(toNumber(parsed, options));
    default: {
      const nodes = parsed
        .evaluateNodeSet(options)
        .toArray()
        .filter((node) => node instanceof XmlNode);
      return type === "node" ? (nodes[0] ?? null) : nodes;
    }
  }
}

/** XPath converts an empty node set to NaN; the library returns 0. */
function toNumber(
  path: ParsedXPath,
  { meter, ...options }: XPathOptions & { readonly meter: Meter },
): number {
  const text = path.evaluateString(options);
  chargeNumber(text, meter);
  const number = path.evaluateNumber(options);
  return number === 0 && text.trim() === "" ? NaN : number;
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
