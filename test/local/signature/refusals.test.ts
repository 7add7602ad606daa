import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { startLocalAws, type LocalAws } from "../../../dist/local";
import { clientsOf, refusalOf } from "../clients";
import { send, type WireAnswer } from "../send";

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const UNKNOWN = "The security token included in the request is invalid.";

describe("Signatures", () => {
  let local: LocalAws;

  beforeAll(async () => {
    local = await startLocalAws();
  });

  afterAll(async () => {
    await local.close();
  });

  const list = {
    method: "GET",
    path: "/2015-03-31/functions",
    service: "lambda",
  } as const;

  it("rejects a wrong secret with each service's error code", async () => {
    const refusals = await refusalsOf({ secretAccessKey: "wrong" });

    expect(refusals).toEqual([
      { status: 403, name: "InvalidSignatureException", message: MISMATCH },
      { status: 403, name: "SignatureDoesNotMatch", message: MISMATCH },
      { status: 400, name: "InvalidSignatureException", message: MISMATCH },
    ]);
  });

  it.each([
    ["an unknown key", { accessKeyId: "AKIAIOSFODNN7EXAMPLE" }],
    ["a token that does not belong to the key", { sessionToken: "IQoJb3" }],
  ])("rejects %s with each service's error code", async (_what, change) => {
    const refusals = await refusalsOf(change);

    expect(refusals).toEqual([
      { status: 403, name: "UnrecognizedClientException", message: UNKNOWN },
      { status: 403, name: "InvalidClientTokenId", message: UNKNOWN },
      { status: 400, name: "UnrecognizedClientException", message: UNKNOWN },
    ]);
  });

  it("rejects a missing signature", async () => {
    const answer = await send(local, list, { authorization: "" });

    expect(told(answer)).toEqual([
      403,
      "MissingAuthenticationTokenException",
      { message: "Missing Authentication Token" },
    ]);
  });

  it.each([
    [
      "Bearer x",
      "Authorization header requires the algorithm 'AWS4-HMAC-SHA256'.",
    ],
    [
      "AWS4-HMAC-SHA256 Credential=a/b/c/d/e",
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
    ],
    [
      "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0",
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 2 of them.",
    ],
  ])("rejects the header %s", async (authorization, message) => {
    const answer = await send(local, list, { authorization });

    expect(told(answer)).toEqual([
      400,
      "IncompleteSignatureException",
      { message },
    ]);
  });

  it("rejects a signature that is too old or too new", async () => {
    const dates = [-16, 16].map((minutes) =>
      basic(Date.now() + minutes * 60_000),
    );

    const answers = await Promise.all(
      dates.map((date) => send(local, list, { date })),
    );

    expect(answers.map(told)).toEqual([
      [
        403,
        "InvalidSignatureException",
        {
          message: expect.stringMatching(
            /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
          ),
        },
      ],
      [
        403,
        "InvalidSignatureException",
        {
          message: expect.stringMatching(
            /^Signature not yet current: \d{8}T\d{6}Z is still later than /,
          ),
        },
      ],
    ]);
  });

  it("accepts a signature that is 14 minutes old", async () => {
    const date = basic(Date.now() - 14 * 60_000);

    const answer = await send(local, list, { date });

    expect(answer.status).toBe(200);
  });

  it("rejects a signature for another service", async () => {
    const answer = await send(local, { ...list, service: "sts" });

    expect(told(answer)).toEqual([
      403,
      "InvalidSignatureException",
      { message: "Credential should be scoped to correct service: 'lambda'." },
    ]);
  });

  it("reports the operation of an unknown service", async () => {
    const answer = await send(local, {
      method: "POST",
      path: "/",
      service: "sts",
      headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
    });

    expect(told(answer)).toEqual([
      400,
      "NotAvailableInLocalAws",
      {
        __type: "NotAvailableInLocalAws",
        message:
          "DynamoDB_20120810.GetItem: the embedded AWS of aws-lambda-connector supports Lambda, STS, Parameter Store (SSM) and IAM Roles Anywhere only.",
      },
    ]);
  });

  async function refusalsOf(change: Record<string, string>) {
    const credentials = { ...local.credentials, ...change };
    const { lambda, sts, ssm } = clientsOf(local, { credentials });
    return Promise.all([
      refusalOf(lambda.send(new ListFunctionsCommand({}))),
      refusalOf(sts.send(new GetCallerIdentityCommand({}))),
      refusalOf(ssm.send(new GetParameterCommand({ Name: "x" }))),
    ]);
  }
});

function told({ status, headers, body }: WireAnswer): unknown[] {
  return [status, headers["x-amzn-errortype"], JSON.parse(body)];
}

function basic(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+|[-:]/g, "");
}
