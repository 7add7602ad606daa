/** Arbitrary function configurations, generated from the AWS SDK's schema with all members and nested members. */
import { FunctionConfiguration$ } from "@aws-sdk/client-lambda";
import { NormalizedSchema } from "@smithy/core/schema";
import * as fc from "fast-check";

/** Creates an arbitrary for a schema. Each member of a structure is present, `null` or missing. */
function toArbitrary(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isStructSchema())
    return fc.record(
      Object.fromEntries(
        [...schema.structIterator()].map(([name, member]) => [
          name,
          fc.option(toArbitrary(member), { freq: 8 }),
        ]),
      ),
      { requiredKeys: [] },
    );
  if (schema.isListSchema())
    return fc.array(toArbitrary(schema.getValueSchema()), { maxLength: 2 });
  if (schema.isMapSchema())
    return fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("API_URL", "Error", "Variables")),
      fc.option(toArbitrary(schema.getValueSchema())),
      { maxKeys: 3 },
    );
  if (schema.isNumericSchema()) return fc.nat();
  if (schema.isBooleanSchema()) return fc.boolean();
  return fc.oneof(fc.string(), fc.constantFrom("$LATEST", "nodejs99.x", ""));
}

const times = fc.oneof(
  fc
    .date({
      min: new Date(0),
      max: new Date("2100-01-01"),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().replace("Z", "+0000")),
  fc.constantFrom("2026-11-02T09:15:30.000+0100", "yesterday", ""),
);

type Json = Record<string, unknown>;

/** The configuration of a function, as Lambda returns it. */
export const functionConfigurations = fc
  .tuple(
    toArbitrary(
      NormalizedSchema.of(FunctionConfiguration$),
    ) as fc.Arbitrary<Json>,
    times,
  )
  .map(([configuration, time]) =>
    "LastModified" in configuration
      ? { ...configuration, LastModified: time }
      : configuration,
  );

const unknownMembers = fc.dictionary(
  fc
    .string({
      unit: fc.constantFrom("a", "b", "c", "X", "Y", "Z"),
      minLength: 2,
      maxLength: 8,
    })
    .map((name) => `Zz${name}`),
  fc.oneof(fc.string(), fc.nat(), fc.array(fc.string())),
  { minKeys: 1, maxKeys: 3 },
);

const toCamelCase = (members: Json): Json =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name.replace("Zz", "zz"),
      value,
    ]),
  );

/** A configuration with members that the AWS SDK does not know, at the top level and in a nested structure. */
export const configurationsWithUnknownMembers = fc
  .tuple(functionConfigurations, unknownMembers, unknownMembers)
  .map(([known, outer, nested]) => {
    const VpcConfig = { VpcId: "vpc-1" };
    return {
      known: { ...known, VpcConfig },
      extended: { ...known, ...outer, VpcConfig: { ...VpcConfig, ...nested } },
      added: { ...toCamelCase(outer), vpcConfig: toCamelCase(nested) },
    };
  });
