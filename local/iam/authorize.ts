import { refuse } from "../http/refuse";
import type { Service } from "../http/Service";
import type { Caller } from "./Caller";
import { objectionOfCaller, type Objection, type Request } from "./objections";

/** Refuses, in AWS's words, what the caller may not do. */
export function authorize(
  caller: Caller,
  request: Request & {
    readonly service: Service;

    /** Account that owns the resource. */
    readonly ownerId: string;
  },
): void {
  const objection = objectionOfCaller(caller, request) ?? objectionOfOwner();
  if (objection === undefined) return;
  throw refuse(request.service, {
    kind: "access-denied",
    message: `User: ${caller.arn} is not authorized to perform: ${request.action} on resource: ${request.resource} ${objection}`,
  });

  // Resource policies can't be set here, so nothing is shared between accounts but by roles.
  function objectionOfOwner(): Objection {
    return request.ownerId === caller.accountId
      ? undefined
      : `because no resource-based policy allows the ${request.action} action`;
  }
}
