import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";

/** What a response is made of. */
export interface ResponseFacts {
  /** Status, 200 to 599. */
  readonly status: number;

  /** Text behind the status. Absent: the usual one. */
  readonly statusText?: string | undefined;

  /** The headers, but for those that speak of one connection. */
  readonly headers: HeaderList;

  /** The body. */
  readonly body: Body;
}

/**
 * A response on its way to the client. It does not change; what changes it answers a new one.
 *
 * @category Gateway
 */
export class GatewayResponse implements ResponseFacts {
  readonly status: number;
  readonly statusText: string | undefined;
  readonly headers: HeaderList;
  readonly body: Body;

  /** Made of what an origin or a step answers. */
  constructor(facts: ResponseFacts) {
    this.status = facts.status;
    this.statusText = facts.statusText;
    this.headers = facts.headers;
    this.body = facts.body;
  }

  /** The same response, but for this. */
  with(facts: Partial<ResponseFacts>): GatewayResponse {
    return new GatewayResponse(Object.assign({}, this, facts));
  }
}
