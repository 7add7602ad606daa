const ignore = (): void => undefined;

/** For the providers of the AWS SDK: without a logger, they write warnings to the console. */
export const SILENT_LOGGER = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
};
