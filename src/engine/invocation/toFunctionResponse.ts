import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import * as domain from "../../../domain";

/** Converts AWS's configuration of a function. Members that AWS adds in the future are converted as well. */
export function toFunctionResponse(
  configuration: FunctionConfiguration,
): domain.FunctionResponse {
  const response = toEntity(
    new domain.FunctionResponse(),
    configuration,
  ) as Writable<domain.FunctionResponse>;
  if ("lastModified" in response) {
    const lastModified = toDate(configuration.LastModified);
    if (lastModified) response.lastModified = lastModified;
    else delete response.lastModified;
  }
  return response;
}

type Writable<Entity> = { -readonly [Field in keyof Entity]: Entity[Field] };

/** Nested entities, by the name of the property that contains them. */
const ENTITIES: ReadonlyMap<string, new () => object> = new Map<
  string,
  new () => object
>([
  ["capacityProviderConfig", domain.CapacityProviderConfig],
  ["deadLetterConfig", domain.DeadLetterConfig],
  ["durableConfig", domain.DurableConfig],
  ["environment", domain.Environment],
  ["ephemeralStorage", domain.EphemeralStorage],
  ["error", domain.ConfigurationError],
  ["fileSystemConfigs", domain.FileSystemConfig],
  ["imageConfig", domain.ImageConfig],
  ["imageConfigResponse", domain.ImageConfigResponse],
  [
    "lambdaManagedInstancesCapacityProviderConfig",
    domain.LambdaManagedInstancesCapacityProviderConfig,
  ],
  ["layers", domain.Layer],
  ["loggingConfig", domain.LoggingConfig],
  ["runtimeVersionConfig", domain.RuntimeVersionConfig],
  ["s3FilesConfig", domain.S3FilesConfig],
  ["snapStart", domain.SnapStart],
  ["tenancyConfig", domain.TenancyConfig],
  ["tracingConfig", domain.TracingConfig],
  ["vpcConfig", domain.VpcConfig],
]);

/** Names that are omitted: the AWS SDK's metadata, and a name that would replace the entity's prototype. */
const OMITTED_NAMES = new Set(["$metadata", "__proto__"]);

/** How a member of AWS's configuration is converted. */
interface Member {
  /** Name in camelCase; `undefined` if the member is omitted. */
  readonly property: string | undefined;
  /** Class of a nested entity; `undefined` for a plain object or another value. */
  readonly Entity: (new () => object) | undefined;
}

/** Members by AWS's name, so that each name is converted once. AWS has a few dozen. */
const knownMembers = new Map<string, Member>();

/** Maximum size of the cache, in case a custom endpoint returns arbitrary names. */
const MAX_CACHED_NAMES = 500;

function toMember(name: string): Member {
  let member = knownMembers.get(name);
  if (!member) {
    const property = OMITTED_NAMES.has(name) ? undefined : toCamelCase(name);
    member = { property, Entity: ENTITIES.get(property ?? "") };
    if (knownMembers.size < MAX_CACHED_NAMES) knownMembers.set(name, member);
  }
  return member;
}

/** `KMSKeyArn` becomes `kmsKeyArn`, `CodeSha256` becomes `codeSha256`. */
function toCamelCase(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) =>
    start.toLowerCase(),
  );
}

function toEntity(target: object, source: object): object {
  const properties = target as Record<string, unknown>;
  const members = source as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const value = members[name];
    const member = toMember(name);
    if (value === undefined || value === null || member.property === undefined)
      continue;
    // The names of environment variables stay unchanged.
    properties[member.property] =
      typeof value === "object" && name !== "Variables"
        ? toValue(value, member)
        : value;
  }
  return target;
}

function toValue(value: object, member: Member): unknown {
  if (!Array.isArray(value))
    return toEntity(member.Entity ? new member.Entity() : {}, value);
  return value.map((item: unknown) =>
    typeof item === "object" && item !== null ? toValue(item, member) : item,
  );
}

/** Parses Lambda's time format, `2026-11-02T08:15:30.000+0000`, whose offset has no colon. */
function toDate(time: unknown): Date | undefined {
  if (typeof time !== "string") return undefined;
  const date = new Date(
    time.endsWith("+0000")
      ? `${time.slice(0, -5)}Z`
      : time.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"),
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}
