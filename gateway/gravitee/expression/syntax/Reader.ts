import { TemplateError } from "../errors/TemplateError";
import { nextToken } from "./nextToken";
import type { Token } from "./Token";

/** How deep parts of an expression may stand in one another. */
const DEEPEST = 100;

/** Reads an expression token by token, one ahead. */
export class Reader {
  readonly #text: string;
  #token: Token;
  #depth = 0;

  /** How many selections and projections are around: in them, a bare name is a property of the element. */
  elements = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#token = nextToken(text, offset);
  }

  /** The token that comes next. */
  get next(): Token {
    return this.#token;
  }

  /** The token behind the next one. */
  get second(): Token {
    return nextToken(this.#text, this.#token.end);
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.#token;
    this.#token = nextToken(this.#text, token.end);
    return token;
  }

  /** Takes the next token without looking at what follows: it may be no expression any more. */
  leave(symbol: string): number {
    if (!this.isAt(symbol)) this.refuse(`expected ${symbol}`);
    return this.#token.end;
  }

  /** Whether that symbol comes next. */
  isAt(symbol: string): boolean {
    return this.#token.kind === "symbol" && this.#token.text === symbol;
  }

  /** Takes that symbol, where it comes next. */
  takeIf(symbol: string): boolean {
    const isThere = this.isAt(symbol);
    if (isThere) this.take();
    return isThere;
  }

  /** Takes that symbol, which has to come next. */
  expect(symbol: string): Token {
    if (!this.isAt(symbol)) this.refuse(`expected ${symbol}`);
    return this.take();
  }

  /** Takes a name, which has to come next. */
  expectName(what: string): Token {
    if (this.#token.kind !== "name") this.refuse(`expected ${what}`);
    return this.take();
  }

  /** Says what was expected in place of the next token. */
  refuse(expected: string): never {
    this.refuseAt(this.#token.at, `${expected}, and there is ${this.#shown()}`);
  }

  /** Refuses what stands at an offset. */
  refuseAt(offset: number, reason: string): never {
    throw new TemplateError(reason, { text: this.#text, offset });
  }

  /** Reads a part that stands in another one. */
  within<Part>(read: () => Part): Part {
    if (++this.#depth > DEEPEST)
      this.refuseAt(
        this.#token.at,
        `parts of an expression stand in one another ${DEEPEST} deep at most`,
      );
    const part = read();
    this.#depth--;
    return part;
  }

  #shown(): string {
    const { kind, text } = this.#token;
    if (kind === "end") return "the end of the text";
    return kind === "text" ? "a text" : text.slice(0, 40);
  }
}
