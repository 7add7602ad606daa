import { compile } from "./compile/compile";
import { readExpression } from "./syntax/readExpression";
import { Reader } from "./syntax/Reader";
import { noteUses, Uses } from "./syntax/usesOf";
import { Template, type Part } from "./Template";
import { TemplateError } from "./errors/TemplateError";

/**
 * Options of {@link parseTemplate}.
 *
 * @category Gateway
 */
export interface TemplateOptions {
  /**
   * How to escape the value of an expression that is part of a longer template: `json` escapes it for use inside a JSON
   * string, `none` inserts it unchanged. Optional; defaults to `none`.
   */
  readonly escape?: "none" | "json" | undefined;
}

/** Maximum length of a template, in characters. */
const LONGEST = 1024 * 1024;

/** Maximum length of an expression, in characters. */
const LONGEST_EXPRESSION = 64 * 1024;

/** A brace starts an expression if one of these characters follows, with or without whitespace between. */
const OPENING = /\{\s*[#(T]/g;

/**
 * Parses a template: text with expressions in braces. A brace followed by `#`, `(` or `T`, with or without whitespace
 * between, starts an expression. All other text is literal, so JSON needs no escaping.
 *
 * @param text - The template, for example `{ "sku": "{#request.params['sku']}" }`.
 * @param options - How values are escaped.
 * @throws TemplateError when an expression is not valid; it reports the position and what was expected.
 *
 * @example
 * const template = parseTemplate(
 *   "level {#jsonPath(#lambdaResponse.content, '$.level')}",
 * );
 * const scope = { variables: { lambdaResponse: { content: '{"level":5}' } } };
 * console.log(template.toText(scope)); // level 5
 *
 * @category Gateway
 */
export function parseTemplate(
  text: string,
  options: TemplateOptions = {},
): Template {
  if (text.length > LONGEST)
    throw new TemplateError(
      `a template must have at most ${LONGEST} characters but has ${text.length}`,
      { text, offset: LONGEST },
    );
  const parts: (string | Part)[] = [];
  const uses = new Uses();
  let from = 0;
  for (;;) {
    OPENING.lastIndex = from;
    const opening = OPENING.exec(text)?.index;
    if (opening === undefined) break;
    if (opening > from) parts.push(text.slice(from, opening));
    const part = readPart(text, opening, uses);
    parts.push(part);
    from = part.end;
  }
  if (from < text.length) parts.push(text.slice(from));
  return new Template(text, { parts, uses, escape: options.escape ?? "none" });
}

function readPart(text: string, opening: number, uses: Uses): Part {
  const reader = new Reader(text, opening + 1);
  const node = withAdvice(text, opening, () => readExpression(reader));
  const end = withAdvice(text, opening, () => reader.leave("}"));
  if (end - opening > LONGEST_EXPRESSION)
    throw new TemplateError(
      `an expression must have at most ${LONGEST_EXPRESSION} characters`,
      { text, offset: opening },
    );
  noteUses(node, { uses, text });
  return {
    run: compile(node, { text }),
    expression: text.slice(opening + 1, end - 1).trim(),
    offset: opening,
    end,
  };
}

/** Explains how to write a literal brace when a brace may have started an expression by accident. */
function withAdvice<Result>(
  text: string,
  opening: number,
  read: () => Result,
): Result {
  try {
    return read();
  } catch (error) {
    const following = text.slice(opening + 1).trimStart();
    if (!(error instanceof TemplateError) || !/^T(?!\s*\()/.test(following))
      throw error;
    throw new TemplateError(
      `${error.reason}. A brace followed by T, # or ( starts an expression; write {('{')} for a literal brace`,
      { text, offset: error.offset },
    );
  }
}
