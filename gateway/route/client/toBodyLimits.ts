import type { BodyLimits } from "./ClientOptions";

/** The limits that the options of a route or a router name. Those of `defaults` apply where there are none. */
export const toBodyLimits = (
  options: BodyLimits,
  defaults: BodyLimits = {},
): BodyLimits => ({
  maxRequestBytes: options.maxRequestBytes ?? defaults.maxRequestBytes,
  requestIdleTimeoutMs:
    options.requestIdleTimeoutMs ?? defaults.requestIdleTimeoutMs,
  responseIdleTimeoutMs:
    options.responseIdleTimeoutMs ?? defaults.responseIdleTimeoutMs,
});
