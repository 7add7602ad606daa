import type { PointConfiguration } from "./configuration/PointConfiguration";
import type { SidecarIssue } from "./configuration/readPoint";
import type { SidecarOptions } from "./SidecarOptions";

const KNOWN = [
  "connector",
  "preInput",
  "postInput",
  "endpoint",
  "caller",
  "applicationAttributes",
  "packageKeyAttributes",
  "errorSet",
  "errorFormat",
  "refusals",
  "onInvalidConfiguration",
  "onFailure",
  "reroute",
  "relay",
  "reuse",
];

/** What is wrong with the options of a sidecar, and with what its configuration asks of them. */
export function issuesOf(
  options: Partial<SidecarOptions>,
  points: readonly (PointConfiguration | undefined)[],
): SidecarIssue[] {
  const issues: SidecarIssue[] = Object.keys(options)
    .filter((name) => !KNOWN.includes(name))
    .map((path) => ({
      path,
      rule: "unknown",
      message: `${path} is no option of a sidecar, which has ${KNOWN.join(", ")}`,
    }));
  const need = (isThere: unknown, path: string, message: string): void => {
    if (!isThere) issues.push({ path, rule: "required", message });
  };
  const { endpoint, connector } = options;
  need(
    typeof connector?.assumeRoleInvoke === "function",
    "connector",
    "connector takes what createConnector answers",
  );
  need(
    endpoint?.serviceId && endpoint.endpointId,
    "endpoint",
    "endpoint takes serviceId and endpointId",
  );
  need(
    options.preInput ?? options.postInput,
    "preInput",
    "a sidecar takes preInput, postInput or both",
  );
  const { timeoutMs } = endpoint ?? {};
  need(
    timeoutMs === undefined || (Number.isInteger(timeoutMs) && timeoutMs > 0),
    "endpoint.timeoutMs",
    "endpoint.timeoutMs takes a whole number of milliseconds, 1 or more",
  );
  const uses = (
    read: (point: PointConfiguration) => number | boolean,
  ): boolean =>
    points.some((point) => point !== undefined && Boolean(read(point)));
  need(
    !uses((point) => point.requireEavs.length + point.includeEavs.length) ||
      options.applicationAttributes,
    "applicationAttributes",
    "applicationAttributes looks up what require-eavs and include-eavs name",
  );
  need(
    !uses(
      (point) =>
        point.requirePackageKeyEavs.length + point.includePackageKeyEavs.length,
    ) || options.packageKeyAttributes,
    "packageKeyAttributes",
    "packageKeyAttributes looks up what require-packageKey-eavs and include-packageKey-eavs name",
  );
  need(
    !uses((point) => point.enableErrorSet) || options.errorSet,
    "errorSet",
    "errorSet has what enable_error_set answers with",
  );
  need(
    !uses((point) => point.expandInput.has("routing")) || endpoint?.origin,
    "endpoint.origin",
    "endpoint.origin is what routing tells functions of",
  );
  return issues;
}
