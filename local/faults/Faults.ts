import { LocalAwsError } from "../LocalAwsError";
import type { Fault } from "./Fault";
import { readFault } from "./readFault";

/** A fault that waits. */
export type PendingFault = Fault & {
  /** Requests it will still meet. */
  readonly times: number;
};

/** The faults that wait for a request. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  /**
   * Asks for a fault. Requests whose signature is in order meet it, in the order
   * the faults were added; each counts down until it is used up.
   *
   * @throws {@link LocalAwsError} that names every mistake in the fault.
   * @example local.faults.add({ kind: "reset", when: "after-run", operation: "Invoke" });
   * @example local.faults.add({ kind: "throttle", functionName: "price", times: Infinity });
   */
  add(fault: Fault): void {
    const problems = readFault(fault);
    if (problems.length > 0) throw new LocalAwsError(problems);
    this.#waiting.push({ fault: { ...fault }, left: fault.times ?? 1 });
  }

  /** Forgets every fault that waits. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** The faults that wait, with the number of requests each will still meet. */
  get pending(): readonly PendingFault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** @internal */
  take(met: {
    readonly operation: string;
    readonly functionName?: string | undefined;
  }): Fault | undefined {
    const index = this.#waiting.findIndex(
      ({ fault }) =>
        (fault.operation ?? met.operation) === met.operation &&
        (fault.functionName ?? met.functionName) === met.functionName,
    );
    const found = this.#waiting[index];
    if (!found) return undefined;
    found.left--;
    if (found.left <= 0) this.#waiting.splice(index, 1);
    return found.fault;
  }
}
