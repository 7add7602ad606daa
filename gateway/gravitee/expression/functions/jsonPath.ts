import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { readJson, type JsonDocument } from "../json/JsonDocument";
import { JsonPath } from "../json/JsonPath";
import { toDocument } from "../json/toDocument";
import { getJsonPath, getLosslessJson } from "../libraries/peers";
import { toText } from "../values/toText";
import type { Scope } from "../scope/Scope";
import type { Value } from "../values/Value";
import type { BuiltIn } from "./BuiltIn";

/** `#jsonPath(value, path)` reads a value from JSON with a JSONPath. */
export const jsonPath: BuiltIn = {
  least: 2,
  most: 2,
  usage: "#jsonPath(#lambdaResponse.content, '$.level')",
  prepare: ([, literal]) => {
    getJsonPath();
    getLosslessJson();
    const constant =
      typeof literal === "string" ? new JsonPath(literal) : undefined;
    return ([value = null, path = null], { scope, meter }) => {
      const compiled = constant ?? toPath(toText(path, meter) ?? "", meter);
      return compiled.read(documentOf(value, { scope, meter }), meter);
    };
  },
};

/** The document parsed last in each scope, so that several expressions that read the same string parse it once. */
const last = new WeakMap<
  Scope,
  { readonly text: string; readonly document: JsonDocument }
>();

function documentOf(
  value: Value,
  { scope, meter }: { scope: Scope; meter: Meter },
): JsonDocument {
  if (value === null) return fail("cannot read JSON from null");
  if (typeof value !== "string") return toDocument(value, meter);
  const known = last.get(scope);
  if (known?.text === value) return known.document;
  const document = readJson(value, meter);
  last.set(scope, { text: value, document });
  return document;
}

/** Recently compiled non-literal paths, the most recently used last. */
const recent = new Map<string, JsonPath>();
const MOST_RECENT = 100;

/** Steps of parsing a character of a path. */
const PARSING = 4_000;

function toPath(text: string, meter: Meter): JsonPath {
  let path = recent.get(text);
  if (!path) {
    meter.charge(PARSING * Math.min(text.length, 2_000));
    path = new JsonPath(text);
  }
  recent.delete(text);
  recent.set(text, path);
  const [oldest] = recent.keys();
  if (recent.size > MOST_RECENT && oldest !== undefined) recent.delete(oldest);
  return path;
}
