import { toOneLine } from "./toOneLine";
import type { Issue } from "../../errors";

/** A text as a part of a sentence: whatever end it had is taken off. */
export function withoutFinalPeriod(text: string): string {
  let end = text.length;
  while (end > 0 && ". \t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A text as a sentence: it ends once, however the words of somebody else that it closes with have ended. */
export function toSentence(text: string): string {
  const bare = withoutFinalPeriod(text);
  return /[!?\u2026]$/.test(bare) ? bare : `${bare}.`;
}

/** Most broken rules that one message tells; the error's `issues` has them all. */
const MOST_TOLD = 20;

/** What has been found, for one sentence. */
export function describeIssues(issues: readonly Issue[]): string {
  const told = issues
    .slice(0, MOST_TOLD)
    .map(({ message }) => withoutFinalPeriod(toOneLine(message)));
  const more = issues.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more, in issues`] : [])].join(
    "; ",
  );
}
