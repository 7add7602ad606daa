import { createCommonError } from "../protocol/createCommonError";
import type { Service } from "../protocol/Service";
import type { Caller } from "./Caller";
import { toConditionContext } from "./toConditionContext";
import type { AccessRequest } from "./appliesTo";
import { explainDenial, type DenialReason } from "./explainDenial";

/** Throws AWS's access-denied error if the caller does not have the permission. */
export function authorize(
  { caller, region }: { readonly caller: Caller; readonly region: string },
  request: Omit<AccessRequest, "context"> & {
    readonly service: Service;

    /** Account that owns the resource. */
    readonly ownerId: string;
  },
): void {
  const context = toConditionContext(caller, region);
  const reason =
    explainDenial(caller, { ...request, context }) ?? explainOwnerDenial();
  if (reason === undefined) return;
  throw createCommonError(request.service, {
    kind: "access-denied",
    message: `User: ${caller.arn} is not authorized to perform: ${request.action} on resource: ${request.resource} ${reason}`,
  });

  // Resource policies are not supported, so only roles give access to another account.
  function explainOwnerDenial(): DenialReason {
    return request.ownerId === caller.accountId
      ? undefined
      : `because no resource-based policy allows the ${request.action} action`;
  }
}
