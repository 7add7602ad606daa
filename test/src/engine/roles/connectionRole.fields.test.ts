import { createConnector, type Connection } from "../../../../src";
import {
  EXTERNAL_ID,
  parameterStoreError,
  stsError,
} from "../../../awsResponses";
import { catchError } from "../../../catchError";
import { connection } from "../../../connection";
import { lambdaError, type Reply } from "../../../FakeAws";
import { INVOKE, KEY, ROLE, openWithRole } from "../../../roleOperations";

const HUB = "arn:aws:iam::111122223333:role/hub";
const SESSION_POLICY = "with an explicit deny in a session policy";

const byKey = { externalIdKey: KEY };
const byValue = { externalId: EXTERNAL_ID };

/** Where the last role is configured, its path in messages, and the call that uses it with these fields. */
const PLACES: readonly (readonly [
  place: string,
  name: (field: string) => string,
  open: (fields: object) => ReturnType<typeof openWithRole> & {
    readonly run: () => Promise<unknown>;
  },
])[] = [
  ["the request", (field) => field, (fields) => openRequest(undefined, fields)],
  [
    "the request, under a role of the connection",
    (field) => `${field} of the request`,
    (fields) => openRequest({ roleArn: HUB, ...byValue }, fields),
  ],
  [
    "the connection",
    (field) => `role.${field} of the connection`,
    (fields) => openConnection({ roleArn: ROLE, ...fields }),
  ],
  [
    "a chain of the connection",
    (field) => `role[1].${field} of the connection`,
    (fields) =>
      openConnection([
        { roleArn: HUB, ...byValue },
        { roleArn: ROLE, ...fields },
      ]),
  ],
];

function openRequest(role: Connection["role"], fields: object) {
  const opened = openWithRole();
  const connector = createConnector({ ...connection, role }, opened.hooks);
  const run = () =>
    connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: ROLE,
      ...fields,
    });
  return { ...opened, run };
}

function openConnection(role: unknown) {
  const opened = openWithRole(role as never);
  const run = () => opened.connector.invokeFunction({ functionName: "price" });
  return { ...opened, run };
}

interface Refusal {
  readonly refused: string;
  /** Fields of the role. */
  readonly fields: object;
  readonly action: "sts AssumeRole" | "ssm GetParameter" | typeof INVOKE;
  readonly reply: Reply;
  /** Part of the message, with the names of fields in braces. */
  readonly advice: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    refused: "an external ID in a parameter",
    fields: byKey,
    action: "sts AssumeRole",
    reply: stsError(403, "AccessDenied", "no"),
    advice: `the external ID in parameter ${KEY} ({externalIdKey}) is the one`,
  },
  {
    refused: "an external ID",
    fields: byValue,
    action: "sts AssumeRole",
    reply: stsError(403, "AccessDenied", "no"),
    advice: "{externalId} is the one it requires",
  },
  {
    refused: "a missing external ID",
    fields: {},
    action: "sts AssumeRole",
    reply: stsError(403, "AccessDenied", "no"),
    advice: "(set {externalIdKey} to send one)",
  },
  {
    refused: "a policy",
    fields: byValue,
    action: "sts AssumeRole",
    reply: stsError(400, "MalformedPolicyDocument", "Syntax errors in policy."),
    advice: "Correct {sessionPolicy}.",
  },
  {
    refused: "a large policy",
    fields: byValue,
    action: "sts AssumeRole",
    reply: stsError(400, "PackedPolicyTooLarge", "103%"),
    advice: "Shorten {sessionPolicy} or {tags};",
  },
  {
    refused: "a duration",
    fields: byValue,
    action: "sts AssumeRole",
    reply: stsError(
      400,
      "ValidationError",
      "DurationSeconds exceeds the maximum",
    ),
    advice: "{durationSeconds} is limited by",
  },
  {
    refused: "a long chained session",
    fields: byValue,
    action: "sts AssumeRole",
    reply: stsError(400, "ValidationError", "the limit by role chaining"),
    advice: "Set {durationSeconds} to at most 3600",
  },
  {
    refused: "a parameter that is missing",
    fields: byKey,
    action: "ssm GetParameter",
    reply: parameterStoreError("ParameterNotFound"),
    advice: "Check {externalIdKey} and the region",
  },
  {
    refused: "a version of a parameter",
    fields: byKey,
    action: "ssm GetParameter",
    reply: parameterStoreError("ParameterVersionNotFound"),
    advice: "Check the version or label in {externalIdKey}.",
  },
  {
    refused: "access to a parameter",
    fields: byKey,
    action: "ssm GetParameter",
    reply: parameterStoreError("AccessDeniedException"),
    advice: "Check {externalIdKey}, the region",
  },
  {
    refused: "an action by the session policy",
    fields: byValue,
    action: INVOKE,
    reply: lambdaError(403, "AccessDeniedException", SESSION_POLICY),
    advice: "in {sessionPolicy}, or omit it.",
  },
];

describe("the advice of an error about a role", () => {
  for (const [place, name, open] of PLACES)
    it.each(REFUSALS)(
      `names the field in ${place} if AWS refuses $refused`,
      async ({ fields, action, reply, advice }) => {
        const { aws, run } = open(fields);
        aws.reply = ({ action: sent, input }) => {
          const isHub = input["RoleArn"] === HUB;
          return sent === action && !isHub ? reply : undefined;
        };

        const error = await catchError(run());

        expect(error.message).toContain(
          advice.replaceAll(/\{(\w+)\}/g, (_, field: string) => name(field)),
        );
        expect(error.message).not.toContain(EXTERNAL_ID);
      },
    );

  it("does not repeat that a role could not be assumed if the connection and the request have the same", async () => {
    const { aws, run } = openRequest({ roleArn: ROLE, ...byValue }, byValue);
    aws.reply = ({ action }) =>
      action === "sts AssumeRole"
        ? stsError(403, "AccessDenied", "no")
        : undefined;

    const error = await catchError(run());

    expect(error.message.match(/could not be assumed/g)).toHaveLength(1);
    expect(error.message).toContain("role.externalId of the connection is");
  });

  it("names the role of the connection that may not read the parameter of a request", async () => {
    const { aws, run } = openRequest({ roleArn: HUB, ...byValue }, byKey);
    aws.reply = ({ action }) =>
      action === "ssm GetParameter"
        ? parameterStoreError("AccessDeniedException")
        : undefined;

    const error = await catchError(run());

    expect(error.message).toContain(
      `that the role ${HUB} is allowed ssm:GetParameter`,
    );
  });

  it("names the role that assumes the role of a request with a long session", async () => {
    const { run } = openRequest(
      { roleArn: HUB, ...byValue },
      { durationSeconds: 3_601, ...byValue },
    );

    const error = await catchError(run());

    expect(error.message).toContain(
      `durationSeconds must be at most 3600 because the role is assumed with the session of ${HUB}`,
    );
  });
});
