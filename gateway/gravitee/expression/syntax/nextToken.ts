import { TemplateError } from "../errors/TemplateError";
import type { Token } from "./Token";

const BLANKS = /\s*/y;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER =
  /0[xX][0-9a-fA-F]+[lL]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[lLfFdD]?/y;
const SYMBOL =
  /&&|\|\||==|!=|<=|>=|\+\+|--|\?:|\?\.|\.\?\[|\.!\[|\.\^\[|\.\$\[|\?\[|!\[|\^\[|\$\[|[-+*/%^!<>=?:.,#@()[\]{}&]/y;

/** The token that begins at an offset, or behind the blanks there. */
export function nextToken(text: string, offset: number): Token {
  const at = offset + lengthAt(BLANKS, text, offset);
  const first = text[at];
  if (first === undefined) return { kind: "end", text: "", at, end: at };
  if (first === "'" || first === '"') return textAt(text, at);
  for (const [kind, pattern] of KINDS) {
    const length = lengthAt(pattern, text, at);
    if (length > 0)
      return { kind, text: text.slice(at, at + length), at, end: at + length };
  }
  throw new TemplateError(
    `${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))} has no meaning in an expression`,
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

/** A quoted text; the quote itself stands in it twice. */
function textAt(text: string, at: number): Token {
  const quote = text[at] ?? "";
  let says = "";
  let from = at + 1;
  for (;;) {
    const to = text.indexOf(quote, from);
    if (to < 0)
      throw new TemplateError(
        `the text that begins here has no closing ${quote}`,
        { text, offset: at },
      );
    says += text.slice(from, to);
    if (text[to + 1] !== quote)
      return { kind: "text", text: says, at, end: to + 1 };
    says += quote;
    from = to + 2;
  }
}
