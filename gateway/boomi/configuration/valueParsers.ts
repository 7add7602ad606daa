import { parseEavNames, parseHeaderNames, parseExpandInput } from "./parseList";
import { parseFunctionArn, parseRoleArn } from "./parseArn";
import {
  invalid,
  parseOneOf,
  createPatternParser,
  toTrimmedString,
  toNumber,
  type ValueParser,
} from "./ValueParser";
import { formatNumber } from "../../../src/internal";

/** One parser for each key. Keys that are not in this list are unknown; the names are exactly Boomi's. */
export const VALUE_PARSERS = {
  region: createPatternParser(
    /^(?=.{1,63}$)[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/,
    "must be an AWS region, for example eu-central-1",
  ),
  functionARN: parseFunctionArn,
  roleARN: parseRoleArn,
  externalIdKey: createPatternParser(
    /^[\w.\-/:]{1,2048}$/,
    "must be the name of a parameter, for example acme/prod/trustKey",
  ),
  sessionName: createPatternParser(
    /^[\w+=,.@-]{2,64}$/,
    "must be 2 to 64 letters, digits and _ + = , . @ -",
  ),
  // The limits of STS.
  expirationDuration: ((given) => {
    const minutes = toNumber(given);
    return Number.isInteger(minutes) && minutes >= 15 && minutes <= 720
      ? { value: minutes * 60 }
      : invalid("range", "must be an integer from 15 to 720, in minutes");
  }) satisfies ValueParser<number>,
  // Any other value means request-response: one of Boomi's examples has an incorrect value and is called valid.
  synchronicity: ((given) => {
    const text = toTrimmedString(given)?.toLowerCase();
    if (text === undefined) return invalid("string", "must be a string");
    return { value: text === "event" ? "Event" : "RequestResponse" };
  }) satisfies ValueParser<"Event" | "RequestResponse">,
  failSafe: ((given) =>
    parseOneOf(given, {
      true: true,
      false: false,
    })) satisfies ValueParser<boolean>,
  timeout: parseTimeout,
  // As Boomi documents the same key of another connector: `true`, ignoring case, enables it; every other value disables it.
  enable_error_set: ((given) => {
    if (typeof given === "boolean") return { value: given };
    const text = toTrimmedString(given)?.toLowerCase();
    return text === undefined
      ? invalid("boolean", "must be true or false")
      : { value: text === "true" };
  }) satisfies ValueParser<boolean>,
  "require-request-headers": parseHeaderNames,
  "include-request-headers": parseHeaderNames,
  "skip-request-headers": parseHeaderNames,
  "include-response-headers": parseHeaderNames,
  "skip-response-headers": parseHeaderNames,
  "require-eavs": parseEavNames,
  "include-eavs": parseEavNames,
  "require-packageKey-eavs": parseEavNames,
  "include-packageKey-eavs": parseEavNames,
  "expand-input": parseExpandInput,
  // A KB has 1,024 bytes, because Boomi calls 1,024 of them 1 MB. Boomi's connector sends nothing larger.
  "max-payload-size": ((given) => {
    const size = toNumber(given);
    return size > 0 && size <= 1024
      ? { value: Math.floor(size * 1024) }
      : invalid("range", "must be a number above 0 and at most 1024, in KB");
  }) satisfies ValueParser<number>,
  // Case is ignored: Boomi's table has lower case, its examples are capitalized.
  "max-payload-condition": ((given) =>
    parseOneOf(given, {
      blocking: "blocking",
      filtering: "filtering",
    })) satisfies ValueParser<"blocking" | "filtering">,
};

/** A configuration key, as Boomi spells it. */
export type ConfigurationKey = keyof typeof VALUE_PARSERS;

/** The parsed values of the keys that were given. */
export type ConfigurationValues = {
  [Name in ConfigurationKey]?: Extract<
    ReturnType<(typeof VALUE_PARSERS)[Name]>,
    { readonly value: unknown }
  >["value"];
};

/** The longest delay of a Node.js timer. */
const MAX_TIMEOUT_MS = 2_147_483_647;

function parseTimeout(given: unknown): ReturnType<ValueParser<number>> {
  const ms = toNumber(given);
  if (!Number.isInteger(ms) || ms < 1)
    return invalid("min", "must be an integer of at least 1, in milliseconds");
  return ms <= MAX_TIMEOUT_MS
    ? { value: ms }
    : invalid(
        "max",
        `must be at most ${formatNumber(MAX_TIMEOUT_MS)}, in milliseconds`,
      );
}
