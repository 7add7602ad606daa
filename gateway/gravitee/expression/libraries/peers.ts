import type * as jsonP3 from "json-p3";
import type * as losslessJson from "lossless-json";
import type * as re2js from "re2js";
import { fail } from "../errors/Fault";
import type { XPathLibraries } from "./XPathLibraries";

/* eslint-disable @typescript-eslint/no-require-imports -- optional peers: only who has an expression that uses one needs it */

/** The library of regular expressions. */
export function loadRe2(): typeof re2js {
  return load({
    user: "a regular expression",
    packages: "re2js",
    require: () => require("re2js") as typeof re2js,
  });
}

/** The library of JSONPath. */
export function loadJsonPath(): typeof jsonP3 {
  return load({
    user: "#jsonPath",
    packages: "json-p3",
    require: () => require("json-p3") as typeof jsonP3,
  });
}

/** The library that reads JSON and keeps its numbers. */
export function loadLosslessJson(): typeof losslessJson {
  return load({
    user: "#jsonPath",
    packages: "lossless-json",
    require: () => require("lossless-json") as typeof losslessJson,
  });
}

/** The libraries of XPath and of XML. */
export function loadXPath(): XPathLibraries {
  return load({
    user: "#xpath",
    packages: "xpath @xmldom/xmldom",
    require: () => ({
      xpath: require("xpath") as XPathLibraries["xpath"],
      dom: require("@xmldom/xmldom") as XPathLibraries["dom"],
    }),
  });
}

/** A library that not every installation has. */
interface Peer<Library> {
  /** What needs it. */
  readonly user: string;

  /** What is to be installed. */
  readonly packages: string;

  readonly require: () => Library;
}

function load<Library>({ user, packages, require }: Peer<Library>): Library {
  try {
    return require();
  } catch {
    return fail(
      `${user} needs the package ${packages.replace(" ", " and ")}, which is not there: npm install ${packages}`,
    );
  }
}
