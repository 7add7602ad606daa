import { CheckAssumeRole } from "../../operations";
import {
  functionResult,
  EXTERNAL_ID,
  parameterResponse,
  ROLE,
  sessionResponse,
  parameterStoreError,
  stsError,
} from "../awsResponses";
import { connection } from "../connection";
import { FakeAws, lambdaError, type Reply } from "../FakeAws";
import { FakeClock } from "../FakeClock";
import { catchError } from "../catchError";

const IDENTITY: Reply = {
  body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/anna</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
};
const DENIED = stsError(403, "AccessDenied", "not you");

function open(...replies: Reply[]) {
  const aws = new FakeAws().respondWith(...replies);
  const clock = new FakeClock({ skips: 20_000 });
  const operation = new CheckAssumeRole(connection, { transport: aws, clock });
  const check = (request: object = {}, options?: object) =>
    operation.execute(
      {
        functionName: "price",
        roleArn: ROLE,
        externalIdKey: "acme/prod/trustKey",
        ...request,
      },
      options,
    );
  return { aws, clock, check };
}

describe("CheckAssumeRole", () => {
  it("requests its probing sessions with a policy that denies everything and the shortest duration", async () => {
    const { aws, check } = open(
      IDENTITY,
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      DENIED,
      DENIED,
      functionResult(undefined),
      lambdaError(403, "AccessDeniedException", "no"),
      lambdaError(403, "AccessDeniedException", "no"),
    );

    await check();

    const nothing = {
      Action: "AssumeRole",
      DurationSeconds: "900",
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
      }),
    };
    const [none, wrong] = aws.sent
      .map(({ body = {} }) => body as Record<string, string>)
      .filter(({ DurationSeconds }) => DurationSeconds === "900");
    expect(none).toMatchObject(nothing);
    expect(none).not.toHaveProperty("ExternalId");
    expect(wrong).toMatchObject(nothing);
    expect(wrong?.["ExternalId"]).toMatch(/^wrong-[0-9a-f]{24}$/);
  });

  it("quotes AWS and continues with the checks that are still possible", async () => {
    const { check } = open(
      { fails: "ECONNREFUSED", sent: false },
      { fails: "ECONNREFUSED", sent: false },
      { fails: "ECONNREFUSED", sent: false },
      parameterStoreError("AccessDeniedException", "User: anna may not."),
      DENIED,
    );

    const { checks } = await check();

    expect(checks[0]).toMatchObject({
      check: "caller",
      verdict: "failed",
      message:
        "there was no response from AWS (ECONNREFUSED) because the connection was refused",
      advice: "Check the endpoint and that the service is running.",
    });
    expect(checks[1]).toMatchObject({
      check: "external ID",
      verdict: "failed",
      message:
        "the external ID could not be read from parameter acme/prod/trustKey; AWS returned AccessDeniedException (User: anna may not)",
      advice:
        "Check externalIdKey, the region, and that the caller is allowed ssm:GetParameter (and kms:Decrypt) on the parameter.",
    });
  });

  it("probes names that begin with the function's name, and the function without its qualifier", async () => {
    const { aws, check } = open(
      IDENTITY,
      parameterResponse(EXTERNAL_ID),
      sessionResponse(),
      DENIED,
      DENIED,
      functionResult(undefined),
    );

    await check({ functionName: "price:live", sessionPolicy: "none" });

    const dryRuns = aws.sent
      .map(({ request }) => request)
      .filter((request) => request.endsWith("/invocations"))
      .map((request) => decodeURIComponent(request.split("/")[3] ?? ""));
    expect(dryRuns).toEqual([
      "price:live",
      expect.stringMatching(/^missing-[0-9a-f]{12}$/),
      "price-x",
      "price",
    ]);
  });

  it("reads the external ID again even if it is cached", async () => {
    const { aws, check } = open(
      IDENTITY,
      parameterStoreError("ParameterNotFound"),
    );

    await check();
    await check();

    const reads = aws.sent.filter(({ to }) => to.startsWith("ssm."));
    expect(reads).toHaveLength(2);
  });

  it("ends when the caller's signal aborts", async () => {
    const { check } = open({ silent: true });

    const error = await catchError(
      check({}, { signal: AbortSignal.abort("enough") }),
    );

    expect(error).toMatchObject({ code: "ERR_DEADLINE", reason: "aborted" });
  });

  it("rejects what AssumeRoleInvoke rejects before anything is sent", async () => {
    const { aws, check } = open();

    const error = await catchError(
      check({ externalId: "both", clientContext: 7 }),
    );
    const elsewhere = await catchError(
      check({ roleArn: ROLE.replace("aws", "aws-cn") }),
    );

    expect(error).toMatchObject({ code: "ERR_INVALID_INPUT" });
    expect(elsewhere).toMatchObject({ issues: [{ path: "roleArn" }] });
    expect(aws.sent).toEqual([]);
  });
});
