import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import * as domain from "../../domain";

/** A function as AWS describes it, under our names; what AWS adds tomorrow comes along. */
export function toFunctionResponse(
  configuration: FunctionConfiguration,
): domain.FunctionResponse {
  const { LastModified, ...rest } = configuration;
  const response = new domain.FunctionResponse();
  const lastModified = toDate(LastModified);
  toEntity(response, rest);
  return Object.assign(response, lastModified && { lastModified });
}

/** The entities that stand in others, by the name of the property. */
const ENTITIES: Readonly<Record<string, new () => object>> = {
  capacityProviderConfig: domain.CapacityProviderConfig,
  deadLetterConfig: domain.DeadLetterConfig,
  durableConfig: domain.DurableConfig,
  environment: domain.Environment,
  ephemeralStorage: domain.EphemeralStorage,
  error: domain.ConfigurationError,
  fileSystemConfigs: domain.FileSystemConfig,
  imageConfig: domain.ImageConfig,
  imageConfigResponse: domain.ImageConfigResponse,
  lambdaManagedInstancesCapacityProviderConfig:
    domain.LambdaManagedInstancesCapacityProviderConfig,
  layers: domain.Layer,
  loggingConfig: domain.LoggingConfig,
  runtimeVersionConfig: domain.RuntimeVersionConfig,
  s3FilesConfig: domain.S3FilesConfig,
  snapStart: domain.SnapStart,
  tenancyConfig: domain.TenancyConfig,
  tracingConfig: domain.TracingConfig,
  vpcConfig: domain.VpcConfig,
};

/** `KMSKeyArn` is `kmsKeyArn`, `CodeSha256` is `codeSha256`; the names of environment variables are nobody's to change. */
function toEntity(target: object, members: object): object {
  for (const [name, member] of entriesOf(members))
    if (member !== undefined) {
      const property = camelName(name);
      const value = name === "Variables" ? member : toValue(property, member);
      Object.assign(target, { [property]: value });
    }
  return target;
}

function toValue(property: string, member: unknown): unknown {
  if (Array.isArray(member))
    return member.map((item) => toValue(property, item));
  if (typeof member !== "object" || member === null) return member;
  const Entity = ENTITIES[property];
  return toEntity(Entity ? new Entity() : {}, member);
}

function entriesOf(members: object): [string, unknown][] {
  return Object.entries(members);
}

function camelName(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) =>
    start.toLowerCase(),
  );
}

/** Lambda writes `2026-11-02T08:15:30.000+0000`, the offset without its colon. */
function toDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
