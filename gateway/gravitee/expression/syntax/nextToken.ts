import { TemplateError } from "../errors/TemplateError";
import type { Token } from "./Token";

const WHITESPACE = /\s*/y;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER =
  /0[xX][0-9a-fA-F]+[lL]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[lLfFdD]?/y;
const SYMBOL =
  /&&|\|\||==|!=|<=|>=|\+\+|--|\?:|\?\.|\.\?\[|\.!\[|\.\^\[|\.\$\[|\?\[|!\[|\^\[|\$\[|[-+*/%^!<>=?:.,#@()[\]{}&]/y;

/** Reads the token at an offset, after any whitespace. */
export function nextToken(text: string, offset: number): Token {
  const at = offset + lengthAt(WHITESPACE, text, offset);
  const first = text[at];
  if (first === undefined) return { kind: "end", text: "", at, end: at };
  if (first === "'" || first === '"') return stringAt(text, at);
  for (const [kind, pattern] of KINDS) {
    const length = lengthAt(pattern, text, at);
    if (length > 0)
      return { kind, text: text.slice(at, at + length), at, end: at + length };
  }
  throw new TemplateError(
    `unexpected character ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`,
    { text, offset: at },
  );
}

const KINDS = [
  ["name", NAME],
  ["number", NUMBER],
  ["symbol", SYMBOL],
] as const;

function lengthAt(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Reads a string literal. A quote inside it is doubled. */
function stringAt(text: string, at: number): Token {
  const quote = text[at] ?? "";
  let value = "";
  let from = at + 1;
  for (;;) {
    const to = text.indexOf(quote, from);
    if (to < 0)
      throw new TemplateError(`the string is missing its closing ${quote}`, {
        text,
        offset: at,
      });
    value += text.slice(from, to);
    if (text[to + 1] !== quote)
      return { kind: "text", text: value, at, end: to + 1 };
    value += quote;
    from = to + 2;
  }
}
