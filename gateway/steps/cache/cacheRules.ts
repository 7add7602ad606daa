import type { Issue } from "../../../src";
import { isHeaderName, isReservedHeader } from "../../http/headerRules";
import {
  choiceRule,
  findOptionIssues,
  functionRule,
  integerRule,
  nameRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import type { CacheOptions } from "./CacheOptions";

export const DEFAULT_MAX_BYTES = 67_108_864;

export const DEFAULT_MAX_ENTRY_BYTES = 1_048_576;

/** One year, in milliseconds. */
const MAX_TTL_MS = 31_536_000_000;

const isName = (value: unknown): boolean =>
  typeof value === "string" && isHeaderName(value);

const RULES: OptionRules<CacheOptions> = {
  name: nameRule,
  ttlMs: integerRule(0, MAX_TTL_MS),
  key: functionRule,
  vary: {
    rule: "names",
    expected: "an array of header names",
    accepts: (value) =>
      Array.isArray(value) &&
      value.every((name) => name !== "*" && isName(name)),
  },
  methods: {
    rule: "names",
    expected: "an array of at least one method",
    accepts: (value) =>
      Array.isArray(value) && value.length > 0 && value.every(isName),
  },
  maxBytes: integerRule(1, Number.MAX_SAFE_INTEGER),
  maxEntryBytes: integerRule(1, Number.MAX_SAFE_INTEGER),
  clientDirectives: choiceRule(["ignore", "honor"]),
  statusHeader: {
    rule: "header",
    expected: "the name of a header that the gateway does not set itself",
    accepts: (value) => isName(value) && !isReservedHeader(String(value)),
  },
};

/** Checks the options, and returns each rule that is broken. */
export function findCacheIssues(options: CacheOptions): Issue[] {
  const issues = findOptionIssues<CacheOptions>(options, RULES, {
    operation: "cache",
  });
  if (issues.length > 0) return issues;
  const { methods = [], key, maxBytes = DEFAULT_MAX_BYTES } = options;
  const { maxEntryBytes = Math.min(DEFAULT_MAX_ENTRY_BYTES, maxBytes) } =
    options;
  if (maxEntryBytes > maxBytes)
    issues.push({
      path: "maxEntryBytes",
      rule: "range",
      message: "maxEntryBytes must be at most maxBytes",
    });
  if (!key && methods.some((each) => each !== "GET" && each !== "HEAD"))
    issues.push({
      path: "key",
      rule: "required",
      message:
        "key must be a function if methods has others than GET and HEAD, whose responses can depend on the body",
    });
  return issues;
}
