import type {
  Action,
  ActionInput,
  ActionOutput,
  Service,
  ServiceRequest,
} from "../connection/sdkClients";
import type { Attempt } from "./Attempt";
import type { Call } from "./Call";
import { deliver } from "./deliver";
import type { RequestTarget } from "./RequestTarget";
import { sendAttempt } from "./sendAttempt";

/** A request for one action of a service, typed by the AWS SDK. */
export interface ActionRequest<
  Name extends Service,
  Of extends Action<Name>,
> extends RequestTarget {
  readonly service: Name;
  readonly action: Of;
  readonly input: ActionInput<Name, Of>;
}

/** Sends a request to AWS, with retries, and returns the action's output. */
export function sendRequest<Name extends Service, Of extends Action<Name>>(
  call: Call,
  { service, action, input, ...target }: ActionRequest<Name, Of>,
): Promise<ActionOutput<Name, Of>> {
  return sendRequestWith(
    call,
    { serviceRequest: { service, action, input }, target },
    sendAttempt<ActionOutput<Name, Of>>,
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
