import { LRUCache } from "../../../src/internal";
import { InvalidResponseError } from "./InvalidResponseError";
import type { SidecarResponse } from "./SidecarResponse";

/** The number of responses that are kept; the least recently used one is evicted first. */
const MAX_ENTRIES = 1_000;

/** Responses that may be reused until the time in their `unchangedUntil`. */
export class ResponseCache {
  readonly #entries = new LRUCache<
    string,
    { readonly response: SidecarResponse; readonly expiresAt: number }
  >({ max: MAX_ENTRIES });

  /** The cached response, unless it has expired. */
  get(key: string): SidecarResponse | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.response : undefined;
  }

  /**
   * Caches a response that has an `unchangedUntil`.
   *
   * @throws {@link InvalidResponseError} when `unchangedUntil` is not a valid time.
   */
  set(key: string, response: SidecarResponse): void {
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
    if (expiresAt > Date.now()) this.#entries.set(key, { response, expiresAt });
  }
}
