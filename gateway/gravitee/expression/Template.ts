import type { Frame, Run } from "./scope/Frame";
import { EvaluationError } from "./errors/EvaluationError";
import { Fault } from "./errors/Fault";
import { Meter } from "./metering/Meter";
import type { Scope } from "./scope/Scope";
import type { Uses } from "./syntax/usesOf";
import { escapeJson } from "./values/notation";
import { toBoolean } from "./values/toBoolean";
import { toHost, type HostValue } from "./values/toHost";
import { toText } from "./values/toText";
import type { Value } from "./values/Value";

/** An expression in a template. */
export interface Part {
  readonly run: Run;

  /** Source of the expression, without its braces. */
  readonly expression: string;

  /** Offset of its opening brace. */
  readonly offset: number;

  /** Offset after its closing brace. */
  readonly end: number;
}

/**
 * A parsed template: text with expressions in it, which can be evaluated any number of times. Created by
 * {@link parseTemplate}.
 *
 * @category Gateway
 */
export class Template {
  /** Source of the template. */
  readonly text: string;

  /**
   * The distinct paths that are read from `#secrets`. Look them up before evaluation, and pass them as a `Map` in the
   * variable `secrets`.
   */
  readonly secrets: readonly string[];

  readonly #parts: readonly (string | Part)[];
  readonly #only: Part | undefined;
  readonly #uses: Uses;
  readonly #escape: "none" | "json";

  /** Created by {@link parseTemplate}. */
  constructor(
    text: string,
    {
      parts,
      uses,
      escape,
    }: {
      readonly parts: readonly (string | Part)[];
      readonly uses: Uses;
      readonly escape: "none" | "json";
    },
  ) {
    this.text = text;
    this.secrets = [...uses.secrets];
    this.#parts = parts;
    this.#uses = uses;
    this.#escape = escape;
    const [first] = parts;
    if (parts.length === 1 && typeof first === "object") this.#only = first;
  }

  /** Whether the template contains no expression. */
  get isConstant(): boolean {
    return this.#parts.every((part) => typeof part === "string");
  }

  /** The variables that it reads, each with the properties read; `undefined` if these are not known before evaluation. */
  get variables(): ReadonlyMap<string, ReadonlySet<string> | undefined> {
    return this.#uses.variables;
  }

  /**
   * Whether it reads a variable, or one property of it. Also true if the property is not known before evaluation.
   *
   * @param variable - Name of the variable, without `#`.
   * @param property - Name of the property. Defaults to any property.
   */
  reads(variable: string, property?: string): boolean {
    const { variables } = this.#uses;
    if (!variables.has(variable)) return false;
    const known = variables.get(variable);
    return !known || property === undefined || known.has(property);
  }

  /**
   * Evaluates the template. A template that consists of one expression returns its value; any other template returns
   * the same string as {@link toText}.
   *
   * @throws EvaluationError when an expression fails or exceeds the limits of the scope.
   */
  evaluate(scope: Scope): HostValue {
    const only = this.#only;
    if (!only) return this.toText(scope);
    const frame = toFrame(scope);
    return frame.meter.run(() => this.#run(only, frame, toHost));
  }

  /**
   * Evaluates the template to a string, with the conversions of Spring. Returns `null` if the template consists of one
   * expression whose value is null. In any other template, a null adds nothing.
   *
   * @throws EvaluationError when an expression fails or exceeds the limits of the scope, or when a value, such as a map,
   * cannot be converted to a string.
   */
  toText(scope: Scope): string | null {
    const frame = toFrame(scope);
    return frame.meter.run(() => this.#toText(frame));
  }

  #toText(frame: Frame): string | null {
    if (this.#only) return this.#run(this.#only, frame, toText);
    let text = "";
    for (const part of this.#parts) {
      const next = typeof part === "string" ? part : this.#escaped(part, frame);
      if (next !== null) text += next;
    }
    return text;
  }

  /**
   * Evaluates the template to a boolean, with the conversions of Spring: `true`, `on`, `yes` and `1` are true, null is
   * false.
   *
   * @throws EvaluationError when an expression fails or exceeds the limits of the scope, or when a value cannot be
   * converted to a boolean.
   */
  toBoolean(scope: Scope): boolean {
    const frame = toFrame(scope);
    const { meter } = frame;
    const decide = (value: Value): boolean => toBoolean(value, meter) ?? false;
    return meter.run(() => {
      if (this.#only) return this.#run(this.#only, frame, decide);
      const text = this.#toText(frame);
      return this.#guarded({ expression: this.text, offset: 0 }, () =>
        decide(text),
      );
    });
  }

  #escaped(part: Part, frame: Frame): string | null {
    return this.#run(part, frame, (value, meter) => {
      const text = toText(value, meter);
      if (text === null) return null;
      if (this.#escape === "json") return escapeJson(text, meter);
      meter.takeText(text.length);
      return text;
    });
  }

  #run<Result>(
    part: Part,
    frame: Frame,
    convert: (value: Value, meter: Meter) => Result,
  ): Result {
    return this.#guarded(part, () => convert(part.run(frame), frame.meter));
  }

  #guarded<Result>(
    part: { readonly expression: string; readonly offset: number },
    run: () => Result,
  ): Result {
    try {
      return run();
    } catch (error) {
      const isFault = error instanceof Fault;
      throw new EvaluationError(
        isFault ? error.message : "the expression could not be evaluated",
        {
          text: this.text,
          offset: (isFault ? error.at : undefined) ?? part.offset,
          expression: part.expression,
        },
        { cause: isFault ? undefined : error },
      );
    }
  }
}

function toFrame(scope: Scope): Frame {
  return { scope, meter: scope.meter ?? new Meter(scope.bounds), self: null };
}
