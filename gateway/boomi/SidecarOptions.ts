import type { Connector } from "../../src";
import type { Exchange } from "../http/Exchange";
import type { PostInput } from "./configuration/PostInput";
import type { PreInput } from "./configuration/PreInput";
import type { ErrorSet } from "./ErrorSet";
import type { SidecarFailure } from "./SidecarFailure";

/** Attributes of an application or a key: what the vendor calls EAVs. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | null | undefined>
>;

/**
 * What the host knows of who calls.
 *
 * @category Gateway
 */
export interface Caller {
  /** The key that he used. Absent: none. */
  readonly packageKey?: string;

  /** His access token, for the token `token` of `expand-input`. Absent: he has none. */
  readonly token?: Readonly<Record<string, unknown>>;

  /** His address. Absent: the other end of the connection. */
  readonly remoteAddress?: string;

  /** The host's id of the call. Absent: the exchange's own. */
  readonly messageId?: string;
}

/**
 * What a sidecar is made of.
 *
 * @category Gateway
 */
export interface SidecarOptions {
  /** Asks AWS: the Parameter Store and STS in its region, as whoever it is; you close it. */
  readonly connector: Connector;

  /** What happens before the origin, as the vendor's lines or as an object. Absent: nothing. */
  readonly preInput?: string | PreInput;

  /** What happens after the origin, likewise. */
  readonly postInput?: string | PostInput;

  /** The endpoint at which it stands. */
  readonly endpoint: {
    /** Id of the API, as functions are told. */
    readonly serviceId: string;

    /** Id of the endpoint, as functions are told. */
    readonly endpointId: string;

    /** The endpoint's own time-out in ms, up to 2,147,483,647, which both points together may not exceed. Absent: 60,000. */
    readonly timeoutMs?: number;

    /** URL of the origin, for `routing` and for changes of its host. Absent: functions are not told. */
    readonly origin?: string;
  };

  /**
   * Tells who calls. What it throws is a failure of the sidecar, as of the lookups below; its time is the point's. Absent: nobody is
   * known, and functions are given an empty `packageKey`.
   */
  readonly caller?: (exchange: Exchange) => Caller | Promise<Caller>;

  /** Looks up the attributes of the calling application. Needed where the configuration names any. */
  readonly applicationAttributes?: (
    exchange: Exchange,
  ) => Attributes | undefined | Promise<Attributes | undefined>;

  /** Looks up the attributes of the package key, likewise. */
  readonly packageKeyAttributes?: (
    exchange: Exchange,
  ) => Attributes | undefined | Promise<Attributes | undefined>;

  /** What errors are answered with where `enable_error_set` is on. Needed there. */
  readonly errorSet?: ErrorSet;

  /**
   * How errors and messages are written: `xml`, as the vendor's gateway does, in an `h1`; `json`, as
   * `{"code", "message"}`; or `text`. A function's own failure is JSON always. Absent: `xml`.
   */
  readonly errorFormat?: "xml" | "json" | "text";

  /**
   * What AWS said when it refused: `told` to the client, as the vendor does, with names of accounts and roles in it; or `hidden`
   * from him, behind `Error while connecting to AWS lambda.`, as is what AWS has not said itself. Absent: `told`.
   */
  readonly refusals?: "told" | "hidden";

  /**
   * A configuration that cannot be used: `throw` at once, or `answer` each request with the vendor's error, as the vendor does.
   * Absent: `throw`.
   */
  readonly onInvalidConfiguration?: "throw" | "answer";

  /**
   * Told of each failure, also of those that `failSafe` keeps from the client; what it throws, or rejects with, touches no
   * traffic. Absent: nobody is told.
   */
  readonly onFailure?: (failure: SidecarFailure) => unknown;

  /**
   * Functions may change verb, path, query and target: a list of the origins to which they may, or `true` for all of them, with
   * whatever the client sent, his `Authorization` among it. Absent: they may not, and an answer that would is invalid.
   */
  readonly reroute?: boolean | readonly string[];

  /** What a function before relays is given to the function after, in its `params`. Absent: it is not. */
  readonly relay?: boolean;

  /** An answer with `unchangedUntil` is taken again for the same input until then; a time that cannot be read is invalid. Absent: each call asks. */
  readonly reuse?: boolean;
}
