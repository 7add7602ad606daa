import type { Cloud } from "./Cloud";
import type { HttpAnswer } from "../http/HttpResponse";
import type { Route } from "../protocol/Route";
import type { WireRequest } from "../http/HttpRequest";
import type { Caller } from "../iam/Caller";

/** A request that was believed: who asks for what, where. */
export interface Call {
  readonly cloud: Cloud;
  readonly request: WireRequest;
  readonly route: Route;
  readonly caller: Caller;

  /** Region of the credential scope; the one whose endpoint was meant. */
  readonly region: string;
  readonly requestId: string;
}

/** Carries out one operation. What AWS would refuse is thrown as a `ServiceError`. */
export type Operation = (call: Call) => HttpAnswer | Promise<HttpAnswer>;
