import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";

/** What a request is made of. */
export interface RequestFacts {
  /** Verb, as it came: `GET`, `PROPFIND`. */
  readonly method: string;

  /**
   * Path behind the route's own, and query, as they stand on the wire: nothing decoded, nothing normalised. The path is empty where
   * the route's own was asked for, without a slash behind.
   */
  readonly url: string;

  /** The headers, but for those that speak of one connection. */
  readonly headers: HeaderList;

  /** The body. */
  readonly body: Body;

  /** `http` or `https`, as the client spoke. */
  readonly scheme: string;

  /** Host and port as the client called them. Absent: it named none. */
  readonly host?: string | undefined;

  /** The path of the route itself, which `url` begins behind. Absent: the route is at the root. */
  readonly mountPath?: string | undefined;

  /** Address of the client's end of the connection. Absent: the host does not tell. */
  readonly remoteAddress?: string | undefined;

  /** The client takes trailers behind the answer. Absent: he does not say so. */
  readonly takesTrailers?: boolean | undefined;

  /** Where it goes in place of the route's origin: a URL without path. Absent: to the origin. */
  readonly target?: string | undefined;
}

/**
 * A request on its way to the origin. It does not change; what changes it answers a new one.
 *
 * @category Gateway
 */
export class GatewayRequest implements RequestFacts {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Body;
  readonly scheme: string;
  readonly host: string | undefined;
  readonly mountPath: string;
  readonly remoteAddress: string | undefined;
  readonly takesTrailers: boolean | undefined;
  readonly target: string | undefined;

  /** Made by an adapter. */
  constructor(facts: RequestFacts) {
    this.method = facts.method;
    this.url = facts.url;
    this.headers = facts.headers;
    this.body = facts.body;
    this.scheme = facts.scheme;
    this.host = facts.host;
    this.mountPath = facts.mountPath ?? "";
    this.remoteAddress = facts.remoteAddress;
    this.takesTrailers = facts.takesTrailers;
    this.target = facts.target;
  }

  /** The path, without the query. */
  get path(): string {
    const at = this.url.indexOf("?");
    return at < 0 ? this.url : this.url.slice(0, at);
  }

  /** The query as it stands on the wire, without its question mark; empty where there is none. */
  get query(): string {
    const at = this.url.indexOf("?");
    return at < 0 ? "" : this.url.slice(at + 1);
  }

  /** The whole URL as the client called it. */
  get uri(): string {
    return `${this.scheme}://${this.host ?? "localhost"}${this.mountPath}${this.url}`;
  }

  /** The same request, but for this. */
  with(facts: Partial<RequestFacts>): GatewayRequest {
    return new GatewayRequest(Object.assign({}, this, facts));
  }
}
