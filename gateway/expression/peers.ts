import { fail } from "./Fault";

/* eslint-disable @typescript-eslint/no-require-imports -- optional peers: only who has an expression that uses one needs it */

/** The library of regular expressions. */
export function loadRe2(): typeof import("re2js") {
  return load({
    user: "a regular expression",
    packages: "re2js",
    require: () => require("re2js") as typeof import("re2js"),
  });
}

/** The library of JSONPath. */
export function loadJsonPath(): typeof import("json-p3") {
  return load({
    user: "#jsonPath",
    packages: "json-p3",
    require: () => require("json-p3") as typeof import("json-p3"),
  });
}

/** The library that reads JSON and keeps its numbers. */
export function loadLosslessJson(): typeof import("lossless-json") {
  return load({
    user: "#jsonPath",
    packages: "lossless-json",
    require: () => require("lossless-json") as typeof import("lossless-json"),
  });
}

/** The libraries of XPath and of XML. */
export function loadXPath(): {
  readonly xpath: unknown;
  readonly dom: unknown;
} {
  return load({
    user: "#xpath",
    packages: "xpath @xmldom/xmldom",
    require: () => ({
      xpath: require("xpath") as unknown,
      dom: require("@xmldom/xmldom") as unknown,
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
