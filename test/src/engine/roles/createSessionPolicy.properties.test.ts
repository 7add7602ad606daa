import * as fc from "fast-check";
import { AWS_Region } from "../../../../domain";
import { FUNCTION_NAME } from "../../../../domain/Function";
import { createSessionPolicy } from "../../../../src/engine/roles/createSessionPolicy";
import { invokePolicy } from "../../../../src";
import type { Caller } from "../../../../local/iam/Caller";
import { toConditionContext } from "../../../../local/iam/toConditionContext";
import { explainDenial } from "../../../../local/iam/explainDenial";
import { readPolicy } from "../../../../local/iam/readPolicy";
import type { Statement } from "../../../../local/iam/Statement";
import { partitionOf } from "../../../../local/arn/partitionOf";

// Evaluated by the embedded AWS's own reader and evaluator, which know nothing of ours.

const text = (characters: string, maxLength: number, minLength = 1) =>
  fc.string({
    unit: fc.constantFrom(...Array.from(characters)),
    minLength,
    maxLength,
  });

const WORD = "abcXYZ019-_";

const accounts = text("0123456789", 12, 12);
const regions = fc.constantFrom(...Object.values(AWS_Region));
const names = text(`${WORD}.`, 12).filter(
  // Paths are refused; what reads as a part of an ARN is another name.
  (name) => !/^\.{1,2}$/.test(name) && name !== "function",
);
const qualifiers = fc.oneof(
  fc.constantFrom("$LATEST", "$LATEST.PUBLISHED", "1", "7", "live"),
  text(WORD, 12),
);

/** A function as AWS knows it, and where it is asked for. */
interface Place {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly qualifier: string | undefined;
}

const places: fc.Arbitrary<Place> = fc.record({
  name: names,
  account: accounts,
  region: regions,
  qualifier: fc.option(qualifiers, { nil: undefined }),
});

/** How a function may be written: what of it is told by the name, and what by the role, the call and beside. */
const FORMS: Readonly<Record<string, (place: Place) => string>> = {
  name: ({ name }) => name,
  prefixed: ({ name }) => `function:${name}`,
  partial: ({ account, name }) => `${account}:function:${name}`,
  "partial, without function": ({ account, name }) => `${account}:${name}`,
  "with a region": ({ region, account, name }) =>
    `${region}:${account}:function:${name}`,
  ARN: ({ region, account, name }) =>
    `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`,
};

/** A function as it is called. */
interface Called {
  readonly place: Place;
  readonly form: string;

  /** Where the qualifier is said. */
  readonly said: "in the name" | "beside it" | "both";
}

const called: fc.Arbitrary<Called> = fc.record({
  place: places,
  form: fc.constantFrom(...Object.keys(FORMS)),
  said: fc.constantFrom("in the name", "beside it", "both"),
});

function arnOf({ region, account, name, qualifier }: Place): string {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

function writtenName({ place, form, said }: Called): string {
  const written = FORMS[form]?.(place) ?? "";
  return place.qualifier === undefined || said === "beside it"
    ? written
    : `${written}:${place.qualifier}`;
}

/** A session that has every right but those that the policy takes away. */
function sessionWith(policy: unknown, region: string) {
  const reading = readPolicy(policy);
  if (!("statements" in reading)) throw new Error(reading.problems.join());
  const everything: Statement[] = [
    { effect: "Allow", actions: ["*"], resources: ["*"] },
  ];
  const caller: Caller = {
    accountId: "222233334444",
    arn: "arn:aws:sts::222233334444:assumed-role/invoker/x",
    userId: "AROA:x",
    permissions: everything,
    session: {
      role: {
        name: "invoker",
        accountId: "222233334444",
        arn: "arn:aws:iam::222233334444:role/invoker",
        id: "AROA",
        trust: [],
        permissions: everything,
        maxSessionDuration: 3600,
      },
      policy: reading.statements,
      tags: [],
      transitiveTagKeys: [],
    },
  };
  const context = toConditionContext(caller, region);
  return (resource: string, action = "lambda:InvokeFunction"): boolean =>
    explainDenial(caller, { action, resource, context }) === undefined;
}

function narrowed(call: Called) {
  const { place, said } = call;
  const functionName = writtenName(call);
  return sessionWith(
    JSON.parse(
      createSessionPolicy({
        functionName,
        qualifier: said === "in the name" ? undefined : place.qualifier,
        roleArn: `arn:${partitionOf(place.region)}:iam::${place.account}:role/invoker`,
        region: place.region,
      }),
    ),
    place.region,
  );
}

/** Like a function in all but one point; none of them may be invoked. */
const others = fc.record({
  call: called,
  changes: fc.oneof(
    fc.record({ name: names }),
    fc.record({ account: accounts }),
    fc.record({ region: regions }),
    fc.record({ qualifier: fc.option(qualifiers, { nil: undefined }) }),
    places,
  ),
});

const RUNS = { numRuns: 500 };

describe("a narrowed session", () => {
  it("is asked about names that AWS takes", () => {
    fc.assert(
      fc.property(called, (call) => {
        expect(writtenName(call)).toMatch(FUNCTION_NAME);
      }),
      RUNS,
    );
  });

  it("may invoke its function with its qualifier, however it is written", () => {
    fc.assert(
      fc.property(called, (call) => {
        expect(narrowed(call)(arnOf(call.place))).toBe(true);
      }),
      RUNS,
    );
  });

  it("may invoke no other function, version, account or region", () => {
    fc.assert(
      fc.property(others, ({ call, changes }) => {
        const other = arnOf({ ...call.place, ...changes });
        fc.pre(other !== arnOf(call.place));

        expect(narrowed(call)(other)).toBe(false);
      }),
      RUNS,
    );
  });

  it("may invoke nothing that the ARN of its function begins or ends", () => {
    fc.assert(
      fc.property(called, text(`${WORD}:*?$`, 6), (call, more) => {
        const may = narrowed(call);
        const own = arnOf(call.place);

        expect([
          may(own + more),
          may(more + own),
          may(own.slice(0, -1)),
        ]).toEqual([false, false, false]);
      }),
      RUNS,
    );
  });

  it("may do nothing else, to its function or to anything", () => {
    const actions = fc.oneof(
      fc.constantFrom(
        "lambda:InvokeFunctionUrl",
        "lambda:InvokeAsync",
        "lambda:GetFunction",
        "lambda:DeleteFunction",
        "lambda:ListFunctions",
        "lambda:*",
        "sts:AssumeRole",
        "ssm:GetParameter",
      ),
      fc
        .tuple(text("abcdLl", 6), text("IFabc", 14))
        .map(([service, action]) => `${service}:${action}`),
    );
    fc.assert(
      fc.property(called, actions, (call, action) => {
        const may = narrowed(call);

        expect([may(arnOf(call.place), action), may("*", action)]).toEqual([
          false,
          false,
        ]);
      }),
      RUNS,
    );
  });
});

describe("a written invokePolicy", () => {
  it("allows what the narrowed session of the same function is allowed, and no more", () => {
    fc.assert(
      fc.property(others, ({ call, changes }) => {
        const { place } = call;
        const own: Called = { ...call, said: "in the name" };
        const policy = invokePolicy({
          functionName: writtenName(own),
          roleArn: `arn:aws:iam::${place.account}:role/invoker`,
          region: place.region,
        });
        const may = sessionWith(policy, place.region);
        const other = arnOf({ ...place, ...changes });

        expect(may(arnOf(place))).toBe(true);
        expect(may(other)).toBe(other === arnOf(place));
      }),
      RUNS,
    );
  });
});
