import type { FaultKind } from "../faults/Fault";
import {
  findOperationNameProblem,
  type OperationName,
} from "../protocol/Route";
import type { Service } from "../protocol/Service";
import { LocalAwsError } from "../validation/LocalAwsError";

/** One request, as the embedded AWS received it. */
export interface ReceivedRequest {
  /** Service that was asked: `lambda`, `sts` or `ssm`. Absent: none that is known here. */
  readonly service?: Service;

  /** Operation as AWS names it, such as `Invoke`; method and path where it has no name. */
  readonly operation: string;

  /** Bare name of the function the path names. Absent: the operation has none. */
  readonly functionName?: string;

  /** Account of the caller, 12 digits. Absent: the request was not believed. */
  readonly accountId?: string;

  /** Id of the call, one for all its attempts: the header `amz-sdk-invocation-id`. Absent: the client sends none. */
  readonly invocationId?: string;

  /** Id of the key that the request says it is signed with. Absent: it is not signed. */
  readonly accessKeyId?: string;

  /** HTTP status that was answered. Absent: not answered yet, or never. */
  readonly status?: number;

  /** Kind of the fault that the request met. Absent: none. */
  readonly fault?: FaultKind;

  /** When the request had been read; epoch milliseconds of the real clock. */
  readonly at: number;

  /** How long it took to answer it, in ms; to give it up where it was not answered. Absent: it is being served. */
  readonly durationMs?: number;
}

/** An entry while its request is being served. */
export type JournalEntry = {
  -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key];
};

/** Requests that are remembered; older ones are forgotten. */
const LIMIT = 10_000;

/**
 * The requests an embedded AWS received, the oldest first; the last 10,000 of them.
 *
 * @example
 * for (const { operation, status, fault } of local.requests) console.log(operation, status, fault);
 */
export class RequestJournal implements Iterable<ReceivedRequest> {
  #entries: JournalEntry[] = [];

  /** Every remembered request, the oldest first. */
  get all(): readonly ReceivedRequest[] {
    return this.#entries.slice(-LIMIT);
  }

  /** How many requests are remembered; at most 10,000. */
  get length(): number {
    return Math.min(this.#entries.length, LIMIT);
  }

  /**
   * The remembered requests of one operation, the oldest first; empty where there were none.
   *
   * @param operation - Operation as AWS names it, such as `Invoke`; what the embedded AWS does not have is in `all`.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) where there is no such operation: it names those there are.
   *
   * @example
   * expect(local.requests.of("Invoke")).toHaveLength(1);
   */
  of(operation: OperationName): readonly ReceivedRequest[] {
    // A count of 0 would let a test pass that looks for a name that never comes.
    const problem = findOperationNameProblem(operation);
    if (problem !== undefined)
      throw new LocalAwsError([`the operation asked for ${problem}`]);
    return this.all.filter((request) => request.operation === operation);
  }

  /** Forgets every request. */
  clear(): void {
    this.#entries = [];
  }

  /** The remembered requests, the oldest first. */
  [Symbol.iterator](): Iterator<ReceivedRequest> {
    return this.all[Symbol.iterator]();
  }

  /** @internal */
  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    // Shortened by the batch: one by one would move the whole list each time.
    if (this.#entries.length > 2 * LIMIT)
      this.#entries = this.#entries.slice(-LIMIT);
  }
}
