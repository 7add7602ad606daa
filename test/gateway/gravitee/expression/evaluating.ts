import { EvaluationError } from "../../../../gateway/gravitee/expression/errors/EvaluationError";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import { TemplateError } from "../../../../gateway/gravitee/expression/errors/TemplateError";

export type Variables = Record<string, unknown>;

/** Longer than an evaluation has, for a machine that is busy with other things. */
const bounds = { timeoutMs: 5000 };

/** The text that comes of a template. */
export function textOf(text: string, variables: Variables = {}): string | null {
  return parseTemplate(text).toText({ variables, bounds });
}

/** The text that comes of one expression, without its braces. */
export function valueOf(
  expression: string,
  variables: Variables = {},
): string | null {
  return textOf(`{(${expression})}`, variables);
}

/** How a text is refused when it is parsed. */
export function refusalOf(text: string): TemplateError {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

/** How one expression fails when it is evaluated. */
export function failureOf(
  expression: string,
  variables: Variables = {},
): EvaluationError {
  try {
    valueOf(expression, variables);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}
