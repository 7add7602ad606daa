import type { FunctionVersion } from "../state/FunctionVersion";
import { getRoleArn } from "../state/getRoleArn";
import { LATEST, type LambdaFunction } from "../state/LambdaFunction";

/** Returns the configuration of a version as `ListFunctions` does. */
export function toConfiguration(
  version: FunctionVersion,
  functionArn: string,
): Record<string, unknown> {
  const { definition } = version.of;
  const hasEnvironment = Object.keys(definition.environment).length > 0;
  const [, , , , accountId = ""] = functionArn.split(":");
  return {
    FunctionName: definition.name,
    FunctionArn: functionArn,
    Runtime: definition.runtime,
    Role: getRoleArn(definition, accountId),
    Handler: definition.handler,
    CodeSize: version.codeSize,
    Description: definition.description,
    Timeout: Math.ceil(definition.timeout),
    MemorySize: definition.memorySize,
    LastModified: version.lastModified,
    CodeSha256: version.codeSha256,
    Version: version.of.version,
    ...(hasEnvironment && {
      Environment: { Variables: definition.environment },
    }),
    TracingConfig: { Mode: "PassThrough" },
    RevisionId: version.revisionId,
    PackageType: "Zip",
    Architectures: [process.arch === "arm64" ? "arm64" : "x86_64"],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: {
      LogFormat: "Text",
      LogGroup: `/aws/lambda/${definition.name}`,
    },
    ...(definition.isolatesTenants && {
      TenancyConfig: { TenantIsolationMode: "PER_TENANT" },
    }),
  };
}

/** Returns the configuration with its state, as all other operations do. */
export function toConfigurationWithState(
  version: FunctionVersion,
  functionArn: string,
): Record<string, unknown> {
  return {
    ...toConfiguration(version, functionArn),
    State: "Active",
    LastUpdateStatus: "Successful",
  };
}

/** Creates the ARN of a version, with its number or `$LATEST`. */
export function createQualifiedArn(
  of: LambdaFunction,
  version: FunctionVersion = getLatestVersion(of),
): string {
  return `${of.arn}:${version.of.version}`;
}

/** Returns the unpublished version, which every function has. */
export function getLatestVersion(of: LambdaFunction): FunctionVersion {
  const latest = of.versions.get(LATEST);
  if (!latest) throw new Error(`${of.arn} has no ${LATEST}.`);
  return latest;
}
