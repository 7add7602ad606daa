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

/** The names of a structure's members, as the AWS SDK's own schema has them. */
function members(schema: unknown): string[] {
  return (schema as unknown[])[4] as string[];
}

/** A structure with every member that AWS has. */
function full(schema: unknown): Record<string, string> {
  return Object.fromEntries(members(schema).map((name) => [name, `<${name}>`]));
}

function undeclared(value: object, entity: EntityClass): string[] {
  const declared = captionsOf(entity);
  return Object.keys(value).filter((name) => !declared.has(name));
}

describe("toFunctionResponse", () => {
  it("puts every member of AWS's configuration into a declared property", () => {
    const names = members(FunctionConfiguration$);

    const response = toFunctionResponse({
      ...full(FunctionConfiguration$),
      LastModified: "2026-11-02T08:15:30.000+0000",
    });

    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(response)).toHaveLength(names.length);
    expect(undeclared(response, domain.FunctionResponse)).toEqual([]);
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
  ])("has a declared property for every member of %s", (_, schema, entity) => {
    const { layers } = toFunctionResponse({
      Layers: [full(schema)],
    });

    const mapped = layers?.[0] as object;
    expect(Object.keys(mapped)).toHaveLength(members(schema).length);
    expect(undeclared(mapped, entity)).toEqual([]);
  });

  it("reads Lambda's way of writing a time", () => {
    const { lastModified } = toFunctionResponse({
      LastModified: "2026-11-02T09:15:30.000+0100",
    });

    expect(lastModified).toEqual(new Date("2026-11-02T08:15:30Z"));
  });

  it("has no time where AWS writes one that nobody can read", () => {
    const response = toFunctionResponse({ LastModified: "yesterday" });

    expect("lastModified" in response).toBe(false);
  });

  it("changes no name of an environment variable", () => {
    const variables = { API_URL: "https://shop.example", Colour: "Blue" };

    const { environment } = toFunctionResponse({
      Environment: { Variables: variables },
    });

    expect(environment?.variables).toEqual(variables);
  });

  it("knows a value that AWS invents tomorrow, and leaves out what is absent", () => {
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
