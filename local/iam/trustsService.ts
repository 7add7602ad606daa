import { matchesPattern } from "./matchesPattern";
import type { Role } from "./Role";

/** Whether a role's trust policy names a service of AWS, and lets it do one of the `sts:` actions of assuming the role. */
export function trustsService(
  role: Role,
  attempt: { readonly service: string; readonly action: string },
): boolean {
  const action = attempt.action.toLowerCase();
  const applying = role.trust.filter(
    ({ services, actions, externalIds }) =>
      services.includes(attempt.service) &&
      // A service presents no external id.
      externalIds === undefined &&
      actions.some((pattern) => matchesPattern(pattern.toLowerCase(), action)),
  );
  return (
    applying.length > 0 && applying.every(({ effect }) => effect === "Allow")
  );
}
