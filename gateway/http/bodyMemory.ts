import { InvalidInputError } from "../../src";
import { BodyMemoryError } from "./BodyMemoryError";

/**
 * Memory that the bodies read by steps use.
 *
 * @category Gateway
 */
export interface BodyMemoryReport {
  /** Bytes of bodies that steps have read, of all exchanges that have not ended. */
  readonly bytes: number;

  /** The limit, in bytes. */
  readonly maxBytes: number;
}

/**
 * Sets and returns the limit of the memory that the bodies read by steps use.
 *
 * @category Gateway
 */
export interface PublicBodyMemory {
  /**
   * Sets the limit.
   *
   * @param options - `maxBytes`: limit in bytes, a whole number of at least 1.
   * @throws `ERR_INVALID_INPUT`.
   */
  configure(options: { readonly maxBytes: number }): void;

  /** Returns how much is used, and the limit. */
  inspect(): BodyMemoryReport;
}

/** Default limit, in bytes: some forty bodies of the largest size that a function accepts. */
const DEFAULT_MAX_BYTES = 268_435_456;

/** The memory that all bodies of this process share. */
class BodyMemory implements PublicBodyMemory {
  #bytes = 0;
  #maxBytes = DEFAULT_MAX_BYTES;

  configure({ maxBytes }: { readonly maxBytes: number }): void {
    if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
      const message = "`maxBytes` must be a whole number of at least 1";
      throw new InvalidInputError({
        operation: "bodyMemory",
        message: `bodyMemory: ${message}.`,
        retryable: false,
        issues: [{ path: "maxBytes", rule: "range", message }],
      });
    }
    this.#maxBytes = maxBytes;
  }

  inspect(): BodyMemoryReport {
    return { bytes: this.#bytes, maxBytes: this.#maxBytes };
  }

  /**
   * Counts bytes that have been read.
   *
   * @throws {@link BodyMemoryError} if they exceed the limit; they are not counted then.
   */
  take(bytes: number): void {
    if (this.#bytes + bytes > this.#maxBytes)
      throw new BodyMemoryError(this.#maxBytes);
    this.#bytes += bytes;
  }

  /** Counts bytes that are no longer needed. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/** The body memory as the gateway itself uses it. */
export const sharedBodyMemory = new BodyMemory();

/**
 * The memory that the bodies read by steps use together, over all routes and exchanges of this process. Each step has a limit for
 * one body; this one applies to all of them. A request for which it is exceeded is responded to with 503 and `Retry-After`, also if the
 * step would continue after a failure, so that a guard cannot be skipped. An exchange releases its memory when it ends. The default
 * limit is 268,435,456 bytes (256 MiB).
 *
 * @example
 * bodyMemory.configure({ maxBytes: 64 * 1024 * 1024 });
 * const { bytes, maxBytes } = bodyMemory.inspect();
 * console.log(`${bytes} of ${maxBytes} bytes are in use`);
 *
 * @category Gateway
 */
export const bodyMemory: PublicBodyMemory = sharedBodyMemory;
