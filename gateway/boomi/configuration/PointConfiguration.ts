/** Where a function is called: before the origin is asked, or after it has answered. */
export type Point = "PreProcessor" | "PostProcessor";

/** What `expand-input` can add to what the function sees. */
export type Token =
  | "requestPayload"
  | "responsePayload"
  | "remoteAddress"
  | "token"
  | "operation"
  | "routing";

/** A fixed parameter, as the function sees it. */
export type Param = string | number | boolean | null;

/** One point's configuration, read: every rule holds, every default is in its place. Lists have no item twice. */
export interface PointConfiguration {
  /** Which point it is. */
  readonly point: Point;

  /** Region of the function. */
  readonly region: string;

  /** Full ARN of the function, in that region, with a qualifier or without. */
  readonly functionARN: string;

  /** ARN of the role to assume, in the form of IAM also where it was written with `sts`. */
  readonly roleARN: string;

  /** Name of the parameter in which the external id is kept; as written, with or without a leading slash. */
  readonly externalIdKey: string;

  /** Name of the role's session. */
  readonly sessionName: string;

  /** How long the role's session lasts, in seconds, 900 to 43,200. */
  readonly durationSeconds: number;

  /** Whether the answer is waited for, and used. */
  readonly synchronicity: "RequestResponse" | "Event";

  /** Whether traffic goes on where the function fails. */
  readonly failSafe: boolean;

  /** Longest wait for the function, in ms, 1 to 2,147,483,647. `undefined`: as long as the endpoint's own. */
  readonly timeoutMs: number | undefined;

  /** Whether the endpoint's error set replaces status and text of the connector's errors. */
  readonly enableErrorSet: boolean;

  /** Request headers without which the call is refused. Empty at post, where their absence refuses nothing. */
  readonly requireRequestHeaders: readonly string[];

  /** Request headers that the function sees where they are there; at post those that are required as well. */
  readonly includeRequestHeaders: readonly string[];

  /** Request headers that the function does not see. Alone: it sees all others. */
  readonly skipRequestHeaders: readonly string[];

  /** Response headers that the function sees where they are there. Empty at pre. */
  readonly includeResponseHeaders: readonly string[];

  /** Response headers that the function does not see. Alone: it sees all others. Empty at pre. */
  readonly skipResponseHeaders: readonly string[];

  /** EAVs of the application without which the call is refused. */
  readonly requireEavs: readonly string[];

  /** EAVs of the application that the function sees where they are there. */
  readonly includeEavs: readonly string[];

  /** EAVs of the package key without which the call is refused. */
  readonly requirePackageKeyEavs: readonly string[];

  /** EAVs of the package key that the function sees where they are there. */
  readonly includePackageKeyEavs: readonly string[];

  /** What else the function sees. */
  readonly expandInput: ReadonlySet<Token>;

  /** Fixed parameters by name; an object without prototype, so that no name means anything. */
  readonly params: Readonly<Record<string, Param>>;

  /** Largest payload that is sent to the function, in bytes, up to 1,048,576. */
  readonly maxPayloadBytes: number;

  /** What happens to a larger one: the call is refused, or goes on without the function. */
  readonly maxPayloadCondition: "blocking" | "filtering";
}
