import type { Statement } from "../iam/Statement";
import { OptionReader } from "../validation/OptionReader";
import type { LocalCredentials } from "./LocalCredentials";
import type { LocalAwsOptions } from "./LocalAwsOptions";
import {
  readAccount,
  readPermissions,
  type AccountDefinition,
} from "./readAccount";
import {
  accessKeyIdRule,
  accountRule,
  iamNameRule,
  regionRule,
  secretAccessKeyRule,
} from "../validation/rules";

/** Validated options. */
export interface ParsedOptions extends Listeners {
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  readonly accounts: readonly AccountDefinition[];
  readonly credentials: LocalCredentials | undefined;
  readonly users: ReadonlyMap<string, readonly Statement[]>;
  readonly sessionSeconds?: number;
  readonly eventRetrySeconds: readonly number[];
  readonly clock: () => number;

  /** Every problem, one sentence each. */
  readonly problems: string[];
}

/** Reads the options. Collects every problem that can be found without running a function. */
export function readOptions(options: unknown): ParsedOptions {
  const problems: string[] = [];
  const option = new OptionReader({ path: "", value: options, problems });
  if (!option.isObject()) problems.push("the options must be an object");
  option.allowOnly(...KEYS);
  const region = option.at("region").string("eu-central-1", regionRule);
  const accountId = option.at("accountId").string("111122223333", accountRule);
  const sessionSeconds = readSessionSeconds(option.at("sessionSeconds"));
  return {
    port: option.at("port").number(0, { min: 0, max: 65_535, isWhole: true }),
    region,
    accountId,
    accounts: [
      readAccount(option, { id: accountId, region }),
      ...readAccounts(option.at("accounts"), { accountId, region }),
    ],
    credentials: readCredentials(option.at("credentials")),
    users: readUsers(option.at("users")),
    ...(sessionSeconds !== undefined && { sessionSeconds }),
    eventRetrySeconds: readRetries(option.at("eventRetrySeconds")),
    clock: readClock(option.at("clock")),
    ...readListeners(option),
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
  "credentials",
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
  option: OptionReader,
  own: { readonly accountId: string; readonly region: string },
): AccountDefinition[] {
  return option.properties().map(([id, each]) => {
    if (!accountRule.pattern.test(id))
      each.report(`is not ${accountRule.requirement}`);
    if (id === own.accountId)
      each.report(
        "is the caller's account; move its resources to the top level of the options",
      );
    each.allowOnly(...ACCOUNT_KEYS);
    return readAccount(each, { id, region: own.region });
  });
}

/** Both values are needed: one of them with a generated other one could not be written into a configuration. */
function readCredentials(option: OptionReader): LocalCredentials | undefined {
  if (option.isMissing) return undefined;
  option.allowOnly("accessKeyId", "secretAccessKey");
  const [id, secret] = [option.at("accessKeyId"), option.at("secretAccessKey")];
  for (const each of [id, secret])
    if (each.isMissing) each.report("is required");
  const { pattern, requirement } = secretAccessKeyRule;
  const given = typeof secret.value === "string" ? secret.value : "";
  const isSecret = pattern.test(given);
  // Other messages repeat the value.
  if (!secret.isMissing && !isSecret) secret.report(`must be ${requirement}`);
  return {
    accessKeyId: id.string("", accessKeyIdRule),
    secretAccessKey: given,
  };
}

function readUsers(option: OptionReader): Map<string, readonly Statement[]> {
  return new Map(
    option.properties().map(([name, each]) => {
      if (!iamNameRule.pattern.test(name))
        each.report(`is not a valid user name; use ${iamNameRule.requirement}`);
      each.allowOnly("permissions");
      return [name, readPermissions(each.at("permissions"))];
    }),
  );
}

function readSessionSeconds(option: OptionReader): number | undefined {
  const seconds = option.number(undefined, { min: 0, max: 43_200 });
  if (seconds === 0) option.report("must be above 0");
  return seconds;
}

function readRetries(option: OptionReader): readonly number[] {
  if (option.isMissing) return [60, 120];
  const list: readonly unknown[] = Array.isArray(option.value)
    ? option.value
    : [undefined];
  const isValid = list.every(
    (seconds) => typeof seconds === "number" && seconds >= 0 && seconds <= 3600,
  );
  if (isValid && list.length <= 2) return list as number[];
  option.report("must be an array of at most two numbers from 0 to 3600");
  return [];
}

function readClock(option: OptionReader): () => number {
  if (option.isMissing) return Date.now;
  if (typeof option.value === "function") return option.value as () => number;
  option.report("must be a function that returns epoch milliseconds");
  return Date.now;
}

const LISTENERS = ["onRequest", "onOutput"] as const;

type Listeners = Pick<LocalAwsOptions, (typeof LISTENERS)[number]>;

function readListeners(option: OptionReader): Listeners {
  const found = LISTENERS.map((key) => [key, option.at(key)] as const).filter(
    ([, { isMissing: isAbsent }]) => !isAbsent,
  );
  for (const [, listener] of found)
    if (typeof listener.value !== "function")
      listener.report("must be a function");
  return Object.fromEntries(found.map(([key, { value }]) => [key, value]));
}
