import { Caption } from "../decorators";

/** Whether a function starts from a snapshot. */
export class SnapStart {
  /** `PublishedVersions` or `None`. */
  @Caption("Applies to")
  readonly applyOn?: string;

  /** `On` or `Off`, for the version that was asked for. */
  @Caption("Optimization status")
  readonly optimizationStatus?: string;
}
