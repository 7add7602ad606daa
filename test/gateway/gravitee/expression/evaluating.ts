import { EvaluationError } from "../../../../gateway/gravitee/expression/errors/EvaluationError";
import { loadLibraries } from "../../../../gateway/gravitee/expression/libraries/peers";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import type { Bounds } from "../../../../gateway/gravitee/expression/metering/Bounds";
import { TemplateError } from "../../../../gateway/gravitee/expression/errors/TemplateError";

// For the file that imports this one.
beforeAll(loadLibraries);

export type Variables = Record<string, unknown>;

/** A clock that advances by `ms` each time it is read, so that only work counts as time and a busy machine does not. */
export function clockBy(ms: number): () => number {
  let now = 0;
  return () => (now += ms);
}

/** Bounds that stop an evaluation once it has read the clock 100,000 times. */
export const countedBounds = (): Bounds => ({
  clock: clockBy(1),
  timeoutMs: 100_000,
});

/** The text that comes of a template. */
export function textOf(text: string, variables: Variables = {}): string | null {
  return parseTemplate(text).toText({
    variables,
    bounds: countedBounds(),
  });
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
