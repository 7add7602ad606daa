import { UnsendableError } from "./applyChange";
import type { Change, Reply, Verdict } from "./Step";

type Members = readonly string[];

const REPLY = [
  "status",
  "statusText",
  "headers",
  "body",
] satisfies (keyof Reply)[];

const CHANGE = [
  "dropHeaders",
  "setHeaders",
  "body",
  "status",
  "method",
  "url",
  "target",
] satisfies (keyof Change)[];

const VERDICT: Readonly<Record<string, Members>> = {
  change: CHANGE,
  stop: REPLY,
  answer: REPLY,
};

/**
 * A step's verdict, if it is one: what is written in another way may have been meant to stop, and lets nothing pass.
 *
 * @throws {@link UnsendableError} naming the member that nobody knows.
 */
export function readVerdict(given: unknown): Verdict {
  // A step in JavaScript may answer null where it has nothing to say.
  if (given === undefined || given === null) return undefined;
  const said = membersOf("a verdict", given, Object.keys(VERDICT));
  if (said.length > 1)
    throw new UnsendableError(
      `a verdict has ${said.map(([name]) => name).join(" and ")}: give one of them`,
    );
  for (const [name, value] of said) membersOf(name, value, VERDICT[name] ?? []);
  return given as Verdict;
}

function membersOf(
  what: string,
  given: unknown,
  known: Members,
): [string, unknown][] {
  const takes = `${what} takes an object with ${known.join(", ")}`;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new UnsendableError(takes);
  const members = Object.entries(given).filter(([, value]) => value != null);
  const [slip] = members.find(([name]) => !known.includes(name)) ?? [];
  if (slip !== undefined)
    throw new UnsendableError(`${takes}, and has no ${slip}`);
  return members;
}
