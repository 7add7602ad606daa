import jsonata from "jsonata";
import type { StateMachineDefinition } from "../src";

/** An error as Step Functions names it. */
export class StateError extends Error {
  constructor(override readonly name: string) {
    super(name);
  }
}

/** The fields of states that `toDistributedMap` writes. */
interface State {
  readonly Type: "Choice" | "Task" | "Fail";
  readonly Choices?: readonly { Condition: string; Next: string }[];
  readonly Default?: string;
  readonly Arguments?: string;
  readonly Output?: string;
  readonly Retry?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly MaxAttempts: number;
    readonly IntervalSeconds: number;
    readonly BackoffRate: number;
    readonly MaxDelaySeconds: number;
  }[];
  readonly Error?: string;
}

interface MapState {
  readonly ItemSelector: Readonly<Record<string, string>>;
  readonly ItemProcessor: {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
  };
}

/** Calls Lambda's Invoke once. Throws a `StateError`. */
export type Invoke = (
  invocation: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

/**
 * Interprets the workflow of one request, as far as `toDistributedMap` uses the Amazon States Language: choices, tasks, and
 * retriers, each with its own count. Waits are recorded instead of waited for.
 */
export class StateMachine {
  readonly #map: MapState;
  readonly #invoke: Invoke;

  /** The longest wait before each further attempt, in seconds. */
  readonly waits: number[] = [];

  constructor(definition: StateMachineDefinition, invoke: Invoke) {
    this.#map = definition.States[definition.StartAt] as MapState;
    this.#invoke = invoke;
  }

  /** Runs the workflow for one line of the items. */
  async run(line: string, index = 0): Promise<unknown> {
    const context = {
      Map: { Item: { Index: index, Value: JSON.parse(line) } },
    };
    const input: Record<string, unknown> = {};
    for (const [name, expression] of Object.entries(this.#map.ItemSelector))
      input[name] = await evaluate(expression, { context });
    const { StartAt, States } = this.#map.ItemProcessor;
    let state = States[StartAt];
    while (state?.Type === "Choice") state = await this.#choose(state, input);
    if (state?.Type === "Fail") throw new StateError(state.Error ?? "");
    return this.#runTask(state ?? { Type: "Task" }, input);
  }

  async #choose(state: State, input: unknown): Promise<State | undefined> {
    const { States } = this.#map.ItemProcessor;
    for (const { Condition, Next } of state.Choices ?? [])
      if ((await evaluate(Condition, { input })) === true) return States[Next];
    return States[state.Default ?? ""];
  }

  async #runTask(state: State, input: unknown): Promise<unknown> {
    const { Retry = [], Output = "" } = state;
    const invocation = await evaluate(state.Arguments ?? "", { input });
    const counts = Retry.map(() => 0);
    for (;;)
      try {
        const result = await this.#invoke(
          invocation as Readonly<Record<string, unknown>>,
        );
        return await evaluate(Output, { input, result });
      } catch (error) {
        const { name } = error as Error;
        const at = Retry.findIndex((rule) => rule.ErrorEquals.includes(name));
        const rule = Retry[at];
        const count = counts[at] ?? 0;
        if (!rule || count >= rule.MaxAttempts) throw error;
        counts[at] = count + 1;
        const wait = rule.IntervalSeconds * rule.BackoffRate ** count;
        this.waits.push(Math.min(wait, rule.MaxDelaySeconds));
      }
  }
}

/** Evaluates an expression of a definition, `{% … %}`. */
async function evaluate(
  expression: string,
  states: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const [, code = ""] = /^\{%(.*)%\}$/s.exec(expression) ?? [];
  const value: unknown = await jsonata(code).evaluate({}, { states });
  return value;
}
