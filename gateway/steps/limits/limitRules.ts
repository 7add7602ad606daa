import type { Issue } from "../../../src";
import { isHeaderName } from "../../http/headerRules";
import {
  choiceRule,
  millisecondsRule,
  nameRule,
  type OptionRule,
  type OptionRules,
} from "../../route/options/validateOptions";
import type { LimitOptions } from "./LimitOptions";

const isName = (value: unknown): boolean =>
  typeof value === "string" && value !== "";

/** The rule of `key`. */
export const keyRule: OptionRule = {
  rule: "key",
  expected:
    '"client", "route", "apiKey", { header: name }, { attribute: name } or a function',
  accepts: (key) => {
    if (typeof key === "function") return true;
    if (typeof key !== "object" || key === null)
      return ["client", "route", "apiKey"].includes(key as string);
    const [[name, value] = ["", ""], ...rest] = Object.entries(key);
    if (rest.length > 0) return false;
    return name === "header"
      ? typeof value === "string" && isHeaderName(value)
      : name === "attribute" && isName(value);
  },
};

/** The rules of the options that all limits with a store have. */
export const STORE_RULES: OptionRules<LimitOptions> = {
  name: nameRule,
  store: {
    rule: "store",
    expected: "an object with a charge method",
    accepts: (store) =>
      typeof (store as Partial<Record<string, unknown>> | null)?.["charge"] ===
      "function",
  },
  onStoreFailure: choiceRule(["allow", "refuse"]),
  storeTimeoutMs: millisecondsRule,
};

/** Checks the options for a store together. */
export function findStoreIssues(given: LimitOptions | null): Issue[] {
  const options = given ?? {};
  const { name, store } = options;
  if (store !== undefined)
    return name === undefined
      ? [
          {
            path: "name",
            rule: "required",
            message:
              "name must be set if store is, because a store keeps limits by name",
          },
        ]
      : [];
  return (["onStoreFailure", "storeTimeoutMs"] as const)
    .filter((path) => options[path] !== undefined)
    .map((path) => ({
      path,
      rule: "store",
      message: `${path} is allowed only with store`,
    }));
}
