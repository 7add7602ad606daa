/** Longest text of somebody else's that a message takes in. */
const MOST = 1_000;

/** A text as a message takes it in: on one line, and of bounded length. */
export function toOneLine(text: string): string {
  const line = text
    .slice(0, MOST)
    .replace(/\s*[\r\n]\s*/g, " ")
    .trim();
  return text.length > MOST ? `${line} …` : line;
}
