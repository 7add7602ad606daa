import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";

/** Values from which a response is created. */
export interface GatewayResponseInit {
  /** Status, 200 to 599. */
  readonly status: number;

  /** Reason phrase, for HTTP/1.1. Defaults to the standard phrase of the status. */
  readonly statusText?: string | undefined;

  /**
   * Headers, without hop-by-hop headers such as `Connection`. `Content-Length` is optional; a stream with another length is cut off, and
   * bytes are sent with their true length.
   */
  readonly headers: HeaderList;

  /** Body. Bytes can be sent for any number of requests, a stream only once. */
  readonly body: Body;
}

/**
 * A response to the client. It is immutable; {@link with} returns a changed copy.
 *
 * @category Gateway
 */
export class GatewayResponse implements GatewayResponseInit {
  readonly status: number;
  readonly statusText: string | undefined;
  readonly headers: HeaderList;
  readonly body: Body;

  /** Called by origins. */
  constructor(init: GatewayResponseInit) {
    this.status = init.status;
    this.statusText = init.statusText;
    this.headers = init.headers;
    this.body = init.body;
  }

  /** Returns a copy with these values. */
  with(init: Partial<GatewayResponseInit>): GatewayResponse {
    return new GatewayResponse(Object.assign({}, this, init));
  }
}
