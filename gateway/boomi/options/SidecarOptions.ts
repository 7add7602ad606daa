import type { Connector } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { PostInput } from "../configuration/PostInput";
import type { PreInput } from "../configuration/PreInput";
import type { ErrorSet } from "../errors/ErrorSet";
import type { SidecarFailure } from "./SidecarFailure";

/** Extended attribute values (EAVs) by name, of an application or a package key. */
export type ExtendedAttributes = Readonly<
  Record<string, string | number | boolean | null | undefined>
>;

/** Looks up EAVs. The time it takes counts toward the `timeout` of the point. */
export type EavLookup = (
  exchange: Exchange,
) => ExtendedAttributes | undefined | Promise<ExtendedAttributes | undefined>;

/**
 * What the host knows about the client of a call.
 *
 * @category Gateway
 */
export interface SidecarCaller {
  /** The package key that the client used. Optional; functions receive an empty string without it. */
  readonly packageKey?: string | undefined;

  /** The client's access token, for the token `token` of `expand-input`. */
  readonly token?: Readonly<Record<string, unknown>> | undefined;

  /** The client's address. Optional; defaults to the remote address of the connection. */
  readonly remoteAddress?: string | undefined;

  /** The host's ID of the call. Optional; defaults to the ID of the exchange. */
  readonly messageId?: string | undefined;
}

/**
 * Options of {@link sidecar}.
 *
 * @category Gateway
 */
export interface SidecarOptions {
  /**
   * The connector that reads the external ID, assumes the role and invokes the function. Parameter Store and STS are called
   * in its region, with its credentials. The sidecar does not close it.
   */
  readonly connector: Connector;

  /** Pre-processing configuration, as Boomi's lines or as an object. Optional; without it no function runs before the origin. */
  readonly preInput?: string | PreInput | undefined;

  /** Post-processing configuration, as Boomi's lines or as an object. Optional; without it no function runs after the origin. */
  readonly postInput?: string | PostInput | undefined;

  /** The endpoint that the sidecar belongs to. */
  readonly endpoint: {
    /** Id of the API service, sent to functions. */
    readonly serviceId: string;

    /** Id of the endpoint, sent to functions. */
    readonly endpointId: string;

    /**
     * The endpoint's own timeout in ms, 1 to 2,147,483,647. The `timeout` values of both points together must not exceed it.
     * Defaults to 60,000 (one minute).
     */
    readonly timeoutMs?: number | undefined;

    /** URL of the origin. Required by the token `routing`; also the base for a `changeRoute` that changes only host or port. */
    readonly origin?: string | undefined;
  };

  /**
   * Returns what is known about the client. The time it takes counts toward the `timeout` of the point, and an error it throws
   * is a failure of the sidecar. Optional; without it functions receive an empty `packageKey`.
   */
  readonly caller?:
    | ((exchange: Exchange) => SidecarCaller | Promise<SidecarCaller>)
    | undefined;

  /** Looks up the EAVs of the calling application. Required if the configuration names any. */
  readonly applicationEavs?: EavLookup | undefined;

  /** Looks up the EAVs of the package key. Required if the configuration names any. */
  readonly packageKeyEavs?: EavLookup | undefined;

  /** The error set that replaces the connector's errors. Required if `enable_error_set` is `true`. */
  readonly errorSet?: ErrorSet | undefined;

  /**
   * Format of error messages and of `terminate` messages: `xml` (an `h1` element, as Boomi's gateway sends them), `json`
   * (`{"code", "message"}`) or `text`. An error thrown by the function is always sent as JSON. Defaults to `xml`.
   */
  readonly errorFormat?: "xml" | "json" | "text" | undefined;

  /**
   * Whether the client sees the messages of AWS service errors. `hidden`: the client receives
   * `Error while connecting to AWS lambda.` instead, and `onFailure` receives the message. `shown`, as at Boomi: anyone who
   * calls the route sees account IDs, users and role names. Errors without a message from AWS always send the first text.
   * Defaults to `hidden`.
   */
  readonly awsErrors?: "shown" | "hidden" | undefined;

  /**
   * What an invalid configuration does: `throw` when the step is created, or `answer` every request with Boomi's error, as
   * Boomi's gateway does. Invalid options always throw. Defaults to `throw`.
   */
  readonly onInvalidConfiguration?: "throw" | "answer" | undefined;

  /**
   * Called for every failure, including those that `failSafe` hides from the client, and payloads for which `filtering` skips the
   * function. Errors that it throws, or a rejected promise, are ignored.
   */
  readonly onFailure?: ((failure: SidecarFailure) => unknown) | undefined;

  /**
   * Whether functions may change method, path, query and target of the request: a list of allowed origins, or `true` for any
   * origin. The request is sent with all of the client's headers, including `Authorization`. Defaults to `false`: a response
   * with `changeRoute` is invalid.
   */
  readonly reroute?: boolean | readonly string[] | undefined;

  /** Whether the `relay` of a pre-processing response is added to the `params` of the post-processing input. Defaults to `false`. */
  readonly relay?: boolean | undefined;

  /**
   * Whether a response with `unchangedUntil` is reused for the same input until that time. A sidecar keeps up to 1,000 responses
   * per point, with 16 MB of JSON together. An invalid time makes the response invalid. Defaults to `false`.
   */
  readonly reuse?: boolean | undefined;
}
