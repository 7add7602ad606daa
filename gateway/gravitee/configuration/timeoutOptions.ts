/** The timeout options, each with its name in version 1.4.0 of Gravitee's policy. */
export const TIMEOUT_OPTIONS = {
  connectionTimeoutMs: undefined,
  readTimeoutMs: "socketTimeoutMs",
  apiCallAttemptTimeoutMs: "requestTimeoutMs",
  apiCallTimeoutMs: "clientExecutionTimeoutMs",
} as const;

/** The name of a timeout option. */
export type TimeoutOption = keyof typeof TIMEOUT_OPTIONS;

/** Whether the value is an integer number of milliseconds that a Node.js timer supports. */
export const isTimeout = (ms: unknown): ms is number =>
  Number.isInteger(ms) && Number(ms) >= 0 && Number(ms) < 2 ** 31;
