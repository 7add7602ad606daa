import { findClosestName } from "./validation/findClosestName";
import { LocalAwsError } from "./validation/LocalAwsError";

/** Names that promises, `JSON.stringify` and assertion libraries look up in any object. */
const PROBED = new Set([
  "asymmetricMatch",
  "hasAttribute",
  "inspect",
  "length",
  "nodeType",
  "tagName",
  "then",
  "toJSON",
  "_isMockFunction",
]);

/**
 * Returns a copy of an object in which reading an unknown name throws. `undefined` would be ignored
 * where it is passed: a client with `credentials: undefined` uses the machine's own credentials.
 *
 * @param what - The path of the object, for the message.
 */
export function rejectUnknownNames<Value>(
  values: Readonly<Record<string, Value>>,
  what: string,
): Readonly<Record<string, Value>> {
  return new Proxy(
    { ...values },
    {
      get(target, name) {
        if (typeof name === "string" && isUnknown(name, target))
          throw new LocalAwsError([describe(name, what, Object.keys(values))]);
        return Reflect.get(target, name) as unknown;
      },
    },
  );
}

/** Names with other characters, such as `$$typeof`, belong to no resource. */
function isUnknown(name: string, target: object): boolean {
  return !(name in target) && !PROBED.has(name) && /^[\w+=,.@-]+$/.test(name);
}

function describe(
  name: string,
  what: string,
  known: readonly string[],
): string {
  const suggestion = findClosestName(name, known);
  const names =
    known.length > 0 ? `the names are ${known.join(", ")}` : "there are none";
  return `${what} has no ${name}; ${suggestion === undefined ? "" : `did you mean ${suggestion}? `}${names}`;
}
