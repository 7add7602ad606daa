/** Functions as Lambda describes them, generated from the AWS SDK's own schema: every member, and what stands in it. */
import { FunctionConfiguration$ } from "@aws-sdk/client-lambda";
import { NormalizedSchema } from "@smithy/core/schema";
import * as fc from "fast-check";

/** Members of texts, numbers, lists, maps and structures, each of them there, `null`, or absent. */
function valueOf(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isStructSchema())
    return fc.record(
      Object.fromEntries(
        [...schema.structIterator()].map(([name, member]) => [
          name,
          fc.option(valueOf(member), { freq: 8 }),
        ]),
      ),
      { requiredKeys: [] },
    );
  if (schema.isListSchema())
    return fc.array(valueOf(schema.getValueSchema()), { maxLength: 2 });
  if (schema.isMapSchema())
    return fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("API_URL", "Error", "Variables")),
      fc.option(valueOf(schema.getValueSchema())),
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

/** A function's description. */
export const functionConfigurations = fc
  .tuple(
    valueOf(NormalizedSchema.of(FunctionConfiguration$)) as fc.Arbitrary<Json>,
    times,
  )
  .map(([configuration, time]) =>
    "LastModified" in configuration
      ? { ...configuration, LastModified: time }
      : configuration,
  );

const strangers = fc.dictionary(
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

const camel = (members: Json): Json =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name.replace("Zz", "zz"),
      value,
    ]),
  );

/** A function that AWS describes with members of tomorrow, beside the known ones and within them. */
export const configurationsWithUnknownMembers = fc
  .tuple(functionConfigurations, strangers, strangers)
  .map(([known, beside, within]) => {
    const VpcConfig = { VpcId: "vpc-1" };
    return {
      known: { ...known, VpcConfig },
      strange: { ...known, ...beside, VpcConfig: { ...VpcConfig, ...within } },
      added: { ...camel(beside), vpcConfig: camel(within) },
    };
  });
