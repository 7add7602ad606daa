import type * as jsonP3 from "json-p3";
import type * as losslessJson from "lossless-json";
import type * as re2js from "re2js";
import { fail } from "../errors/Fault";
import type { XPathLibrary } from "./XPathLibrary";

/* eslint-disable @typescript-eslint/no-require-imports -- optional peer dependencies, loaded when an expression needs them */

/** Loads `re2js`, the regular expression engine. */
export function loadRe2(): typeof re2js {
  return load({
    user: "a regular expression",
    name: "re2js",
    require: () => require("re2js") as typeof re2js,
  });
}

/** Loads `json-p3`, the JSONPath library. */
export function loadJsonPath(): typeof jsonP3 {
  return load({
    user: "#jsonPath",
    name: "json-p3",
    require: () => require("json-p3") as typeof jsonP3,
  });
}

/** Loads `lossless-json`, which parses JSON without losing digits of its numbers. */
export function loadLosslessJson(): typeof losslessJson {
  return load({
    user: "#jsonPath",
    name: "lossless-json",
    require: () => require("lossless-json") as typeof losslessJson,
  });
}

/** Loads `xpath`, the XPath library. */
export function loadXPath(): XPathLibrary {
  return load({
    user: "#xpath",
    name: "xpath",
    require: () => require("xpath") as XPathLibrary,
  });
}

/** An optional peer dependency. */
interface Peer<Library> {
  /** The part of an expression that requires it, for the error message. */
  readonly user: string;

  /** The package to install. */
  readonly name: string;

  readonly require: () => Library;
}

function load<Library>({ user, name, require }: Peer<Library>): Library {
  try {
    return require();
  } catch {
    return fail(
      `${user} requires ${name}, which could not be loaded; run npm install ${name}`,
    );
  }
}
