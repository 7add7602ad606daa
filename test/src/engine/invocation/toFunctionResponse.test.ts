import {
  CapacityProviderConfig$,
  DeadLetterConfig$,
  DurableConfig$,
  EnvironmentError$,
  EnvironmentResponse$,
  EphemeralStorage$,
  FileSystemConfig$,
  FunctionConfiguration$,
  ImageConfig$,
  ImageConfigError$,
  ImageConfigResponse$,
  LambdaManagedInstancesCapacityProviderConfig$,
  Layer$,
  LoggingConfig$,
  RuntimeVersionConfig$,
  RuntimeVersionError$,
  S3FilesConfig$,
  SnapStartResponse$,
  TenancyConfig$,
  TracingConfigResponse$,
  VpcConfigResponse$,
} from "@aws-sdk/client-lambda";
import * as domain from "../../../../domain";
import { captionsOf, type EntityClass } from "../../../../domain/decorators";
import { toFunctionResponse } from "../../../../src/engine/invocation/toFunctionResponse";

/** Returns the names of a structure's members in the AWS SDK's schema. */
function listMembers(schema: unknown): string[] {
  return (schema as unknown[])[4] as string[];
}

/** Creates a structure with every member that AWS has. */
function createFull(schema: unknown): Record<string, string> {
  return Object.fromEntries(
    listMembers(schema).map((name) => [name, `<${name}>`]),
  );
}

function findUndeclared(value: object, entity: EntityClass): string[] {
  const declared = captionsOf(entity);
  return Object.keys(value).filter((name) => !declared.has(name));
}

describe("toFunctionResponse", () => {
  it("maps every member of AWS's configuration to a declared property", () => {
    const names = listMembers(FunctionConfiguration$);

    const response = toFunctionResponse({
      ...createFull(FunctionConfiguration$),
      LastModified: "2026-11-02T08:15:30.000+0000",
    });

    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(response)).toHaveLength(names.length);
    expect(findUndeclared(response, domain.FunctionResponse)).toEqual([]);
    expect(captionsOf(domain.FunctionResponse).size).toBe(names.length);
  });

  it.each<[string, unknown, EntityClass]>([
    [
      "CapacityProviderConfig",
      CapacityProviderConfig$,
      domain.CapacityProviderConfig,
    ],
    ["DeadLetterConfig", DeadLetterConfig$, domain.DeadLetterConfig],
    ["DurableConfig", DurableConfig$, domain.DurableConfig],
    ["Environment", EnvironmentResponse$, domain.Environment],
    ["Environment.Error", EnvironmentError$, domain.ConfigurationError],
    ["EphemeralStorage", EphemeralStorage$, domain.EphemeralStorage],
    ["FileSystemConfig", FileSystemConfig$, domain.FileSystemConfig],
    ["ImageConfig", ImageConfig$, domain.ImageConfig],
    ["ImageConfigResponse", ImageConfigResponse$, domain.ImageConfigResponse],
    ["ImageConfigResponse.Error", ImageConfigError$, domain.ConfigurationError],
    [
      "LambdaManagedInstancesCapacityProviderConfig",
      LambdaManagedInstancesCapacityProviderConfig$,
      domain.LambdaManagedInstancesCapacityProviderConfig,
    ],
    ["Layer", Layer$, domain.Layer],
    ["LoggingConfig", LoggingConfig$, domain.LoggingConfig],
    [
      "RuntimeVersionConfig",
      RuntimeVersionConfig$,
      domain.RuntimeVersionConfig,
    ],
    [
      "RuntimeVersionConfig.Error",
      RuntimeVersionError$,
      domain.ConfigurationError,
    ],
    ["S3FilesConfig", S3FilesConfig$, domain.S3FilesConfig],
    ["SnapStart", SnapStartResponse$, domain.SnapStart],
    ["TenancyConfig", TenancyConfig$, domain.TenancyConfig],
    ["TracingConfig", TracingConfigResponse$, domain.TracingConfig],
    ["VpcConfig", VpcConfigResponse$, domain.VpcConfig],
  ])("maps every member of %s to a declared property", (_, schema, entity) => {
    const { layers } = toFunctionResponse({
      Layers: [createFull(schema)],
    });

    const mapped = layers?.[0] as object;
    expect(Object.keys(mapped)).toHaveLength(listMembers(schema).length);
    expect(findUndeclared(mapped, entity)).toEqual([]);
  });

  it("parses Lambda's time format", () => {
    const { lastModified } = toFunctionResponse({
      LastModified: "2026-11-02T09:15:30.000+0100",
    });

    expect(lastModified).toEqual(new Date("2026-11-02T08:15:30Z"));
  });

  it("omits lastModified if AWS returns an invalid time", () => {
    const response = toFunctionResponse({ LastModified: "yesterday" });

    expect("lastModified" in response).toBe(false);
  });

  it("keeps the names of environment variables", () => {
    const variables = { API_URL: "https://shop.example", Colour: "Blue" };

    const { environment } = toFunctionResponse({
      Environment: { Variables: variables },
    });

    expect(environment?.variables).toEqual(variables);
  });

  it("keeps values that the AWS SDK does not know, and omits undefined ones", () => {
    const response = toFunctionResponse({
      FunctionName: "price",
      Runtime: "nodejs99.x" as never,
      MemorySize: 0,
      Description: "",
      State: undefined,
    });

    expect(Object.entries(response)).toEqual([
      ["functionName", "price"],
      ["runtime", "nodejs99.x"],
      ["memorySize", 0],
      ["description", ""],
    ]);
  });
});
