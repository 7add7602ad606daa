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
  return get("re2js", "a regular expression");
}

/** Returns `json-p3`, the JSONPath library. */
export function getJsonPath(): typeof jsonP3 {
  return get("json-p3", "#jsonPath");
}

/** Returns `lossless-json`, which parses JSON without losing digits of its numbers. */
export function getLosslessJson(): typeof losslessJson {
  return get("lossless-json", "#jsonPath");
}

/** Returns `xpath`, the XPath library. */
export function getXPath(): XPathLibrary {
  return get("xpath", "#xpath");
}

/** Returns a library. `user` is the part of an expression that requires it, for the error message. */
function get<Name extends keyof Libraries>(
  name: Name,
  user: string,
): Libraries[Name] {
  return (
    libraries[name] ??
    fail(
      `${user} requires ${name}, which could not be loaded; run npm install ${name}`,
    )
  );
}
