import type { Call } from "../state/ApiCall";
import { refuse } from "../protocol/createCommonError";
import type { Service } from "../protocol/Service";
import { contextOf } from "./toConditionContext";
import type { Request } from "./appliesTo";
import { objectionOfCaller, type Objection } from "./explainDenial";

/** Refuses, in AWS's words, what the caller may not do. */
export function authorize(
  { caller, region }: Pick<Call, "caller" | "region">,
  request: Omit<Request, "context"> & {
    readonly service: Service;

    /** Account that owns the resource. */
    readonly ownerId: string;
  },
): void {
  const context = contextOf(caller, region);
  const objection =
    objectionOfCaller(caller, { ...request, context }) ?? objectionOfOwner();
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
