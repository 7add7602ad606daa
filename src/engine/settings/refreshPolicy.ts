/**
 * When values that expire are refreshed: credentials, role sessions, external IDs. Until a value expires, it stays in use, also
 * if a refresh fails.
 */

/** A value is refreshed this long before it expires, or in the last quarter of its lifetime if that is shorter. */
const REFRESH_BEFORE_MS = 300_000;

/** The pause after the first failed refresh, and the longest. It doubles with each failure. */
const MIN_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/** Returns how long before its end a value with this lifetime is refreshed, in ms. */
export function refreshBeforeMs(lifetimeMs: number): number {
  return Math.min(REFRESH_BEFORE_MS, lifetimeMs / 4);
}

/** Returns the pause after a number of refreshes in a row that brought nothing new, in ms. */
export function refreshPauseMs(failures: number, remainingMs: number): number {
  const pause = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** (failures - 1));
  // So that there is another attempt before the value expires.
  return Math.max(MIN_PAUSE_MS, Math.min(pause, remainingMs / 4));
}
