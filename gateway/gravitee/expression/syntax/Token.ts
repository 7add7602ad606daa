/** A token of an expression. */
export interface Token {
  /** `text` is a string literal. `end` follows the last character of the template. */
  readonly kind: "name" | "text" | "number" | "symbol" | "end";

  /** Source of the token. Of a string literal, its value. */
  readonly text: string;

  /** Offset of its first character. */
  readonly at: number;

  /** Offset after its last character. */
  readonly end: number;
}
