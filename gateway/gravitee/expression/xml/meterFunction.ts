import { getXPath } from "../libraries/peers";
import type {
  XPathContext,
  XPathExpression,
  XPathValue,
} from "../libraries/XPathLibrary";
import type { Meter } from "../metering/Meter";
import { indexIn } from "../metering/search";
import { chargeNumber } from "./chargeNumber";
import { isNodeSet } from "./replacePath";

/** Steps of any call. */
const CALL = 256;

/** Steps per character of the functions that build their result character by character. */
const PER_CHARACTER: ReadonlyMap<string, number> = new Map([
  ["normalize-space", 64],
  ["translate", 128],
]);

/** The functions of one string that read the context node if they have no argument. */
const OF_CONTEXT = new Set(["string-length", "normalize-space"]);

/** The functions whose arguments are strings, with the number of these. */
const ON_STRINGS: ReadonlyMap<string, number> = new Map([
  ["concat", Infinity],
  ["starts-with", 2],
  ["contains", 2],
  ["substring-before", 2],
  ["substring-after", 2],
  ["substring", 1],
  ["string-length", 1],
  ["normalize-space", 1],
  ["translate", 3],
]);

/** Patches a function call so that it counts its arguments before the function runs. */
export function meterFunction(call: XPathExpression, now: () => Meter): void {
  const run = call.evaluate.bind(call);
  const { arguments: args = [], functionName: name = "" } = call;
  call.evaluate = (context) => {
    const meter = now();
    meter.charge(CALL);
    if (name === "number" && args.length === 0)
      chargeNumber(toSet(context.contextNode).stringValue(), meter);
    const values = valuesOf(args, { name, context });
    const texts = values.map((value, at) => toText(value, at, name));
    chargeArguments(texts, { name, meter });
    const found = search(texts, { name, meter });
    if (found) return found;
    call.arguments = texts;
    try {
      return run(context);
    } finally {
      call.arguments = args;
    }
  };
}

function valuesOf(
  args: readonly XPathExpression[],
  { name, context }: { name: string; context: XPathContext },
): XPathValue[] {
  if (args.length > 0 || !OF_CONTEXT.has(name))
    return args.map((arg) => arg.evaluate(context));
  return [toSet(context.contextNode)];
}

function toSet(node: unknown): XPathValue {
  const { XNodeSet } = getXPath();
  const set = new XNodeSet();
  set.nodes = [node];
  set.size = 1;
  return set;
}

/** Converts a set of nodes once, if the function would convert it to a string. */
function toText(value: XPathValue, at: number, name: string): XPathValue {
  const { XString } = getXPath();
  return at < (ON_STRINGS.get(name) ?? 0) && isNodeSet(value)
    ? new XString(value.stringValue())
    : value;
}

function chargeArguments(
  values: readonly XPathValue[],
  { name, meter }: { name: string; meter: Meter },
): void {
  const { XString } = getXPath();
  const perCharacter = PER_CHARACTER.get(name) ?? 1;
  for (const value of values)
    if (isNodeSet(value))
      for (const node of value.nodes) {
        meter.step();
        if (name === "sum") chargeNumber(value.stringForNode(node), meter);
      }
    else if (value instanceof XString) {
      const text = value.stringValue();
      meter.takeText(text.length);
      meter.charge(perCharacter * text.length);
      if (!ON_STRINGS.has(name)) chargeNumber(text, meter);
    }
}

/** The result of a function that searches, in time proportional to the length of the string. */
function search(
  [first, second, ...others]: readonly XPathValue[],
  { name, meter }: { name: string; meter: Meter },
): XPathValue | undefined {
  if (!first || !second || others.length > 0) return undefined;
  if (!["contains", "substring-before", "substring-after"].includes(name))
    return undefined;
  const { XString, XBoolean } = getXPath();
  const [text, part] = [first.stringValue(), second.stringValue()];
  const at = indexIn(text, { part, from: 0 }, meter);
  if (name === "contains") return new XBoolean(at >= 0);
  if (at < 0) return new XString("");
  return new XString(
    name === "substring-before"
      ? text.slice(0, at)
      : text.slice(at + part.length),
  );
}
