import type { Statement } from "../iam/Statement";
import { Given } from "../validation/OptionReader";
import type { LocalAwsOptions } from "./LocalAwsOptions";
import {
  readAccount,
  readPermissions,
  type AccountDefinition,
} from "./readAccount";
import { accountRule, iamNameRule, regionRule } from "../validation/rules";

/** Everything that was asked for, read and checked. */
export interface ReadOptions extends Listeners {
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  readonly accounts: readonly AccountDefinition[];
  readonly users: ReadonlyMap<string, readonly Statement[]>;
  readonly sessionSeconds?: number;
  readonly eventRetrySeconds: readonly number[];
  readonly clock: () => number;

  /** Every mistake as a sentence. */
  readonly problems: string[];
}

/** Reads the options, and collects every mistake that can be seen without running anything. */
export function readOptions(options: unknown): ReadOptions {
  const problems: string[] = [];
  const given = new Given({ path: "", value: options, problems });
  if (!given.isRecord()) problems.push("The options must be an object.");
  given.knows(...KEYS);
  const region = given.at("region").text("eu-central-1", regionRule);
  const accountId = given.at("accountId").text("111122223333", accountRule);
  const sessionSeconds = readSessionSeconds(given.at("sessionSeconds"));
  return {
    port: given.at("port").number(0, { min: 0, max: 65_535, isWhole: true }),
    region,
    accountId,
    accounts: [
      readAccount(given, { id: accountId, region }),
      ...readAccounts(given.at("accounts"), { accountId, region }),
    ],
    users: readUsers(given.at("users")),
    ...(sessionSeconds !== undefined && { sessionSeconds }),
    eventRetrySeconds: readRetries(given.at("eventRetrySeconds")),
    clock: readClock(given.at("clock")),
    ...readListeners(given),
    problems,
  };
}

const KEYS = [
  "port",
  "region",
  "accountId",
  "functions",
  "parameters",
  "roles",
  "trustAnchors",
  "profiles",
  "users",
  "accounts",
  "sessionSeconds",
  "eventRetrySeconds",
  "clock",
  "onRequest",
  "onOutput",
];

const ACCOUNT_KEYS = [
  "functions",
  "parameters",
  "roles",
  "trustAnchors",
  "profiles",
];

function readAccounts(
  given: Given,
  own: { readonly accountId: string; readonly region: string },
): AccountDefinition[] {
  return given.entries().map(([id, each]) => {
    if (!accountRule.pattern.test(id))
      each.complain(`is no account; ${accountRule.meaning}`);
    if (id === own.accountId)
      each.complain(
        "is the caller's own account; what it holds belongs into the options themselves",
      );
    each.knows(...ACCOUNT_KEYS);
    return readAccount(each, { id, region: own.region });
  });
}

function readUsers(given: Given): Map<string, readonly Statement[]> {
  return new Map(
    given.entries().map(([name, each]) => {
      if (!iamNameRule.pattern.test(name))
        each.complain(`is no user name; ${iamNameRule.meaning}`);
      each.knows("permissions");
      return [name, readPermissions(each.at("permissions"))];
    }),
  );
}

function readSessionSeconds(given: Given): number | undefined {
  const seconds = given.number(undefined, { min: 0, max: 43_200 });
  if (seconds === 0) given.complain("must be above 0");
  return seconds;
}

function readRetries(given: Given): readonly number[] {
  if (given.isAbsent) return [60, 120];
  const list: readonly unknown[] = Array.isArray(given.value)
    ? given.value
    : [undefined];
  const isInOrder = list.every(
    (seconds) => typeof seconds === "number" && seconds >= 0 && seconds <= 3600,
  );
  if (isInOrder && list.length <= 2) return list as number[];
  given.complain("must be a list of at most two numbers from 0 to 3600");
  return [];
}

function readClock(given: Given): () => number {
  if (given.isAbsent) return Date.now;
  if (typeof given.value === "function") return given.value as () => number;
  given.complain("must be a function that returns epoch milliseconds");
  return Date.now;
}

const LISTENERS = ["onRequest", "onOutput"] as const;

type Listeners = Pick<LocalAwsOptions, (typeof LISTENERS)[number]>;

function readListeners(given: Given): Listeners {
  const found = LISTENERS.map((key) => [key, given.at(key)] as const).filter(
    ([, { isAbsent }]) => !isAbsent,
  );
  for (const [, listener] of found)
    if (typeof listener.value !== "function")
      listener.complain("must be a function");
  return Object.fromEntries(found.map(([key, { value }]) => [key, value]));
}
