import type * as jsonP3 from "json-p3";
import type * as losslessJson from "lossless-json";
import type * as re2js from "re2js";
import { fail } from "../errors/Fault";
import type { XPathLibrary } from "./XPathLibrary";

/** The optional peer dependencies of the expression language. */
interface Libraries {
  readonly "json-p3": typeof jsonP3;
  readonly "lossless-json": typeof losslessJson;
  readonly re2js: typeof re2js;
  readonly xpath: XPathLibrary;
}

const IMPORTS: { [Name in keyof Libraries]: () => Promise<unknown> } = {
  "json-p3": () => import("json-p3"),
  "lossless-json": () => import("lossless-json"),
  re2js: () => import("re2js"),
  // A CommonJS package.
  xpath: async () => (await import("xpath")).default,
};

/** A part of an expression and the libraries that it requires. */
interface Feature {
  readonly name: string;
  readonly needs: readonly (keyof Libraries)[];
}

const JSON_PATH: Feature = {
  name: "#jsonPath",
  needs: ["json-p3", "lossless-json"],
};

const libraries: Partial<Libraries> = {};

/** Loads the libraries that are installed, before the first expression is parsed: parsing does not wait for anything. */
export async function loadLibraries(): Promise<void> {
  await Promise.all(
    Object.entries(IMPORTS).map(async ([name, load]) => {
      try {
        Object.assign(libraries, { [name]: await load() });
      } catch {
        // Not installed. Expressions that need it are refused.
      }
    }),
  );
}

/** Returns `re2js`, the regular expression engine. */
export function getRe2(): typeof re2js {
  return get("re2js", { name: "a regular expression", needs: ["re2js"] });
}

/** Returns `json-p3`, the JSONPath library. */
export function getJsonPath(): typeof jsonP3 {
  return get("json-p3", JSON_PATH);
}

/** Returns `lossless-json`, which parses JSON without losing digits of its numbers. */
export function getLosslessJson(): typeof losslessJson {
  return get("lossless-json", JSON_PATH);
}

/** Returns `xpath`, the XPath library. */
export function getXPath(): XPathLibrary {
  return get("xpath", { name: "#xpath", needs: ["xpath"] });
}

/** Returns a library. If it is missing, the error names all missing libraries of the feature. */
function get<Name extends keyof Libraries>(
  name: Name,
  feature: Feature,
): Libraries[Name] {
  return libraries[name] ?? failMissing(feature);
}

function failMissing({ name, needs }: Feature): never {
  const missing = needs.filter((each) => !libraries[each]);
  return fail(
    `${name} requires ${missing.join(" and ")}, which could not be loaded; run npm install ${missing.join(" ")}`,
  );
}
