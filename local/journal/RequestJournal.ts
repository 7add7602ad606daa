import type { FaultKind } from "../faults/Fault";
import {
  findOperationNameProblem,
  type OperationName,
} from "../protocol/Route";
import type { Service } from "../protocol/Service";
import { LocalAwsError } from "../validation/LocalAwsError";

/** A request that the embedded AWS received. */
export interface ReceivedRequest {
  /** Service: `lambda`, `sts`, `ssm` or `rolesanywhere`. Undefined if it is not one of them. */
  readonly service?: Service;

  /** Operation by its AWS name, such as `Invoke`, or the method and path if it is unknown. */
  readonly operation: string;

  /**
   * Name of the function in the path, without account or region. Undefined if the operation has
   * none.
   */
  readonly functionName?: string;

  /**
   * Payload of an invocation as it was received, usually JSON. Undefined for other operations,
   * without a payload, if it is longer than 16 KB (16,384 bytes), and in all but the last 1,000
   * requests.
   */
  readonly payloadText?: string;

  /** Account ID of the caller, 12 digits. Undefined if the request was not authenticated. */
  readonly accountId?: string;

  /**
   * Header `amz-sdk-invocation-id`, which is the same for all attempts of one call. Undefined if
   * the client does not send it.
   */
  readonly invocationId?: string;

  /** Access key ID of the signature. Undefined if the request is not signed. */
  readonly accessKeyId?: string;

  /** HTTP status of the response. Undefined if there is none, or not yet. */
  readonly status?: number;

  /** Kind of the injected fault, if any. */
  readonly fault?: FaultKind;

  /** Time at which the request had been read; epoch milliseconds of the system clock. */
  readonly at: number;

  /**
   * Milliseconds from then until the response was sent or the request failed. Undefined while it is
   * being processed.
   */
  readonly durationMs?: number;
}

/** An entry that can still change. */
export type JournalEntry = {
  -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key];
};

/** Maximum number of requests that are kept. */
const LIMIT = 10_000;

/** Maximum number of requests whose payload is kept. */
const PAYLOAD_LIMIT = 1_000;

/**
 * The last 10,000 requests that an embedded AWS received, oldest first.
 *
 * @example
 * for (const { operation, status, fault } of local.requests)
 *   console.log(operation, status, fault);
 */
export class RequestJournal implements Iterable<ReceivedRequest> {
  #entries: JournalEntry[] = [];

  /** All requests, oldest first. */
  get all(): readonly ReceivedRequest[] {
    return this.#entries.slice(-LIMIT);
  }

  /** Number of requests; at most 10,000. */
  get length(): number {
    return Math.min(this.#entries.length, LIMIT);
  }

  /**
   * Returns the requests of one operation, oldest first.
   *
   * @param operation - Operation by its AWS name, such as `Invoke`. Requests of other operations
   * are in `all`.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) if there is no such operation. The message
   * lists the valid names.
   *
   * @example
   * expect(local.requests.of("Invoke")).toHaveLength(1);
   */
  of(operation: OperationName): readonly ReceivedRequest[] {
    // An empty list would let a test pass that misspells the name.
    const problem = findOperationNameProblem(operation);
    if (problem !== undefined)
      throw new LocalAwsError([`operation ${problem}`]);
    return this.all.filter((request) => request.operation === operation);
  }

  /** Removes all requests. */
  clear(): void {
    this.#entries = [];
  }

  /** Iterates over all requests, oldest first. */
  [Symbol.iterator](): Iterator<ReceivedRequest> {
    return this.all[Symbol.iterator]();
  }

  /** @internal */
  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    delete this.#entries.at(-1 - PAYLOAD_LIMIT)?.payloadText;
    // Removed in batches: removing one at a time would copy the list for every request.
    if (this.#entries.length > 2 * LIMIT)
      this.#entries = this.#entries.slice(-LIMIT);
  }
}
