/** Words of the word list that a file may contain all the same, with the reason. */
export const ALLOWED_WORDS: readonly {
  readonly file: string;
  readonly phrases: "all" | readonly string[];
  readonly reason: string;
}[] = [
  {
    file: "test/words.test.ts",
    phrases: "all",
    reason: "It contains the word list and its own tests.",
  },
  {
    file: "test/allowedWords.ts",
    phrases: "all",
    reason: "It names the allowed words.",
  },
  {
    file: "test/gateway/boomi/configuration/readLines.test.ts",
    phrases: ["time-out"],
    reason: "A misspelled configuration key.",
  },
  {
    file: "test/gateway/gravitee/expression/methods.test.ts",
    phrases: ["he"],
    reason: "A part of the string 'hello' in expressions.",
  },
];
