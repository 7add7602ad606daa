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

// Policies are evaluated by the embedded AWS, which shares no code with createSessionPolicy.

const strings = (characters: string, maxLength: number, minLength = 1) =>
  fc.string({
    unit: fc.constantFrom(...Array.from(characters)),
    minLength,
    maxLength,
  });

const WORD = "abcXYZ019-_";

const accounts = strings("0123456789", 12, 12);
const regions = fc.constantFrom(...Object.values(AWS_Region));
const names = strings(`${WORD}.`, 12).filter(
  // `.` and `..` are rejected as paths; `function` reads as part of an ARN.
  (name) => !/^\.{1,2}$/.test(name) && name !== "function",
);
const qualifiers = fc.oneof(
  fc.constantFrom("$LATEST", "$LATEST.PUBLISHED", "1", "7", "live"),
  strings(WORD, 12),
);

/** A function and the qualifier that is invoked. */
interface Target {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly qualifier: string | undefined;
}

const targets: fc.Arbitrary<Target> = fc.record({
  name: names,
  account: accounts,
  region: regions,
  qualifier: fc.option(qualifiers, { nil: undefined }),
});

/** The forms of a function name. What a form omits comes from the role and the region. */
const FORMS: Readonly<Record<string, (target: Target) => string>> = {
  name: ({ name }) => name,
  prefixed: ({ name }) => `function:${name}`,
  partial: ({ account, name }) => `${account}:function:${name}`,
  "partial, without function": ({ account, name }) => `${account}:${name}`,
  "with a region": ({ region, account, name }) =>
    `${region}:${account}:function:${name}`,
  ARN: ({ region, account, name }) =>
    `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`,
};

/** A function as the caller gives it. */
interface FunctionInput {
  readonly target: Target;
  readonly form: string;

  /** Which fields contain the qualifier. */
  readonly qualifierIn: "functionName" | "qualifier" | "both";
}

const inputs: fc.Arbitrary<FunctionInput> = fc.record({
  target: targets,
  form: fc.constantFrom(...Object.keys(FORMS)),
  qualifierIn: fc.constantFrom("functionName", "qualifier", "both"),
});

function arnOf({ region, account, name, qualifier }: Target): string {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

function toFunctionName({ target, form, qualifierIn }: FunctionInput): string {
  const functionName = FORMS[form]?.(target) ?? "";
  return target.qualifier === undefined || qualifierIn === "qualifier"
    ? functionName
    : `${functionName}:${target.qualifier}`;
}

/** Returns a function that reports whether a session of an administrator role with this session policy may do something. */
function sessionWith(policy: unknown, region: string) {
  const parsed = readPolicy(policy);
  if (!("statements" in parsed)) throw new Error(parsed.problems.join());
  const allowAll: Statement[] = [
    { effect: "Allow", actions: ["*"], resources: ["*"] },
  ];
  const caller: Caller = {
    accountId: "222233334444",
    arn: "arn:aws:sts::222233334444:assumed-role/invoker/x",
    userId: "AROA:x",
    permissions: allowAll,
    session: {
      role: {
        name: "invoker",
        accountId: "222233334444",
        arn: "arn:aws:iam::222233334444:role/invoker",
        id: "AROA",
        trust: [],
        permissions: allowAll,
        maxSessionDuration: 3600,
      },
      policy: parsed.statements,
      tags: [],
      transitiveTagKeys: [],
    },
  };
  const context = toConditionContext(caller, region);
  return (resource: string, action = "lambda:InvokeFunction"): boolean =>
    explainDenial(caller, { action, resource, context }) === undefined;
}

function createSession(input: FunctionInput) {
  const { target, qualifierIn } = input;
  const functionName = toFunctionName(input);
  return sessionWith(
    JSON.parse(
      createSessionPolicy({
        functionName,
        qualifier:
          qualifierIn === "functionName" ? undefined : target.qualifier,
        roleArn: `arn:${partitionOf(target.region)}:iam::${target.account}:role/invoker`,
        region: target.region,
      }),
    ),
    target.region,
  );
}

/** A function, and changes that make it another function, which must not be invoked. */
const others = fc.record({
  input: inputs,
  changes: fc.oneof(
    fc.record({ name: names }),
    fc.record({ account: accounts }),
    fc.record({ region: regions }),
    fc.record({ qualifier: fc.option(qualifiers, { nil: undefined }) }),
    targets,
  ),
});

const RUNS = { numRuns: 500 };

describe("a session with createSessionPolicy", () => {
  it("is tested with valid function names", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(toFunctionName(input)).toMatch(FUNCTION_NAME);
      }),
      RUNS,
    );
  });

  it("may invoke its function with its qualifier, in every form of the name", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(createSession(input)(arnOf(input.target))).toBe(true);
      }),
      RUNS,
    );
  });

  it("may not invoke another function, version, account or region", () => {
    fc.assert(
      fc.property(others, ({ input, changes }) => {
        const other = arnOf({ ...input.target, ...changes });
        fc.pre(other !== arnOf(input.target));

        expect(createSession(input)(other)).toBe(false);
      }),
      RUNS,
    );
  });

  it("may not invoke ARNs that extend or shorten the ARN of its function", () => {
    fc.assert(
      fc.property(inputs, strings(`${WORD}:*?$`, 6), (input, more) => {
        const isAllowed = createSession(input);
        const own = arnOf(input.target);

        expect([
          isAllowed(own + more),
          isAllowed(more + own),
          isAllowed(own.slice(0, -1)),
        ]).toEqual([false, false, false]);
      }),
      RUNS,
    );
  });

  it("may not perform any other action", () => {
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
        .tuple(strings("abcdLl", 6), strings("IFabc", 14))
        .map(([service, action]) => `${service}:${action}`),
    );
    fc.assert(
      fc.property(inputs, actions, (input, action) => {
        const isAllowed = createSession(input);

        expect([
          isAllowed(arnOf(input.target), action),
          isAllowed("*", action),
        ]).toEqual([false, false]);
      }),
      RUNS,
    );
  });
});

describe("invokePolicy", () => {
  it("allows the same function as the session policy, and no other", () => {
    fc.assert(
      fc.property(others, ({ input, changes }) => {
        const { target } = input;
        const own: FunctionInput = { ...input, qualifierIn: "functionName" };
        const policy = invokePolicy({
          functionName: toFunctionName(own),
          roleArn: `arn:aws:iam::${target.account}:role/invoker`,
          region: target.region,
        });
        const isAllowed = sessionWith(policy, target.region);
        const other = arnOf({ ...target, ...changes });

        expect(isAllowed(arnOf(target))).toBe(true);
        expect(isAllowed(other)).toBe(other === arnOf(target));
      }),
      RUNS,
    );
  });
});
