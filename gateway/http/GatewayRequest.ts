import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";

/** Values from which a request is created. */
export interface GatewayRequestInit {
  /** Method, as received: `GET`, `PROPFIND`. */
  readonly method: string;

  /**
   * Path after the mount path, with the query, exactly as received: neither decoded nor normalized. The path is empty if the mount path
   * was requested without a trailing slash.
   */
  readonly url: string;

  /** Headers, without hop-by-hop headers such as `Connection`. */
  readonly headers: HeaderList;

  /** Body. */
  readonly body: Body;

  /** Scheme that the client used: `http` or `https`. */
  readonly scheme: string;

  /** Host and port that the client requested, if it sent any. */
  readonly host?: string | undefined;

  /** Path at which the route is mounted. Defaults to the root. */
  readonly mountPath?: string | undefined;

  /** Address of the client's end of the connection, if the host knows it. */
  readonly remoteAddress?: string | undefined;

  /** Whether the client accepts trailers after the response. */
  readonly acceptsTrailers?: boolean | undefined;

  /** Origin to use instead of the route's, as a URL without a path. */
  readonly target?: string | undefined;
}

/**
 * A request to the origin. It is immutable; {@link with} returns a changed copy.
 *
 * @category Gateway
 */
export class GatewayRequest implements GatewayRequestInit {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Body;
  readonly scheme: string;
  readonly host: string | undefined;
  readonly mountPath: string;
  readonly remoteAddress: string | undefined;
  readonly acceptsTrailers: boolean | undefined;
  readonly target: string | undefined;

  /** Called by adapters. */
  constructor(init: GatewayRequestInit) {
    this.method = init.method;
    this.url = init.url;
    this.headers = init.headers;
    this.body = init.body;
    this.scheme = init.scheme;
    this.host = init.host;
    this.mountPath = init.mountPath ?? "";
    this.remoteAddress = init.remoteAddress;
    this.acceptsTrailers = init.acceptsTrailers;
    this.target = init.target;
  }

  /** Path, without the query. */
  get path(): string {
    const at = this.url.indexOf("?");
    return at < 0 ? this.url : this.url.slice(0, at);
  }

  /** Query as received, without the question mark; empty if there is none. */
  get query(): string {
    const at = this.url.indexOf("?");
    return at < 0 ? "" : this.url.slice(at + 1);
  }

  /** The complete URL that the client requested. */
  get uri(): string {
    return `${this.scheme}://${this.host ?? "localhost"}${this.mountPath}${this.url}`;
  }

  /** Returns a copy with these values. */
  with(init: Partial<GatewayRequestInit>): GatewayRequest {
    return new GatewayRequest(Object.assign({}, this, init));
  }
}
