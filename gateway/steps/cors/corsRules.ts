import type { Issue } from "../../../src";
import { isHeaderName } from "../../http/headerRules";
import {
  booleanRule,
  findOptionIssues,
  integerRule,
  nameRule,
  type OptionRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import type { CorsOptions } from "./CorsOptions";
import { isOrigin } from "./matchOrigin";

const MAX_AGE_SECONDS = 86_400;

const isListOf = (
  value: unknown,
  isItem: (item: unknown) => boolean,
): boolean => Array.isArray(value) && value.every(isItem);

/** A list of tokens, or `*`. */
const tokensRule = (what: string): OptionRule => ({
  rule: "names",
  expected: `"*" or an array of ${what}`,
  accepts: (value) =>
    value === "*" ||
    isListOf(
      value,
      (item) => typeof item === "string" && item !== "*" && isHeaderName(item),
    ),
});

const RULES: OptionRules<CorsOptions> = {
  name: nameRule,
  origins: {
    rule: "origins",
    expected:
      '"*", a function, or an array of regular expressions and of origins without a path, in lower case, such as "https://shop.example"',
    accepts: (origins) =>
      origins === "*" ||
      typeof origins === "function" ||
      isListOf(
        origins,
        (item) =>
          item instanceof RegExp ||
          (typeof item === "string" && isOrigin(item)),
      ),
    isRequired: true,
  },
  methods: tokensRule("methods"),
  headers: tokensRule("header names"),
  exposeHeaders: tokensRule("header names"),
  credentials: booleanRule,
  maxAgeSeconds: integerRule(-1, MAX_AGE_SECONDS),
  privateNetwork: booleanRule,
};

/** Checks the options, and returns each rule that is broken. */
export function findCorsIssues(options: CorsOptions): Issue[] {
  const issues = findOptionIssues<CorsOptions>(options, RULES, {
    operation: "cors",
  });
  const { credentials } = (options as CorsOptions | null) ?? {};
  if (credentials !== true) return issues;
  const open = (["origins", "exposeHeaders"] as const).filter(
    (path) => options[path] === "*",
  );
  return [
    ...issues,
    ...open.map((path) => ({
      path,
      rule: "credentials",
      message: `${path} must not be "*" if credentials is true, because browsers refuse it; list the ${path === "origins" ? "origins" : "headers"}`,
    })),
  ];
}
