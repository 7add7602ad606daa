import { LruMap } from "../../../src/internal";
import { InvalidResponseError } from "./InvalidResponseError";
import type { SidecarResponse } from "./SidecarResponse";

/** The number of responses that are kept; the least recently used one is evicted first. */
const MAX_ENTRIES = 1_000;

/** The length of all responses that are kept, in bytes: a client can cause many, and a function can return 6 MB. */
const MAX_BYTES = 16_777_216;

/** A function's response, and its length as JSON, in bytes. */
export interface SizedResponse {
  readonly response: SidecarResponse;
  readonly bytes: number;
}

/** Responses that may be reused until the time in their `unchangedUntil`. */
export class ResponseCache {
  readonly #entries = new LruMap<
    string,
    SizedResponse & { readonly expiresAt: number }
  >({
    max: MAX_ENTRIES,
    maxWeight: MAX_BYTES,
    weigh: ({ bytes }) => Math.max(1, bytes),
  });

  /** The cached response, unless it has expired. */
  get(key: string): SizedResponse | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry : undefined;
  }

  /**
   * Caches a response that has an `unchangedUntil`, unless it is longer than all responses may be together.
   *
   * @throws {@link InvalidResponseError} when `unchangedUntil` is not a valid time.
   */
  set(key: string, { response, bytes }: SizedResponse): void {
    const { unchangedUntil } = response as {
      readonly unchangedUntil?: unknown;
    };
    if (unchangedUntil == null) return;
    const expiresAt =
      typeof unchangedUntil === "string"
        ? Date.parse(unchangedUntil)
        : unchangedUntil;
    if (typeof expiresAt !== "number" || Number.isNaN(expiresAt))
      throw new InvalidResponseError(
        "unchangedUntil must be an ISO 8601 string or milliseconds since 1970",
      );
    if (expiresAt > Date.now())
      this.#entries.set(key, { response, bytes, expiresAt });
  }
}
