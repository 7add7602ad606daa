import { LocalAwsError } from "../validation/LocalAwsError";
import type { Fault } from "./Fault";
import { findFaultProblems } from "./findFaultProblems";

/** A fault that waits for a request. */
export type PendingFault = Fault & {
  /** Requests it will still meet; 1 or more, or `Infinity`. */
  readonly times: number;
};

/**
 * The faults that wait for a request.
 *
 * @example
 * local.faults.add({ kind: "delay", ms: 200, operation: "Invoke", times: 2 });
 * console.log(local.faults.pending);
 * local.faults.clear();
 */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  /**
   * Asks for a fault. Requests whose signature is in order meet it, in the order
   * the faults were added; each counts down until it is used up.
   *
   * @param fault - Its kind, what the kind needs, and which requests it meets. Absent parts: the next request, whatever
   * it asks for.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that names every mistake in the fault: an unknown kind, field
   * or operation, a number out of its bounds; then it does not wait.
   *
   * @example
   * local.faults.add({ kind: "reset", when: "after-run", operation: "Invoke" });
   * local.faults.add({ kind: "throttle", functionName: "price", times: Infinity });
   */
  add(fault: Fault): void {
    const problems = findFaultProblems(fault);
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
