import { isAwsRegion, isCustomRegion, toRealRegion } from "../arn/regions";
import { toOneLine } from "../text/toOneLine";
import { checkConflict } from "./checkConflict";
import { resolveCertificates } from "./certificates";
import type { Connection, Endpoints } from "./Connection";
import { INVALID_REGION, MAX_ATTEMPTS } from "./connectionRules";
import { resolveEndpoints } from "./resolveEndpoints";
import { resolveFlag } from "./resolveFlag";
import type { EnabledFlag, ResolveContext } from "./SettingSources";

const DEFAULT_MAX_ATTEMPTS = 3;

/** What the connection, the environment and the shared configuration files say together. */
export interface ResolvedSettings {
  /** Missing if at most the metadata of an EC2 instance contains it. */
  readonly region?: string;
  /** Why the region is missing, if that is known. */
  readonly missingRegion?: string;
  readonly endpoints: Endpoints;
  /** Missing if the endpoints in the environment and the profile are used. */
  readonly ignoresConfiguredEndpoints?: true;
  readonly useFips: boolean;
  readonly useDualStack: boolean;
  readonly maxAttempts: number;
  readonly ca?: string;
}

/** A connection whose rules have been checked, with its certificates as PEM in its usual form. */
export interface CheckedConnection extends Connection {
  readonly ca?: string;
}

/** Completes a connection: its own options first, then the environment, then the shared configuration files. */
export function resolveSettings(
  connection: CheckedConnection,
  context: ResolveContext,
): ResolvedSettings {
  const given = resolveRegion(connection, context);
  const resolved = resolveEndpoints(connection, context);
  const { endpoints, isIgnoring } = resolved;
  const fips = resolveFlag("useFips", connection, context);
  const dualStack = resolveFlag("useDualStack", connection, context);
  const maxAttempts = resolveMaxAttempts(connection, context);
  const ca = connection.ca ?? resolveCertificates(context);
  reportUnreadableFiles(context);
  checkRegion(given, endpoints, context);
  const enabled = [given?.fips, fips, dualStack].filter(
    (flag) => flag !== undefined,
  );
  checkConflict({ ...resolved, connection, enabled }, context);
  return {
    ...(given ? { region: given.region } : describeMissingRegion(context)),
    endpoints,
    ...(isIgnoring && { ignoresConfiguredEndpoints: true }),
    useFips: (given?.fips ?? fips) !== undefined,
    useDualStack: dualStack !== undefined,
    maxAttempts,
    ...(ca !== undefined && { ca }),
  };
}

interface GivenRegion {
  readonly region: string;
  /** Where it was found. `undefined`: it is the connection's own. */
  readonly source: string | undefined;
  /** What enables FIPS endpoints. `undefined`: the region's name does not. */
  readonly fips: EnabledFlag | undefined;
}

function resolveRegion(
  connection: Connection,
  { sources }: ResolveContext,
): GivenRegion | undefined {
  const found =
    connection.region === undefined
      ? sources.find({
          variables: ["AWS_REGION", "AWS_DEFAULT_REGION"],
          key: "region",
          preferred: "credentials",
        })
      : { value: connection.region, source: undefined };
  if (!found) return undefined;
  const { region, isFips } = toRealRegion(found.value);
  const fips = isFips
    ? {
        source: `the region ${toOneLine(found.value)}`,
        remedy: `use the region ${toOneLine(region)}`,
      }
    : undefined;
  return { region, source: found.source, fips };
}

/** Returns the maximum number of attempts per request. The environment and the profile can have larger numbers, for other programs. */
function resolveMaxAttempts(
  { maxAttempts }: Connection,
  { sources, issues }: ResolveContext,
): number {
  if (maxAttempts !== undefined) return maxAttempts;
  const found = sources.find({
    variables: ["AWS_MAX_ATTEMPTS"],
    key: "max_attempts",
  });
  if (!found) return DEFAULT_MAX_ATTEMPTS;
  const text = found.value.trim();
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1)
    issues.push({
      path: "maxAttempts",
      rule: "environment",
      message: `${found.source} must be an integer of at least 1; correct or remove it`,
    });
  return Math.min(number, MAX_ATTEMPTS);
}

/** Without an endpoint, the region must be AWS's. If only some services have an endpoint, the others check it when they are used. */
function checkRegion(
  given: GivenRegion | undefined,
  endpoints: Endpoints,
  { issues }: ResolveContext,
): void {
  if (!given || isAwsRegion(given.region)) return;
  const hasEndpoint = Object.keys(endpoints).length > 0;
  if (hasEndpoint && isCustomRegion(given.region)) return;
  const { source } = given;
  const violation =
    source === undefined
      ? INVALID_REGION
      : {
          rule: "environment",
          message: `${source} is not a valid region; set it to a region such as eu-central-1`,
        };
  issues.push({ path: "region", ...violation });
}

/**
 * Reports a file that cannot be read if a variable names it: it was meant to be used. A file at the default path is ignored
 * until something is missing, as by AWS's tools: the process may run as a user without access to it.
 */
function reportUnreadableFiles({ sources, issues }: ResolveContext): void {
  for (const { path, variable, problem } of sources.unreadable)
    if (variable !== undefined)
      issues.push({
        path: "",
        rule: "environment",
        message: `the file ${path}, which ${variable} names, could not be read (${problem ?? ""}); correct or unset the variable`,
      });
}

/** Says why the region is missing if the profile could not be read. */
function describeMissingRegion({
  sources,
}: ResolveContext): Pick<ResolvedSettings, "missingRegion"> {
  const [unreadable] = sources.unreadable;
  if (unreadable)
    return {
      missingRegion: `region is missing, and ${unreadable.path} could not be read (${unreadable.problem ?? ""}); set region on the connection, set AWS_REGION, or correct the file`,
    };
  if (sources.selected === undefined || sources.hasProfile) return {};
  const { config, credentials } = sources.files;
  return {
    missingRegion: `region is missing, and the profile ${toOneLine(sources.profile)}, which AWS_PROFILE selects, is neither in ${config.path} nor in ${credentials.path}; correct AWS_PROFILE, or set region on the connection`,
  };
}
