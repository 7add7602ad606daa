/** Calls a listener of the host. Errors that it throws, or rejections, are ignored: they must not affect traffic. */
export function callListener<Event>(
  listener: ((event: Event) => unknown) | undefined,
  event: Event,
): void {
  const call = async (): Promise<void> => {
    await listener?.(event);
  };
  call().catch(() => undefined);
}
