import * as fc from "fast-check";
import { Call } from "../../../../src/engine/call/Call";
import { poolFor } from "../../../../src/engine/operation/pools";
import type { AssumeRoleRequest } from "../../../../src/engine/roles/AssumeRoleRequest";
import { toRoleSessionParameters } from "../../../../src/engine/roles/toRoleSessionParameters";
import { readConnection } from "../../../../src/engine/settings/Settings";
import { EXTERNAL_ID } from "../../../awsResponses";
import { connection } from "../../../connection";
import { FakeClock } from "../../../FakeClock";

const optional = (...values: readonly string[]) =>
  fc.constantFrom(undefined, ...values);

/** Few values, so that requests differ in one field only, or in how the same characters are divided among fields. */
const request: fc.Arbitrary<AssumeRoleRequest> = fc
  .record({
    functionName: fc.constantFrom("price", "price:live"),
    roleArn: fc.constantFrom(
      "arn:aws:iam::222233334444:role/a",
      "arn:aws:iam::222233334444:role/ab",
    ),
    qualifier: optional("7", "live"),
    externalId: optional("ab", "abc"),
    externalIdKey: optional("ab", "abc"),
    roleSessionName: optional("ab", "aws-lambda-connector"),
    durationSeconds: fc.constantFrom(undefined, 900, 3_600),
    sourceIdentity: optional("ab", "abc"),
    sessionPolicy: optional("none", "{}"),
  })
  .filter(
    ({ externalId, externalIdKey }) =>
      externalId === undefined || externalIdKey === undefined,
  )
  .map((fields) => ({ ...fields }) as AssumeRoleRequest);

const region = fc.constantFrom("eu-central-1", "eu-west-1");

function openCall() {
  const pool = poolFor({ clock: new FakeClock() });
  const settings = readConnection(connection, "Test");
  const shared = pool.for(settings);
  const operation = "AssumeRoleInvoke";
  const call = new Call({
    ...{ operation, settings, shared, invokes: true, timeoutMs: 1_000 },
  });
  return { call, pool, shared };
}

describe("toRoleSessionParameters", () => {
  it("returns for each request of a sequence what it returns for the request alone", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(request, region), { minLength: 2, maxLength: 12 }),
        (sequence) => {
          const { call } = openCall();
          for (const [each, at] of sequence) {
            const alone = { region: at, call: openCall().call };
            const expected = toRoleSessionParameters(each, alone);
            const actual = toRoleSessionParameters(each, { region: at, call });

            const { cacheKey: expectedKey, ...expectedFields } = expected;
            const { cacheKey, ...fields } = actual;
            expect(fields).toEqual(expectedFields);
            expect(cacheKey.for("caller")).toBe(expectedKey.for("caller"));
          }
        },
      ),
    );
  });

  it("returns the same object for a repeated request, also between requests for other functions", () => {
    const { call } = openCall();
    const parametersOf = (functionName: string) =>
      toRoleSessionParameters(
        { functionName, roleArn: "arn:aws:iam::222233334444:role/a" },
        { region: "eu-central-1", call },
      );
    const price = parametersOf("price");

    parametersOf("stock");

    expect(parametersOf("price")).toBe(price);
  });

  it("keeps at most 1,000 requests, by the names of their functions, until the pool is emptied", () => {
    const { call, pool, shared } = openCall();
    for (let i = 0; i < 1_100; i++)
      toRoleSessionParameters(
        {
          functionName: `price-${i}`,
          roleArn: "arn:aws:iam::222233334444:role/a",
          externalId: EXTERNAL_ID,
        },
        { region: "eu-central-1", call },
      );

    expect(shared.roleRequests.size).toBe(1_000);
    expect([...shared.roleRequests.keys()].join()).not.toContain(EXTERNAL_ID);
    pool.empty();
    expect(shared.roleRequests.size).toBe(0);
  });
});
