import type { ApiCall } from "../state/ApiCall";
import { createCommonError } from "../protocol/createCommonError";
import type { Service } from "../protocol/Service";
import { toConditionContext } from "./toConditionContext";
import type { AccessRequest } from "./appliesTo";
import { explainDenial, type DenialReason } from "./explainDenial";

/** Refuses, in AWS's words, what the caller may not do. */
export function authorize(
  { caller, region }: Pick<ApiCall, "caller" | "region">,
  request: Omit<AccessRequest, "context"> & {
    readonly service: Service;

    /** Account that owns the resource. */
    readonly ownerId: string;
  },
): void {
  const context = toConditionContext(caller, region);
  const objection =
    explainDenial(caller, { ...request, context }) ?? objectionOfOwner();
  if (objection === undefined) return;
  throw createCommonError(request.service, {
    kind: "access-denied",
    message: `User: ${caller.arn} is not authorized to perform: ${request.action} on resource: ${request.resource} ${objection}`,
  });

  // Resource policies can't be set here, so nothing is shared between accounts but by roles.
  function objectionOfOwner(): DenialReason {
    return request.ownerId === caller.accountId
      ? undefined
      : `because no resource-based policy allows the ${request.action} action`;
  }
}
