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

const trustOf = (condition?: object) => ({
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
const permitting = (Action: string, Resource: string) => [
  {
    Version: "2012-10-17" as const,
    Statement: [{ Effect: "Allow" as const, Action, Resource }],
  },
];

/** Roles as people make them. */
const ROLES = {
  sound: {
    trust: trustOf(ON_EXTERNAL_ID),
    permissions: permitting("lambda:InvokeFunction", OFFER_ARN),
  },
  open: {
    trust: trustOf(),
    permissions: permitting("lambda:InvokeFunction", OFFER_ARN),
  },
  mighty: {
    trust: trustOf(ON_EXTERNAL_ID),
    permissions: permitting("*", "*"),
  },
  two: {
    trust: trustOf(ON_EXTERNAL_ID),
    permissions: [
      ...permitting("lambda:InvokeFunction", OFFER_ARN),
      ...permitting("lambda:InvokeFunction", `${OFFER_ARN}2`),
      ...permitting("lambda:DeleteFunction", "*"),
    ],
  },
  starred: {
    trust: trustOf(ON_EXTERNAL_ID),
    permissions: permitting("lambda:InvokeFunction", `${OFFER_ARN}*`),
  },
  plain: {
    trust: trustOf(ON_EXTERNAL_ID),
    permissions: [
      ...permitting("lambda:InvokeFunction", OFFER_ARN),
      ...permitting("lambda:InvokeFunction", `${OFFER_ARN}:$LATEST`),
    ],
  },
  idle: { trust: trustOf(ON_EXTERNAL_ID) },
  tibco_sidecar_connector_prices: {
    trust: trustOf(),
    permissions: permitting("lambda:InvokeFunction", "*"),
  },
};

let local: LocalAws;
let connector: Connector;
let ran = 0;

beforeAll(async () => {
  local = await startWorld({
    parameters: {
      "/acme/prod/trustKey": EXTERNAL_ID,
      "/acme/prod/plain": { value: EXTERNAL_ID, type: "String" },
      "/acme/old/trustKey": "another-external-id",
    },
    accounts: {
      [CUSTOMER]: {
        functions: { offer: () => ++ran, price: () => ++ran },
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
    const report = await check("sound");

    expect(report.verdict).toBe("passed");
    expect(report.toString()).toBe(
      `
✓ passed   caller                            you are arn:aws:iam::111122223333:user/administrator
✓ passed   external id                       parameter acme/prod/trustKey can be read, and is a SecureString
✓ passed   role                              arn:aws:iam::222233334444:role/sound can be assumed
✓ passed   refused without external id       the role refuses a session without external id
✓ passed   refused with a wrong external id  the role refuses a session with a wrong external id
✓ passed   function                          the session may invoke ${OFFER_ARN} (dry run)
✓ passed   nothing else, as far as tried     as far as was tried: neither other functions, nor their list, nor parameters are open to it
✓ passed   session                           it lasts 60 minutes, and is renewed while calls go on`.trim(),
    );
    expect(ran).toBe(0);
  });

  it("fails a role that requires no external id, and describes what to add", async () => {
    const report = await check("open");

    expect(report.verdict).toBe("failed");
    expect(verdicts(report)).toBe(
      "passed passed passed failed failed passed passed passed",
    );
    expect(report.checks[3]).toMatchObject({
      message: expect.stringContaining("confused deputy") as string,
      advice:
        "Add the condition StringEquals sts:ExternalId to the role's trust policy; trustPolicy() writes it.",
    });
  });

  it("prints the report that the README shows", async () => {
    const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
    const report = await check("tibco_sidecar_connector_prices", {
      functionName: OFFER_ARN.replace("offer", "price"),
    });

    expect(readme).toContain(`\`\`\`text\n${report.toString()}\n\`\`\``);
  });

  it("warns about a role that allows everything even if its sessions are narrowed", async () => {
    const report = await check("mighty");

    expect(verdicts(report)).toBe(
      "passed passed passed passed passed passed warning passed",
    );
    expect(report.checks[6]?.message).toBe(
      "as far as was tried, the session may do nothing else, but the role behind it may invoke other functions, list functions and read parameters",
    );
  });

  it("warns about a session that allows everything if the request has no session policy", async () => {
    const report = await check("mighty", { sessionPolicy: "none" });

    expect(report.checks[6]).toMatchObject({
      verdict: "warning",
      message:
        "the session may also invoke other functions, list functions and read parameters",
    });
  });

  it("fails a missing parameter and skips the checks that depend on it", async () => {
    const report = await check("sound", { externalIdKey: "acme/prod/none" });

    expect(verdicts(report)).toBe(
      "passed failed unknown unknown unknown unknown unknown unknown",
    );
    expect(report.checks[1]).toMatchObject({
      message:
        "the external id could not be read from parameter acme/prod/none: ParameterNotFound",
      advice: "Check the key and the region, or store the external id in it.",
    });
    expect(report.checks[3]?.message).toBe(
      "it is refused, which tells nothing: the right one was not tried",
    );
  });

  it("distinguishes an open role from a protected one even if the external id is missing", async () => {
    const report = await check("open", { externalIdKey: "acme/prod/none" });

    expect(verdicts(report)).toBe(
      "passed failed unknown failed failed unknown unknown unknown",
    );
  });

  it("warns about an external id that is stored as a plain String parameter", async () => {
    const report = await check("sound", { externalIdKey: "acme/prod/plain" });

    expect(report.verdict).toBe("warning");
    expect(report.checks[1]?.verdict).toBe("warning");
  });

  it("fails an external id that the role does not accept", async () => {
    const report = await check("sound", { externalIdKey: "acme/old/trustKey" });

    expect(verdicts(report)).toBe(
      "passed passed failed unknown unknown unknown unknown unknown",
    );
  });

  it("fails a role that is not allowed to invoke the function", async () => {
    const report = await check("idle");

    expect(report.checks[5]).toMatchObject({
      verdict: "failed",
      advice:
        "Allow lambda:InvokeFunction on this function in the permissions of the role arn:aws:iam::222233334444:role/idle; invokePolicy() generates them.",
    });
  });

  it("names the session policy if that is what denies the function", async () => {
    const [sessionPolicy] = permitting("lambda:ListFunctions", "*");
    const report = await check("sound", { sessionPolicy });

    expect(report.checks[5]).toMatchObject({
      verdict: "failed",
      advice:
        "Allow lambda:InvokeFunction on this function in sessionPolicy, or omit sessionPolicy.",
    });
  });

  it("gives advice for a missing function and for a missing role", async () => {
    const none = await check("mighty", { functionName: "none" });
    const nobody = await check("nobody");

    expect(none.checks[5]).toMatchObject({
      message: expect.stringMatching(/ResourceNotFound.*[^.]$/) as string,
      advice:
        "Check its name, qualifier, region and account, or deploy it first.",
    });
    expect(nobody.checks[2]?.message).toMatch(/AccessDenied \(.*\)$/);
    expect(nobody.checks[2]?.advice).toMatch(
      /^Check that the role exists.*the one it requires\.$/,
    );
    expect(nobody.checks[3]?.message).toContain(
      "as long as the right one opens nothing",
    );
  });

  it.each([
    [
      "functions whose names begin alike",
      "starred",
      OFFER_ARN,
      "invoke functions whose names begin with its name",
    ],
    [
      "the function without its qualifier",
      "plain",
      `${OFFER_ARN}:$LATEST`,
      "invoke it without its qualifier",
    ],
  ])(
    "warns about a role that is allowed to invoke %s",
    async (_, role, ...[functionName, what]) => {
      const report = await check(role, { functionName });

      expect(report.checks[6]).toMatchObject({
        verdict: "warning",
        message: `as far as was tried, the session may do nothing else, but the role behind it may ${what}`,
      });
    },
  );

  it("never passes a session that is not narrowed", async () => {
    const report = await check("two", { sessionPolicy: "none" });

    expect(report.verdict).toBe("warning");
    expect(report.checks[6]).toMatchObject({
      check: "nothing else, as far as tried",
      verdict: "warning",
      message:
        "nothing else that was tried is open to it, but it is not narrowed to the function: sessionPolicy is none",
      advice:
        "Leave sessionPolicy out, and the session is narrowed to the one function.",
    });
  });

  it("never prints the external id", async () => {
    for (const role of Object.keys(ROLES)) {
      const report = await check(role);

      expect(JSON.stringify(report) + report.toString()).not.toContain(
        EXTERNAL_ID,
      );
    }
  });
});
