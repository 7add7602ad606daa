import type { Frame, Run } from "./scope/Frame";
import { EvaluationError } from "./errors/EvaluationError";
import { Fault } from "./errors/Fault";
import { Meter } from "./metering/Meter";
import type { Scope } from "./scope/Scope";
import type { Uses } from "./syntax/usesOf";
import { toBoolean } from "./values/toBoolean";
import { toHost, type HostValue } from "./values/toHost";
import { toText } from "./values/toText";
import type { Value } from "./values/Value";

/** An expression in a text. */
export interface Part {
  readonly run: Run;

  /** As it is written, without its braces. */
  readonly expression: string;

  /** Where its opening brace stands. */
  readonly offset: number;

  /** Behind its closing brace. */
  readonly end: number;
}

/**
 * A text with expressions in it, parsed once and evaluated as often as is needed. Made by {@link parseTemplate}.
 *
 * @category Gateway
 */
export class Template {
  /** The text as it was given. */
  readonly text: string;

  /** The paths that are asked of `#secrets`, each once: a host looks them up before, and gives them as a `Map`. */
  readonly secrets: readonly string[];

  readonly #parts: readonly (string | Part)[];
  readonly #only: Part | undefined;
  readonly #uses: Uses;
  readonly #escape: "none" | "json";

  /** Made by {@link parseTemplate}. */
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

  /** Whether there is no expression in it. */
  get isConstant(): boolean {
    return this.#parts.every((part) => typeof part === "string");
  }

  /** The variables that it reads, and of each the properties; `undefined` where those cannot be told. */
  get variables(): ReadonlyMap<string, ReadonlySet<string> | undefined> {
    return this.#uses.variables;
  }

  /**
   * Whether it reads a variable, or one property of it; also where that cannot be told before it is evaluated.
   *
   * @param variable - Without `#`.
   * @param property - Absent: any.
   */
  reads(variable: string, property?: string): boolean {
    const { variables } = this.#uses;
    if (!variables.has(variable)) return false;
    const known = variables.get(variable);
    return !known || property === undefined || known.has(property);
  }

  /**
   * The value of a text that is one expression; of any other text, what {@link toText} answers.
   *
   * @throws EvaluationError where an expression fails, takes too long or makes too much.
   */
  evaluate(scope: Scope): HostValue {
    const only = this.#only;
    if (!only) return this.toText(scope);
    return this.#run(only, toFrame(scope), toHost);
  }

  /**
   * The text that comes of it, as Spring converts values: `null` where it is one expression and that is null; in a longer
   * text, a null adds nothing.
   *
   * @throws EvaluationError likewise, and where a value has no conversion to text: a map has none.
   */
  toText(scope: Scope): string | null {
    if (this.#only) return this.#run(this.#only, toFrame(scope), toText);
    const frame = toFrame(scope);
    let text = "";
    for (const part of this.#parts) {
      const next = typeof part === "string" ? part : this.#escaped(part, frame);
      if (next !== null) text += next;
    }
    return text;
  }

  /**
   * Whether it is true, as Spring converts values to Boolean: `true`, `on`, `yes` and `1` are, null is not.
   *
   * @throws EvaluationError likewise, and where a value is neither true nor false.
   */
  toBoolean(scope: Scope): boolean {
    const decide = (value: Value): boolean => toBoolean(value) ?? false;
    if (this.#only) return this.#run(this.#only, toFrame(scope), decide);
    const text = this.toText(scope);
    return this.#guarded({ expression: this.text, offset: 0 }, () =>
      decide(text),
    );
  }

  #escaped(part: Part, frame: Frame): string | null {
    const text = this.#run(part, frame, toText);
    if (text === null) return null;
    frame.meter.takeText(text.length);
    return this.#escape === "json" ? JSON.stringify(text).slice(1, -1) : text;
  }

  #run<Result>(
    part: Part,
    frame: Frame,
    convert: (value: Value, meter: Meter) => Result,
  ): Result {
    return this.#guarded(part, () => {
      const value = convert(part.run(frame), frame.meter);
      frame.meter.checkWork();
      return value;
    });
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
        isFault ? error.message : "it could not be evaluated",
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
  return { scope, meter: new Meter(scope.bounds), self: null };
}
