import type { Exchange } from "../../http/Exchange";
import type { Verdict } from "../../route/verdict/Verdict";
import type { PointConfiguration } from "../configuration/PointConfiguration";
import type { SidecarError } from "../errors/SidecarError";
import { reportSidecarFailure } from "../options/reportSidecarFailure";
import type { SidecarOptions } from "../options/SidecarOptions";
import { toErrorResponse } from "./toErrorResponse";

/** Reports an error to the host, and responds with it unless the message is forwarded. */
export function respondToError(
  error: SidecarError,
  {
    configuration,
    exchange,
    options,
  }: {
    readonly configuration: PointConfiguration;
    readonly exchange: Exchange;
    readonly options: SidecarOptions;
  },
): Verdict {
  const isSuppressed = isForwarded(error, configuration);
  const { point } = configuration;
  reportSidecarFailure({ error, point, isSuppressed, exchange }, options);
  return isSuppressed
    ? undefined
    : { respond: toErrorResponse(error, configuration, options) };
}

/**
 * Boomi's business rules matrix: a failing function stops the call only in request-response mode without `failSafe`. A client that
 * causes the error must not skip the function by it, unless `filtering` allows that.
 */
function isForwarded(
  error: SidecarError,
  { failSafe, synchronicity, maxPayloadCondition }: PointConfiguration,
): boolean {
  if (error.isFilterable) return maxPayloadCondition === "filtering";
  return !error.isClientError && (failSafe || synchronicity === "Event");
}
