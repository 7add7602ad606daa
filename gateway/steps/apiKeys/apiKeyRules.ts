import type { Issue } from "../../../src";
import { isHeaderName, isReservedHeader } from "../../http/headerRules";
import {
  booleanRule,
  findOptionIssues,
  nameRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import type { ApiKeysOptions } from "./ApiKeysOptions";
import { hashApiKey, isApiKey } from "./hashApiKey";

const HASH = /^[\da-f]{64}$/i;

const RULES: OptionRules<ApiKeysOptions> = {
  name: nameRule,
  keys: {
    rule: "array",
    expected: "an array of objects with id, and hash or key",
    accepts: Array.isArray,
    isRequired: true,
  },
  header: {
    rule: "header",
    expected:
      "the name of a header that the gateway does not set itself, such as x-api-key",
    accepts: (value) =>
      typeof value === "string" &&
      isHeaderName(value) &&
      !isReservedHeader(value),
  },
  query: {
    rule: "length",
    expected: "the name of a query parameter, 1 to 100 characters",
    accepts: (value) =>
      typeof value === "string" && value.length >= 1 && value.length <= 100,
  },
  required: booleanRule,
  forward: booleanRule,
};

/** Checks the options, and returns each rule that is broken. The messages contain neither keys nor hashes. */
export function findApiKeyIssues(options: ApiKeysOptions): Issue[] {
  const issues = findOptionIssues<ApiKeysOptions>(options, RULES, {
    operation: "apiKeys",
  });
  const { keys } = (options as Partial<ApiKeysOptions> | null) ?? {};
  return Array.isArray(keys)
    ? [...issues, ...findKeyIssues(keys as readonly unknown[])]
    : issues;
}

function findKeyIssues(keys: readonly unknown[]): Issue[] {
  const indexOf = new Map<string, number>();
  return keys.flatMap((each, index) => {
    const path = `keys[${index}]`;
    const problem = findProblem(each);
    if (problem) {
      const [rule, message] = problem;
      return { path, rule, message: `${path} ${message}` };
    }
    const { hash, key } = each as { hash?: string; key?: string };
    const digest = hash?.toLowerCase() ?? hashApiKey(key ?? "");
    const first = indexOf.get(digest);
    indexOf.set(digest, first ?? index);
    return first === undefined
      ? []
      : {
          path,
          rule: "unique",
          message: `${path} must have another key than keys[${first}]`,
        };
  });
}

/** The rule that a key breaks, and its message. A member's name is not in it: a key could be one by mistake. */
function findProblem(each: unknown): readonly [string, string] | undefined {
  if (typeof each !== "object" || each === null)
    return ["object", "must be an object with id, and hash or key"];
  const { id, hash, key, ...others } = each as Record<string, unknown>;
  if (
    Object.keys(others).length > 0 ||
    (hash === undefined) === (key === undefined)
  )
    return ["members", "must have id, either hash or key, and nothing else"];
  if (!nameRule.accepts(id))
    return ["id", "must have an id, a string of 1 to 100 characters"];
  if (hash !== undefined && !(typeof hash === "string" && HASH.test(hash)))
    return [
      "hash",
      "must have a hash of 64 hexadecimal digits; see hashApiKey",
    ];
  return key === undefined || isApiKey(key)
    ? undefined
    : ["key", "must have a key of 1 to 1,024 visible ASCII characters"];
}
