/** The short cut of validation: a yes in a fifth of the time is never one where class-validator finds an error. */
import { validateSync } from "class-validator";
import * as fc from "fast-check";
import { Tag } from "../../domain";
import { fieldsOf, isValid, type EntityClass } from "../../domain/decorators";
import * as operations from "../../operations";
import { fixtureBytes, RSA } from "../anywhere";

const CLASSES = [
  ["Tag", Tag as EntityClass],
  ...Object.entries(
    operations as unknown as Record<string, EntityClass>,
  ).filter(([name]) => name.endsWith("Request")),
] as const;

/** Values that fit one field or another, by the names of the fields. */
const FITTING: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  functionName: fc.constantFrom("price", "price:live", "a.b", "a".repeat(256)),
  qualifier: fc.constantFrom("7", "$LATEST", "live", "a".repeat(128)),
  payloadJson: fc.constantFrom("{}", ""),
  invocationType: fc.constantFrom("RequestResponse", "Event", "DryRun"),
  logType: fc.constantFrom("None", "Tail"),
  tenantId: fc.constantFrom("a b/c", " ", "a".repeat(256)),
  durableExecutionName: fc.constantFrom("run-1", "a".repeat(64)),
  idempotent: fc.boolean(),
  onFunctionError: fc.constantFrom("throw", "return"),
  roleArn: fc.constant("arn:aws:iam::222233334444:role/invoker"),
  externalId: fc.constantFrom("ab", "a".repeat(1_224)),
  externalIdKey: fc.constant("acme/prod/trustKey"),
  roleSessionName: fc.constantFrom("ab", "a".repeat(64)),
  durationSeconds: fc.integer({ min: 900, max: 43_200 }),
  sourceIdentity: fc.constant("ab"),
  tags: fc.array(
    fc.constant(Object.assign(new Tag(), { key: "a", value: "" })),
    { maxLength: 50 },
  ),
  functionVersion: fc.constant("ALL"),
  masterRegion: fc.constantFrom("ALL", "us-east-1"),
  marker: fc.string({ minLength: 1 }),
  maxItems: fc.integer({ min: 1, max: 10_000 }),
  limit: fc.integer({ min: 1 }),
  key: fc.constantFrom("a", "ключ", "a".repeat(128)),
  value: fc.constantFrom("", "a b", "a".repeat(256)),
  accessKeyId: fc.constant("AKIAIOSFODNN7EXAMPLE"),
  secretAccessKey: fc.constant("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
  sessionToken: fc.constant("token"),
  expiration: fc.date({ noInvalidDate: true }),
  trustAnchorArn: fc.constant(RSA.trustAnchorArn),
  profileArn: fc.constant(RSA.profileArn),
  certificate: fc.constantFrom(RSA.certificate, fixtureBytes("rsa-modern.p12")),
  privateKey: fc.constant(RSA.privateKey),
  passphrase: fc.constantFrom("", "a b"),
  certificateChain: fc.constant(RSA.certificate),
};

/** Values on the edge of one rule or another, and beyond. */
const HOSTILE = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    "",
    " ",
    ".",
    "..",
    ".:live",
    "two\nlines",
    "price\n",
    "a\u0000",
    "\ud800",
    "a".repeat(65),
    "a".repeat(129),
    "a".repeat(257),
    "😀".repeat(130),
    "all",
    "event",
    "aws:x",
    0,
    -1,
    0.5,
    899,
    43_201,
    10_001,
    2 ** 53,
    NaN,
    Infinity,
    "7",
    10n,
    true,
    "true",
    [],
    [[]],
    ["a"],
    new Array(51).fill({}),
    {},
    { length: 3 },
    new Date(NaN),
    Symbol("a"),
    () => "price",
    new String("price"),
    new Number(1_000),
    new Boolean(true),
  ),
  fc.anything(),
);

const errorsOf = (entity: object) =>
  validateSync(entity, { forbidUnknownValues: false });

describe.each(CLASSES)("isValid of %s", (_, of) => {
  const fields = fieldsOf(of);
  const fitting = (field: string) => FITTING[field] ?? fc.constant(undefined);
  const made = (values: object) => Object.assign(new of(), values);

  it("never says yes where class-validator finds an error", () => {
    const mixed = fc.record(
      Object.fromEntries(
        fields.map((field) => [
          field,
          fc.oneof(
            { weight: 6, arbitrary: fitting(field) },
            { weight: 1, arbitrary: HOSTILE },
          ),
        ]),
      ),
      { requiredKeys: [] },
    );
    const seen = { sound: 0, broken: 0 };

    fc.assert(
      fc.property(mixed, (values) => {
        const entity = made(values);
        const errors = errorsOf(entity);
        seen[errors.length > 0 ? "broken" : "sound"]++;
        if (isValid(entity, of)) expect(errors).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    // Else nothing has been proven.
    if (fields.length > 0) expect(seen.broken).toBeGreaterThan(100);
    expect(seen.sound).toBeGreaterThan(100);
  });

  it("says yes to every valid one", () => {
    const required = fields.filter((field) =>
      errorsOf(new of()).some(({ property }) => property === field),
    );
    const valid = fc.record(
      Object.fromEntries(fields.map((field) => [field, fitting(field)])),
      { requiredKeys: required },
    );

    fc.assert(
      fc.property(valid, (values) => {
        const entity = made(values);
        fc.pre(errorsOf(entity).length === 0);
        expect(isValid(entity, of)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
