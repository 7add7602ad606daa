import { appliesToAction, type AccessRequest } from "./appliesTo";
import type { Role } from "./Role";

/** Whether a role's trust policy names a service of AWS, and lets it do one of the `sts:` actions of assuming the role. */
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
