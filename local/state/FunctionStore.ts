import type { LambdaFunction } from "./LambdaFunction";

/** The functions of one account in every region. */
export class FunctionStore {
  readonly #functions = new Map<string, LambdaFunction>();

  add(created: LambdaFunction): void {
    this.#functions.set(keyOf(created.definition), created);
  }

  find(where: FunctionKey): LambdaFunction | undefined {
    return this.#functions.get(keyOf(where));
  }

  /** Lists the functions of a region, sorted by name. */
  list(region: string): LambdaFunction[] {
    return [...this.#functions.values()]
      .filter(({ definition }) => definition.region === region)
      .sort((left, right) =>
        left.definition.name < right.definition.name ? -1 : 1,
      );
  }

  /** Removes a function. Running invocations are aborted. */
  async remove(where: FunctionKey): Promise<void> {
    const removed = this.find(where);
    this.#functions.delete(keyOf(where));
    await removed?.close();
  }

  async close(): Promise<void> {
    const all = [...this.#functions.values()];
    this.#functions.clear();
    await Promise.all(all.map((each) => each.close()));
  }
}

interface FunctionKey {
  readonly region: string;
  readonly name: string;
}

function keyOf({ region, name }: FunctionKey): string {
  return `${region}/${name}`;
}
