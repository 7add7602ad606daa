import { toOneLine } from "./toOneLine";
import type { Issue } from "../../errors";

/** Removes final periods and whitespace, so that the text can continue. */
export function removeFinalPeriod(text: string): string {
  let end = text.length;
  while (end > 0 && ". \t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Ends text with exactly one punctuation mark, even if it quotes text that already ends with one. */
export function toSentence(text: string): string {
  const trimmed = removeFinalPeriod(text);
  return /[!?\u2026]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** Maximum number of issues in one message. The error's `issues` contains all of them. */
const MAX_ISSUES = 20;

/** Joins the messages of issues into one part of a sentence. */
export function describeIssues(issues: readonly Issue[]): string {
  const messages = issues
    .slice(0, MAX_ISSUES)
    .map(({ message }) => removeFinalPeriod(toOneLine(message)));
  const rest = issues.length - messages.length;
  if (rest > 0) messages.push(`and ${rest} more, see issues`);
  // A question, for example "did you mean region?", ends a sentence.
  return messages.join("; ").replaceAll("?; ", "? ");
}
