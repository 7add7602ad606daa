import { Caption } from "../decorators";

/**
 * SnapStart settings: whether a function starts from a snapshot.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_SnapStartResponse.html |
 * SnapStartResponse in the Lambda API reference}
 */
export class SnapStart {
  /** Versions that start from a snapshot: `PublishedVersions` or `None`. */
  @Caption("Applies to")
  readonly applyOn?: string;

  /** Whether the requested version starts from a snapshot: `On` or `Off`. */
  @Caption("Optimization status")
  readonly optimizationStatus?: string;
}
