/**
 * The JSON that a function returns to a sidecar. An empty object forwards the message unchanged.
 *
 * @category Gateway
 */
export interface SidecarResponse {
  /** Changes to the message. Optional; without it the message is forwarded unchanged. */
  readonly modify?: Modification;

  /** Stops the call and responds to the client. Takes precedence over `modify`. */
  readonly terminate?: Termination;

  /** Values for the `params` of the post-processing function. Used at pre-processing with the option `relay`. */
  readonly relay?: Readonly<Record<string, unknown>>;

  /**
   * Until when this response may be reused for the same input, as an ISO 8601 string or in milliseconds since 1970. Used with
   * the option `reuse`.
   */
  readonly unchangedUntil?: string | number;
}

/** Headers to send, by name. Numbers and booleans are sent as strings. */
type ResponseHeaders = Readonly<Record<string, string | number | boolean>>;

/** A body in one of two forms; `json` takes precedence over `payload`. */
interface ResponseBody {
  /** The body as a string, or as Base64. */
  readonly payload?: string | undefined;

  /** Whether `payload` is Base64. Defaults to `false`. */
  readonly base64Encoded?: boolean | undefined;

  /** The body as a JSON value. Sets `Content-Type: application/json`, unless the response sets another one. */
  readonly json?: unknown;
}

/**
 * What a function changes. Headers are dropped first, then added.
 *
 * @category Gateway
 */
export interface Modification extends ResponseBody {
  /** Headers to set; each replaces existing headers of that name. */
  readonly addHeaders?: ResponseHeaders | undefined;

  /** Names of headers to drop. */
  readonly dropHeaders?: readonly string[] | undefined;

  /** Status sent to the client, 200 to 599. Ignored at pre-processing. Optional; defaults to the origin's status. */
  readonly completeWithCode?: number | undefined;

  /** Sends the request elsewhere. Pre-processing only, and only with the option `reroute`; otherwise the response is invalid. */
  readonly changeRoute?: RouteChange | undefined;
}

/**
 * Where the request is sent instead of the origin.
 *
 * @category Gateway
 */
export interface RouteChange {
  /** The whole URL; takes precedence over the other members, except `httpVerb`. */
  readonly uri?: string | undefined;

  /** Host. Optional; defaults to the origin's host. */
  readonly host?: string | undefined;

  /** Port. Optional; defaults to the origin's port, or to the protocol's default port when `host` is given. */
  readonly port?: number | undefined;

  /** Path and query. Optional; defaults to those of the request. */
  readonly file?: string | undefined;

  /** HTTP method. Optional; defaults to the method of the request. */
  readonly httpVerb?: string | undefined;
}

/**
 * The response with which a function stops a call.
 *
 * @category Gateway
 */
export interface Termination extends ResponseBody {
  /** Status sent to the client, 200 to 599. */
  readonly code: number;

  /** Message for the body, used without `json` and `payload`. Optional; defaults to Boomi's own text. */
  readonly message?: string | undefined;

  /** Response headers. */
  readonly headers?: ResponseHeaders | undefined;

  /** The same as `headers`, under the name that `modify` uses. */
  readonly addHeaders?: ResponseHeaders | undefined;

  /** Names of headers to leave out of the response. */
  readonly dropHeaders?: readonly string[] | undefined;
}

/**
 * Forwards the message unchanged.
 *
 * @example
 * export const handler = async (input: PreProcessorInput) =>
 *   input.packageKey ? allow() : terminate(401, "An API key is required");
 *
 * @category Gateway
 */
export function allow(): SidecarResponse {
  return {};
}

/**
 * Changes the message, then forwards it.
 *
 * @example
 * export const handler = async () =>
 *   modify({
 *     addHeaders: { "x-partner": "globex-eu" },
 *     dropHeaders: ["x-debug"],
 *   });
 *
 * @category Gateway
 */
export function modify(modification: Modification): SidecarResponse {
  return { modify: modification };
}

/**
 * Stops the call and responds to the client.
 *
 * @param code - Status sent to the client, 200 to 599.
 * @param rest - The message, or the other members of the response. Optional; defaults to Boomi's own text.
 *
 * @example
 * export const handler = async () =>
 *   terminate(451, "Orders for this region are closed");
 *
 * @category Gateway
 */
export function terminate(
  code: number,
  rest: string | Omit<Termination, "code"> = {},
): SidecarResponse {
  return {
    terminate: {
      code,
      ...(typeof rest === "string" ? { message: rest } : rest),
    },
  };
}
