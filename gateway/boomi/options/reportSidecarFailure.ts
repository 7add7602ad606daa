import { reportToHost } from "../../route/reportToHost";
import type { SidecarFailure } from "./SidecarFailure";
import type { SidecarOptions } from "./SidecarOptions";

/** Calls `onFailure`. Without it, the process does not warn about errors of clients. */
export function reportSidecarFailure(
  failure: SidecarFailure,
  { onFailure: listener }: SidecarOptions,
): void {
  if (!listener && failure.error.isClientError) return;
  reportToHost(failure, {
    listener,
    option: "onFailure of sidecar",
    place: `the ${failure.point} of sidecar`,
  });
}
