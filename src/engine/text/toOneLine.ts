/** Maximum length of quoted text in a message. */
const MAX_LENGTH = 1_000;

/** Puts text on one line and limits its length, so that a message can quote it. */
export function toOneLine(text: string): string {
  const line = text
    .slice(0, MAX_LENGTH)
    .replace(/\s*[\r\n]\s*/g, " ")
    .trim();
  return text.length > MAX_LENGTH ? `${line} …` : line;
}
