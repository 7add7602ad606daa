import { isPlainObject } from "../../../src/internal";
import type { Change } from "./Change";
import type { Refusal } from "./Refusal";
import type { StepResponse } from "./StepResponse";
import { UnsendableError } from "./UnsendableError";
import type { Verdict } from "./Verdict";

const RESPONSE_MEMBERS = [
  "status",
  "statusText",
  "headers",
  "body",
] satisfies (keyof StepResponse)[];

const CHANGE_MEMBERS = [
  "dropHeaders",
  "setHeaders",
  "body",
  "status",
  "method",
  "url",
  "target",
] satisfies (keyof Change)[];

const REFUSAL_MEMBERS = [
  "status",
  "headers",
  "reason",
] satisfies (keyof Refusal)[];

const MEMBERS_OF: Readonly<Record<string, readonly string[]>> = {
  change: CHANGE_MEMBERS,
  originResponse: RESPONSE_MEMBERS,
  respond: RESPONSE_MEMBERS,
  refuse: REFUSAL_MEMBERS,
};

/**
 * Checks a step's verdict. An unknown member is an error rather than ignored: a misspelt `respond` must not let a request pass.
 *
 * @throws {@link UnsendableError} naming the member.
 */
export function readVerdict(verdict: unknown): Verdict {
  // JavaScript steps may return null.
  if (verdict === undefined || verdict === null) return undefined;
  const members = membersOf("a verdict", verdict, Object.keys(MEMBERS_OF));
  // `{ respond: undefined }` is meant to stop the exchange, so it must not let it pass.
  const empty = ["respond", "originResponse", "refuse"].find((name) =>
    Object.hasOwn(Object(verdict) as object, name),
  );
  if (members.length === 0 && empty !== undefined)
    throw new UnsendableError(`${empty} must be an object`);
  if (members.length > 1)
    throw new UnsendableError(
      `a verdict must have only one member, not ${members.map(([name]) => name).join(" and ")}`,
    );
  for (const [name, value] of members)
    membersOf(name, value, MEMBERS_OF[name] ?? []);
  return verdict as Verdict;
}

function membersOf(
  what: string,
  value: unknown,
  known: readonly string[],
): [string, unknown][] {
  const rule = `${what} must be an object with ${known.join(", ")}`;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UnsendableError(rule);
  const members = Object.entries(value).filter(([, member]) => member != null);
  const [unknown] = members.find(([name]) => !known.includes(name)) ?? [];
  if (unknown !== undefined)
    throw new UnsendableError(`${rule}, not ${unknown}`);
  // A `Response`, a `Map` or an `Error` has no members of its own, and would let the request pass.
  if (members.length === 0 && !isPlainObject(value))
    throw new UnsendableError(rule);
  return members;
}
