import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import * as domain from "../../../domain";

/** A function as AWS describes it, under our names; what AWS adds tomorrow comes along. */
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

/** The entities that stand in others, by the name of the property. */
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

/** What is no member of a function: the AWS SDK's own notes, and a name that would change what the entity is. */
const PASSED_OVER = new Set(["$metadata", "__proto__"]);

/** How a member is called here, and what stands in it. */
interface Member {
  /** Absent: it is passed over. */
  readonly property: string | undefined;
  readonly Entity: (new () => object) | undefined;
}

/** The names that AWS has used so far; a few dozen. */
const members = new Map<string, Member>();

/** Names that are remembered; AWS has no more, but somebody in its place may. */
const MOST_NAMES = 500;

function memberOf(name: string): Member {
  let member = members.get(name);
  if (!member) {
    const property = PASSED_OVER.has(name) ? undefined : camelName(name);
    member = { property, Entity: ENTITIES.get(property ?? "") };
    if (members.size < MOST_NAMES) members.set(name, member);
  }
  return member;
}

/** `KMSKeyArn` is `kmsKeyArn`, `CodeSha256` is `codeSha256`. */
function camelName(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) =>
    start.toLowerCase(),
  );
}

function toEntity(target: object, source: object): object {
  const to = target as Record<string, unknown>;
  const from = source as Record<string, unknown>;
  for (const name of Object.keys(from)) {
    const value = from[name];
    const member = memberOf(name);
    if (value === undefined || value === null || member.property === undefined)
      continue;
    // Environment variables have names of their own, which are nobody's to change.
    to[member.property] =
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

/** Lambda writes `2026-11-02T08:15:30.000+0000`, the offset without its colon. */
function toDate(text: unknown): Date | undefined {
  if (typeof text !== "string") return undefined;
  const date = new Date(
    text.endsWith("+0000")
      ? `${text.slice(0, -5)}Z`
      : text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"),
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}
