import { compile } from "./compile/compile";
import { readExpression } from "./syntax/readExpression";
import { Reader } from "./syntax/Reader";
import { noteUses, Uses } from "./syntax/usesOf";
import { Template, type Part } from "./Template";
import { TemplateError } from "./errors/TemplateError";

/**
 * How a text is read.
 *
 * @category Gateway
 */
export interface TemplateOptions {
  /**
   * What happens to the value of an expression that stands in a longer text: `json` makes it fit to stand in a text of
   * JSON, `none` puts it in as it is. Absent: `none`.
   */
  readonly escape?: "none" | "json" | undefined;
}

/** The longest text, in characters. */
const LONGEST = 1024 * 1024;

/** The longest expression in it. */
const LONGEST_EXPRESSION = 64 * 1024;

/** A brace opens an expression where one of these stands behind it, after blanks or at once. */
const OPENING = /\{\s*[#(T]/g;

/**
 * Parses a text with expressions in it. A brace before `#`, `(` or `T` opens an expression, blanks between them do not
 * count; all else stands for itself, so that JSON needs nothing special.
 *
 * @param text - For example `{ "sku": "{#request.params['sku']}" }`.
 * @param options - How it is read.
 * @throws TemplateError where an expression cannot be read; it says where, and what was expected.
 *
 * @example
 * const template = parseTemplate("level {#jsonPath(#lambdaResponse.content, '$.level')}");
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
      `a text has ${LONGEST} characters at most, and this has ${text.length}`,
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
      `an expression has ${LONGEST_EXPRESSION} characters at most`,
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

/** Says how a brace that opens no expression is written, where it may not be meant to. */
function withAdvice<Result>(
  text: string,
  opening: number,
  read: () => Result,
): Result {
  try {
    return read();
  } catch (error) {
    const behind = text.slice(opening + 1).trimStart();
    if (!(error instanceof TemplateError) || !/^T(?!\s*\()/.test(behind))
      throw error;
    throw new TemplateError(
      `${error.reason}; a brace before T, # or ( opens an expression, and one that is meant as text is written {('{')}`,
      { text, offset: error.offset },
    );
  }
}
