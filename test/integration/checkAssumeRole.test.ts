import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  createConnector,
  type AssumeRoleReport,
  type Connector,
} from "aws-lambda-connector";
import type { LocalAws } from "aws-lambda-connector/local";
import {
  connectionTo,
  CUSTOMER,
  EXTERNAL_ID,
  OFFER_ARN,
  startWorld,
} from "./world";

const KEY = "acme/prod/trustKey";

const trust = (condition?: object) => ({
  Version: "2012-10-17" as const,
  Statement: [
    {
      Effect: "Allow" as const,
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "sts:AssumeRole",
      ...condition,
    },
  ],
});
const ON_EXTERNAL_ID = {
  Condition: { StringEquals: { "sts:ExternalId": EXTERNAL_ID } },
};
const allow = (Action: string, Resource: string) => [
  {
    Version: "2012-10-17" as const,
    Statement: [{ Effect: "Allow" as const, Action, Resource }],
  },
];

/** Roles with typical mistakes. */
const ROLES = {
  correct: {
    trust: trust(ON_EXTERNAL_ID),
    permissions: allow("lambda:InvokeFunction", OFFER_ARN),
  },
  open: {
    trust: trust(),
    permissions: allow("lambda:InvokeFunction", OFFER_ARN),
  },
  administrator: {
    trust: trust(ON_EXTERNAL_ID),
    permissions: allow("*", "*"),
  },
  twoFunctions: {
    trust: trust(ON_EXTERNAL_ID),
    permissions: [
      ...allow("lambda:InvokeFunction", OFFER_ARN),
      ...allow("lambda:InvokeFunction", `${OFFER_ARN}2`),
      ...allow("lambda:DeleteFunction", "*"),
    ],
  },
  wildcard: {
    trust: trust(ON_EXTERNAL_ID),
    permissions: allow("lambda:InvokeFunction", `${OFFER_ARN}*`),
  },
  unqualified: {
    trust: trust(ON_EXTERNAL_ID),
    permissions: [
      ...allow("lambda:InvokeFunction", OFFER_ARN),
      ...allow("lambda:InvokeFunction", `${OFFER_ARN}:$LATEST`),
    ],
  },
  withoutPermissions: { trust: trust(ON_EXTERNAL_ID) },
  tibco_sidecar_connector_prices: {
    trust: trust(),
    permissions: allow("lambda:InvokeFunction", "*"),
  },
};

let local: LocalAws;
let connector: Connector;
let invocations = 0;

beforeAll(async () => {
  local = await startWorld({
    parameters: {
      "/acme/prod/trustKey": EXTERNAL_ID,
      "/acme/prod/plain": { value: EXTERNAL_ID, type: "String" },
      "/acme/old/trustKey": "another-external-id",
    },
    accounts: {
      [CUSTOMER]: {
        functions: { offer: () => ++invocations, price: () => ++invocations },
        roles: ROLES,
      },
    },
  });
  connector = createConnector(connectionTo(local));
});

afterAll(async () => {
  connector.close();
  await local.close();
});

async function check(
  role: string,
  request: {
    functionName?: string;
    externalIdKey?: string;
    sessionPolicy?: unknown;
  } = {},
): Promise<AssumeRoleReport> {
  return connector.checkAssumeRole({
    functionName: OFFER_ARN,
    roleArn: `arn:aws:iam::${CUSTOMER}:role/${role}`,
    externalIdKey: KEY,
    ...request,
  });
}

/** The verdicts, in the order of the checks. */
function verdicts({ checks }: AssumeRoleReport): string {
  return checks.map(({ verdict }) => verdict).join(" ");
}

describe("CheckAssumeRole", () => {
  it("passes a correct role without running the function", async () => {
    const report = await check("correct");

    expect(report.verdict).toBe("passed");
    expect(report.toString()).toBe(
      `
✓ passed   caller                            the caller is arn:aws:iam::111122223333:user/administrator
✓ passed   external ID                       parameter acme/prod/trustKey can be read and is a SecureString
✓ passed   role                              arn:aws:iam::222233334444:role/correct can be assumed
✓ passed   refused without external ID       the role cannot be assumed without an external ID
✓ passed   refused with a wrong external ID  the role cannot be assumed with a wrong external ID
✓ passed   function                          the session can invoke ${OFFER_ARN} (dry run)
✓ passed   other access                      no other access found: the session cannot invoke other functions, list functions or read parameters
✓ passed   session                           the session lasts 60 minutes and is renewed while it is in use`.trim(),
    );
    expect(invocations).toBe(0);
  });

  it("fails a role that requires no external ID, and describes what to add", async () => {
    const report = await check("open");

    expect(report.verdict).toBe("failed");
    expect(verdicts(report)).toBe(
      "passed passed passed failed failed passed passed passed",
    );
    expect(report.checks[3]).toMatchObject({
      message: expect.stringContaining("confused deputy") as string,
      advice:
        "Add the condition StringEquals sts:ExternalId to the role's trust policy; trustPolicy() generates it.",
    });
  });

  it("prints the report that the README shows", async () => {
    const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
    const report = await check("tibco_sidecar_connector_prices", {
      functionName: OFFER_ARN.replace("offer", "price"),
    });

    expect(readme).toContain(`\`\`\`text\n${report.toString()}\n\`\`\``);
  });

  it("warns about a role that allows everything even if its sessions are restricted", async () => {
    const report = await check("administrator");

    expect(verdicts(report)).toBe(
      "passed passed passed passed passed passed warning passed",
    );
    expect(report.checks[6]?.message).toBe(
      "no other access found for the session, but the role itself can invoke other functions, list functions and read parameters",
    );
  });

  it("warns about a session that allows everything if the request has no session policy", async () => {
    const report = await check("administrator", { sessionPolicy: "none" });

    expect(report.checks[6]).toMatchObject({
      verdict: "warning",
      message:
        "the session can also invoke other functions, list functions and read parameters",
    });
  });

  it("fails a missing parameter and skips the checks that depend on it", async () => {
    const report = await check("correct", {
      externalIdKey: "acme/prod/missing",
    });

    expect(verdicts(report)).toBe(
      "passed failed unknown unknown unknown unknown unknown unknown",
    );
    expect(report.checks[1]).toMatchObject({
      message:
        "the external ID could not be read from parameter acme/prod/missing; AWS returned ParameterNotFound",
      advice:
        "Check externalIdKey and the region, or store the external ID in that parameter.",
    });
    expect(report.checks[3]?.message).toBe(
      "inconclusive: the role could not be tried with the correct external ID",
    );
  });

  it("distinguishes an open role from a protected one even if the external ID is missing", async () => {
    const report = await check("open", { externalIdKey: "acme/prod/missing" });

    expect(verdicts(report)).toBe(
      "passed failed unknown failed failed unknown unknown unknown",
    );
  });

  it("warns about an external ID that is stored as a plain String parameter", async () => {
    const report = await check("correct", { externalIdKey: "acme/prod/plain" });

    expect(report.verdict).toBe("warning");
    expect(report.checks[1]?.verdict).toBe("warning");
  });

  it("fails an external ID that the role does not accept", async () => {
    const report = await check("correct", {
      externalIdKey: "acme/old/trustKey",
    });

    expect(verdicts(report)).toBe(
      "passed passed failed unknown unknown unknown unknown unknown",
    );
  });

  it("fails a role that is not allowed to invoke the function", async () => {
    const report = await check("withoutPermissions");

    expect(report.checks[5]).toMatchObject({
      verdict: "failed",
      advice:
        "Allow lambda:InvokeFunction on this function in the permissions of the role arn:aws:iam::222233334444:role/withoutPermissions; invokePolicy() generates them.",
    });
  });

  it("names the session policy if that is what denies the function", async () => {
    const [sessionPolicy] = allow("lambda:ListFunctions", "*");
    const report = await check("correct", { sessionPolicy });

    expect(report.checks[5]).toMatchObject({
      verdict: "failed",
      advice:
        "Allow lambda:InvokeFunction on this function in sessionPolicy, or omit it.",
    });
  });

  it("gives advice for a missing function and for a missing role", async () => {
    const missingFunction = await check("administrator", {
      functionName: "missing",
    });
    const missingRole = await check("missing");

    expect(missingFunction.checks[5]).toMatchObject({
      message: expect.stringMatching(/ResourceNotFound.*[^.]$/) as string,
      advice:
        "Check the function's name, qualifier, region and account, or deploy it first.",
    });
    expect(missingRole.checks[2]?.message).toMatch(/AccessDenied \(.*\)$/);
    expect(missingRole.checks[2]?.advice).toMatch(
      /^Check that the role exists.*the one it requires\.$/,
    );
    expect(missingRole.checks[3]?.message).toContain(
      "cannot be assumed with the correct external ID either",
    );
  });

  it.each([
    [
      "functions whose names start with its name",
      "wildcard",
      OFFER_ARN,
      "invoke functions whose names start with this function's name",
    ],
    [
      "the function without its qualifier",
      "unqualified",
      `${OFFER_ARN}:$LATEST`,
      "invoke the function without its qualifier",
    ],
  ])(
    "warns about a role that is allowed to invoke %s",
    async (_, role, ...[functionName, access]) => {
      const report = await check(role, { functionName });

      expect(report.checks[6]).toMatchObject({
        verdict: "warning",
        message: `no other access found for the session, but the role itself can ${access}`,
      });
    },
  );

  it("warns about a session policy that does not restrict the session, even if no other access is found", async () => {
    const report = await check("twoFunctions", { sessionPolicy: "none" });

    expect(report.verdict).toBe("warning");
    expect(report.checks[6]).toMatchObject({
      check: "other access",
      verdict: "warning",
      message:
        'no other access found, but sessionPolicy ("none") does not restrict the session to this function',
      advice: "Omit sessionPolicy to restrict the session to this function.",
    });
  });

  it("never prints the external ID", async () => {
    for (const role of Object.keys(ROLES)) {
      const report = await check(role);

      expect(JSON.stringify(report) + report.toString()).not.toContain(
        EXTERNAL_ID,
      );
    }
  });
});
