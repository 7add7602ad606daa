/** A piece of an expression. */
export interface Token {
  /** `end` stands behind the last character of the text. */
  readonly kind: "name" | "text" | "number" | "symbol" | "end";

  /** As it is written; of a text, what it says. */
  readonly text: string;

  /** Where it begins. */
  readonly at: number;

  /** Where the next one may begin. */
  readonly end: number;
}
