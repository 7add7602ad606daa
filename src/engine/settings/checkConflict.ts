import { SERVICES } from "../http/serviceEndpoint";
import type { Connection } from "./Connection";
import type { ResolvedEndpoints } from "./resolveEndpoints";
import type { EnabledFlag, ResolveContext } from "./SettingSources";

/** The settings that can contradict each other. */
interface Settings extends ResolvedEndpoints {
  readonly connection: Connection;
  readonly enabled: readonly EnabledFlag[];
}

/**
 * Rejects custom endpoints together with FIPS or dual-stack endpoints, as the AWS SDK does. If only some services have an
 * endpoint, and the connection does not set it itself, the others can be used: {@link customEndpoint} rejects these services.
 */
export function checkConflict(
  { connection, endpoints, sources, enabled }: Settings,
  { issues }: ResolveContext,
): void {
  const [first] = enabled;
  if (!first || issues.length > 0) return;
  const given = connection.endpoint;
  const isGiven =
    typeof given === "string" ||
    SERVICES.some((service) => given?.[service] !== undefined);
  const hasAll = SERVICES.every((service) => endpoints[service] !== undefined);
  if (!isGiven && !hasAll) return;
  const what = isGiven ? "endpoint" : sources.join(" and ");
  const flags = enabled.map(({ source }) => source).join(" and ");
  const areOptions =
    isGiven && enabled.every(({ source }) => Object.hasOwn(connection, source));
  const optionRemedy = areOptions ? `omit endpoint or ${flags}` : undefined;
  const remedy =
    first.remedy ??
    optionRemedy ??
    `unset ${enabled.length > 1 ? "them" : "it"}, or set useFips: false and useDualStack: false`;
  issues.push({
    path: "endpoint",
    rule: "conflict",
    message: `${what} cannot be combined with ${flags}; ${remedy}`,
  });
}
