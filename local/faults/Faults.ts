import { LocalAwsError } from "../validation/LocalAwsError";
import type { Fault } from "./Fault";
import { findFaultProblems } from "./findFaultProblems";

/** A fault that has not affected all its requests yet. */
export type PendingFault = Fault & {
  /** Number of requests it will still affect; 1 or more, or `Infinity`. */
  readonly times: number;
};

/**
 * Faults to inject into the next requests.
 *
 * @example
 * local.faults.add({ kind: "delay", ms: 200, operation: "Invoke", times: 2 });
 * console.log(local.faults.pending);
 * local.faults.clear();
 */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  /**
   * Adds a fault. It affects the next matching requests with a valid signature. Faults apply in the
   * order in which they were added, each until it has affected its number of requests.
   *
   * @param fault - Kind of the fault, its properties, and the requests to affect. By default, it
   * affects the next request.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that lists every problem in the fault, such
   * as an unknown kind, property or operation, or a number out of range. In this case, nothing is
   * added.
   *
   * @example
   * local.faults.add({ kind: "reset", when: "after-run", operation: "Invoke" });
   * local.faults.add({
   *   kind: "throttle",
   *   functionName: "price",
   *   times: Infinity,
   * });
   */
  add(fault: Fault): void {
    const problems = findFaultProblems(fault);
    if (problems.length > 0) throw new LocalAwsError(problems);
    this.#waiting.push({ fault: { ...fault }, left: fault.times ?? 1 });
  }

  /** Removes every pending fault. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** The pending faults, with the number of requests that each will still affect. */
  get pending(): readonly PendingFault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** @internal */
  takeFor(met: {
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
