import type { Cloud } from "./Cloud";
import type { HttpResponse } from "../http/HttpResponse";
import type { Route } from "../protocol/Route";
import type { HttpRequest } from "../http/HttpRequest";
import type { Caller } from "../iam/Caller";

/** A request that was believed: who asks for what, where. */
export interface ApiCall {
  readonly cloud: Cloud;
  readonly request: HttpRequest;
  readonly route: Route;
  readonly caller: Caller;

  /** Region of the credential scope; the one whose endpoint was meant. */
  readonly region: string;
  readonly requestId: string;
}

/** Carries out one operation. What AWS would refuse is thrown as a `ServiceError`. */
export type OperationHandler = (
  call: ApiCall,
) => HttpResponse | Promise<HttpResponse>;
