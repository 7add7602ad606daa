/** Tells a host. A callback that fails, at once or later, touches no traffic: there is nobody left to tell. */
export function tell<Told>(
  callback: ((told: Told) => unknown) | undefined,
  told: Told,
): void {
  const telling = async (): Promise<void> => {
    await callback?.(told);
  };
  telling().catch(() => undefined);
}
