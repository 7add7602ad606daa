/** Tells a host something. A listener that fails, now or later, is none of the traffic's business. */
export function notify<Told>(
  listener: ((told: Told) => unknown) | undefined,
  told: Told,
): void {
  try {
    const telling = listener?.(told);
    if (telling instanceof Promise) telling.catch(() => undefined);
  } catch {
    // There is nobody left to tell.
  }
}
