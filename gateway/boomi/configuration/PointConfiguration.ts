/** The point at which a function runs: before the request is sent to the origin, or after the origin has responded. */
export type Point = "PreProcessor" | "PostProcessor";

/** What `expand-input` can add to the input. */
export type ExpandInputToken =
  | "requestPayload"
  | "responsePayload"
  | "remoteAddress"
  | "token"
  | "operation"
  | "routing";

/** The value of a fixed parameter. */
export type SidecarParam = string | number | boolean | null;

/** The configuration of one point: validated, with defaults filled in and duplicates removed from lists. */
export interface PointConfiguration {
  /** The point that is configured. */
  readonly point: Point;

  /** Region of the function. */
  readonly region: string;

  /** Full ARN of the function, in that region, with or without a qualifier. */
  readonly functionARN: string;

  /** ARN of the role to assume, in IAM's form (`arn:aws:iam::`). */
  readonly roleARN: string;

  /** Name of the parameter that holds the external ID, with or without a leading slash. */
  readonly externalIdKey: string;

  /** Name of the role session. */
  readonly sessionName: string;

  /** Duration of the role session in seconds, 900 to 43,200. */
  readonly durationSeconds: number;

  /** Whether the response is applied (`RequestResponse`) or not used (`Event`). */
  readonly synchronicity: "RequestResponse" | "Event";

  /** Whether the message is forwarded unchanged when the function fails. */
  readonly failSafe: boolean;

  /** Timeout of the point in ms, 1 to 2,147,483,647. `undefined` means the endpoint's own timeout. */
  readonly timeoutMs: number | undefined;

  /** Whether the endpoint's error set replaces status and message of the connector's errors. */
  readonly enableErrorSet: boolean;

  /** Request headers that the request must have. Empty at post-processing, which does not check them. */
  readonly requireRequestHeaders: readonly string[];

  /** Request headers that the function receives if present. At post-processing they include the required ones. */
  readonly includeRequestHeaders: readonly string[];

  /** Request headers that the function does not receive. Without an include list it receives all others. */
  readonly skipRequestHeaders: readonly string[];

  /** Response headers that the function receives if present. Empty at pre-processing. */
  readonly includeResponseHeaders: readonly string[];

  /** Response headers that the function does not receive. Without an include list it receives all others. Empty at pre-processing. */
  readonly skipResponseHeaders: readonly string[];

  /** EAVs that the application must have. */
  readonly requireEavs: readonly string[];

  /** EAVs of the application that the function receives if present. */
  readonly includeEavs: readonly string[];

  /** EAVs that the package key must have. */
  readonly requirePackageKeyEavs: readonly string[];

  /** EAVs of the package key that the function receives if present. */
  readonly includePackageKeyEavs: readonly string[];

  /** What else the function receives. */
  readonly expandInput: ReadonlySet<ExpandInputToken>;

  /** Fixed parameters by name. The object has no prototype, so every name is safe. */
  readonly params: Readonly<Record<string, SidecarParam>>;

  /** Largest payload that the function receives, in bytes, up to 1,048,576. */
  readonly maxPayloadBytes: number;

  /** What happens above that, up to 1 MB: `blocking` rejects the call, `filtering` skips the function. */
  readonly maxPayloadCondition: "blocking" | "filtering";
}
