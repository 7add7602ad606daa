import type { Cloud } from "./Cloud";
import type { HttpResponse } from "../http/HttpResponse";
import type { Route } from "../protocol/Route";
import type { HttpRequest } from "../http/HttpRequest";
import type { Caller } from "../iam/Caller";

/** An authenticated API call. */
export interface ApiCall {
  readonly cloud: Cloud;
  readonly request: HttpRequest;
  readonly route: Route;
  readonly caller: Caller;

  /** Region of the credential scope. */
  readonly region: string;
  readonly requestId: string;
}

/** Runs an operation. Throws a `ServiceError` for every error that AWS would return. */
export type OperationHandler = (
  call: ApiCall,
) => HttpResponse | Promise<HttpResponse>;
