import { readEavs, readHeaders, readTokens } from "./readList";
import { readFunctionArn, readRole } from "./readArn";
import {
  not,
  readAnyOf,
  readMatching,
  textIn,
  toNumber,
  type Reader,
} from "./Reading";

/** One reader for each key. The list is what makes a key known; the names are the vendor's, letter for letter. */
export const READERS = {
  region: readMatching(
    /^(?=.{1,63}$)[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/,
    "takes AWS's name of a region, with hyphens, for example eu-central-1",
  ),
  functionARN: readFunctionArn,
  roleARN: readRole,
  externalIdKey: readMatching(
    /^[\w.\-/:]{1,2048}$/,
    "takes the name of a parameter, for example acme/prod/trustKey",
  ),
  sessionName: readMatching(
    /^[\w+=,.@-]{2,64}$/,
    "takes 2 to 64 letters, digits and _ + = , . @ -, without spaces",
  ),
  // STS gives a session for a quarter of an hour at least, and half a day at most.
  expirationDuration: ((given) => {
    const minutes = toNumber(given);
    return Number.isInteger(minutes) && minutes >= 15 && minutes <= 720
      ? { value: minutes * 60 }
      : not("range", "takes a whole number of minutes, 15 to 720");
  }) satisfies Reader<number>,
  // Any other value is request-response: an example of the vendor's has an incorrect one, and is called valid.
  synchronicity: ((given) => {
    const text = textIn(given)?.toLowerCase();
    if (text === undefined) return not("text", "takes a text");
    return { value: text === "event" ? "Event" : "RequestResponse" };
  }) satisfies Reader<"Event" | "RequestResponse">,
  failSafe: ((given) =>
    readAnyOf(given, { true: true, false: false })) satisfies Reader<boolean>,
  timeout: readTimeout,
  // The vendor's words for the same key of another connector: `true` in any case switches it on, every other value off.
  enable_error_set: ((given) => {
    if (typeof given === "boolean") return { value: given };
    const text = textIn(given)?.toLowerCase();
    return text === undefined
      ? not("boolean", "takes true or false")
      : { value: text === "true" };
  }) satisfies Reader<boolean>,
  "require-request-headers": readHeaders,
  "include-request-headers": readHeaders,
  "skip-request-headers": readHeaders,
  "include-response-headers": readHeaders,
  "skip-response-headers": readHeaders,
  "require-eavs": readEavs,
  "include-eavs": readEavs,
  "require-packageKey-eavs": readEavs,
  "include-packageKey-eavs": readEavs,
  "expand-input": readTokens,
  // The vendor's KB are of 1,024 bytes, as 1,024 of them are his 1 MB; above that his connector sends nothing.
  "max-payload-size": ((given) => {
    const size = toNumber(given);
    return size > 0 && size <= 1024
      ? { value: Math.floor(size * 1024) }
      : not("range", "takes a number of KB, above 0 and up to 1024");
  }) satisfies Reader<number>,
  // Without regard to case: the vendor's table has lower case, his examples a capital.
  "max-payload-condition": ((given) =>
    readAnyOf(given, {
      blocking: "blocking",
      filtering: "filtering",
    })) satisfies Reader<"blocking" | "filtering">,
};

/** A key of the vendor's, as he spells it. */
export type Key = keyof typeof READERS;

/** What has been read, by key; absent where it was not given. */
export type Values = {
  [Name in Key]?: Extract<
    ReturnType<(typeof READERS)[Name]>,
    { readonly value: unknown }
  >["value"];
};

/** What a timer can wait for at most, in ms. */
const LONGEST_MS = 2_147_483_647;

function readTimeout(given: unknown): ReturnType<Reader<number>> {
  const ms = toNumber(given);
  if (!Number.isInteger(ms) || ms < 1)
    return not("min", "takes a whole number of milliseconds, 1 or more");
  return ms <= LONGEST_MS
    ? { value: ms }
    : not(
        "max",
        `takes at most ${LONGEST_MS.toLocaleString("en")} milliseconds`,
      );
}
