import type { Action } from "./Action";
import type { ServiceRequest } from "../connection/sdkClients";
import type { Attempt } from "./Attempt";
import type { Call } from "./Call";
import { deliver } from "./deliver";
import type { RequestTarget } from "./RequestTarget";

/** Sends a request for an action to AWS, with retries, and returns the action's output. */
export function sendRequest<Input extends object, Output>(
  call: Call,
  { service, name, send }: Action<Input, Output>,
  { input, ...target }: RequestTarget & { readonly input: Input },
): Promise<Output> {
  return sendRequestWith(
    call,
    { serviceRequest: { service, action: name, input }, target },
    (attempt) => send(attempt, input),
  );
}

/** An AWS action with its input, before its region is known. */
export interface TargetedRequest {
  readonly serviceRequest: ServiceRequest;
  readonly target: RequestTarget;
}

/** Sends a request with retries; `send` makes one attempt. */
export function sendRequestWith<Output>(
  call: Call,
  targeted: TargetedRequest,
  send: (attempt: Attempt) => Promise<Output>,
): Promise<Output> {
  const region = targeted.target.region ?? call.settings.region;
  if (region !== undefined) return deliver({ call, region, ...targeted }, send);
  return call
    .region()
    .then((resolved) => deliver({ call, region: resolved, ...targeted }, send));
}
