/** Prevents that a promise which is not a valid result of a callback ends the process when it rejects. */
export function ignoreRejection(value: unknown): void {
  Promise.resolve(value).catch(() => undefined);
}
