import { appliesToAction, type AccessRequest } from "./appliesTo";
import type { Role } from "./Role";

/** Whether the trust policy of a role allows a service an `sts:` action. */
export function trustsService(
  role: Role,
  attempt: Pick<AccessRequest, "action" | "context"> & {
    readonly service: string;
  },
): boolean {
  const applying = role.trust.filter(
    (statement) =>
      statement.services.includes(attempt.service) &&
      appliesToAction(statement, attempt),
  );
  return (
    applying.length > 0 && applying.every(({ effect }) => effect === "Allow")
  );
}
