import { TemplateError } from "../errors/TemplateError";
import { nextToken } from "./nextToken";
import type { Token } from "./Token";

/** Maximum nesting depth of an expression. */
const DEEPEST = 100;

/** Reads an expression token by token, with one token of lookahead. */
export class Reader {
  readonly #text: string;
  #token: Token;
  #depth = 0;

  /** Number of enclosing selections and projections. Inside one, a bare name is a property of the element. */
  elements = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#token = nextToken(text, offset);
  }

  /** The next token. */
  get next(): Token {
    return this.#token;
  }

  /** The token after the next one. */
  get second(): Token {
    return nextToken(this.#text, this.#token.end);
  }

  /** Consumes the next token. */
  take(): Token {
    const token = this.#token;
    this.#token = nextToken(this.#text, token.end);
    return token;
  }

  /** Consumes the closing symbol without tokenizing what follows, which may be literal text. Returns the end offset. */
  leave(symbol: string): number {
    if (!this.isAt(symbol)) this.refuse(`expected "${symbol}"`);
    return this.#token.end;
  }

  /** Whether the next token is the given symbol. */
  isAt(symbol: string): boolean {
    return this.#token.kind === "symbol" && this.#token.text === symbol;
  }

  /** Consumes the next token if it is the given symbol. */
  takeIf(symbol: string): boolean {
    const isNext = this.isAt(symbol);
    if (isNext) this.take();
    return isNext;
  }

  /**
   * Consumes the next token, which must be the given symbol.
   *
   * @throws TemplateError when it is another token.
   */
  expect(symbol: string): Token {
    if (!this.isAt(symbol)) this.refuse(`expected "${symbol}"`);
    return this.take();
  }

  /**
   * Consumes the next token, which must be a name.
   *
   * @throws TemplateError when it is another token.
   */
  expectName(what: string): Token {
    if (this.#token.kind !== "name") this.refuse(`expected ${what}`);
    return this.take();
  }

  /** Fails at the next token, and reports what was expected instead of it. */
  refuse(expected: string): never {
    this.refuseAt(this.#token.at, `${expected} but found ${this.#shown()}`);
  }

  /** Fails at an offset. */
  refuseAt(offset: number, reason: string): never {
    throw new TemplateError(reason, { text: this.#text, offset });
  }

  /** Reads a nested part, and limits the nesting depth. */
  within<Part>(read: () => Part): Part {
    if (++this.#depth > DEEPEST)
      this.refuseAt(
        this.#token.at,
        `an expression must be nested at most ${DEEPEST} levels deep`,
      );
    const part = read();
    this.#depth--;
    return part;
  }

  #shown(): string {
    const { kind, text } = this.#token;
    if (kind === "end") return "the end of the template";
    return kind === "text" ? "a string" : `"${text.slice(0, 40)}"`;
  }
}
