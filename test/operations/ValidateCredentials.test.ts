import { ValidateCredentials } from "../../operations";
import { stsError } from "../awsResponses";
import { connection } from "../connection";
import { FakeAws, type Reply } from "../FakeAws";
import { catchError } from "../catchError";

const IDENTITY: Reply = {
  body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/anna</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
};

describe("ValidateCredentials", () => {
  it("returns true if AWS accepts the credentials", async () => {
    const aws = new FakeAws().respondWith(IDENTITY);

    const known = await new ValidateCredentials(connection, {
      transport: aws,
    }).execute();

    expect(known).toBe(true);
    expect(aws.sent).toEqual([
      {
        to: "sts.eu-central-1.amazonaws.com",
        request: "POST /",
        body: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      },
    ]);
  });

  it.each([
    [403, "InvalidClientTokenId"],
    [403, "SignatureDoesNotMatch"],
    [403, "ExpiredToken"],
    [403, "UnrecognizedClientException"],
    [403, "InvalidSignatureException"],
    [400, "ExpiredTokenException"],
    [400, "RequestExpired"],
  ])(
    "returns false if AWS refuses the credentials with %i %s",
    async (status, code) => {
      const aws = new FakeAws().respondWith(stsError(status, code, "no"));

      const known = await new ValidateCredentials(connection, {
        transport: aws,
      }).execute();

      expect(known).toBe(false);
      expect(aws.sent).toHaveLength(1);
    },
  );

  it("throws if the credentials cannot be resolved", async () => {
    const aws = new FakeAws();
    const credentials = () => Promise.reject(new Error("the vault is sealed"));

    const error = await catchError(
      new ValidateCredentials(
        { ...connection, credentials },
        { transport: aws },
      ).execute({}),
    );

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      message:
        "ValidateCredentials: the credentials function failed (the vault is sealed). Fix that function, or set other credentials on the connection.",
    });
    expect(aws.sent).toEqual([]);
  });

  it("throws if AWS refuses for another reason than the credentials", async () => {
    const aws = new FakeAws().respondWith(
      stsError(403, "RegionDisabledException", "STS is not activated."),
    );

    const error = await catchError(
      new ValidateCredentials(connection, { transport: aws }).execute(),
    );

    expect(error.toJSON()).toEqual({
      name: "ServiceError",
      code: "ERR_SERVICE",
      operation: "ValidateCredentials",
      message:
        "ValidateCredentials: AWS returned RegionDisabledException (403). STS is not activated. Activate STS in this region, or use another region.",
      retryable: false,
      httpStatus: 403,
      serviceCode: "RegionDisabledException",
      requestId: "request-1",
    });
  });

  it("throws if there is no response", async () => {
    const aws = new FakeAws().respondWith({
      fails: "ECONNREFUSED",
      sent: false,
    });

    const error = await catchError(
      new ValidateCredentials(connection, { transport: aws }).execute(),
    );

    expect(error).toMatchObject({
      code: "ERR_TRANSPORT",
      retryable: true,
      message:
        "ValidateCredentials: there was no response from AWS (ECONNREFUSED) because the connection was refused. Check the endpoint and that the service is running. All 3 attempts failed.",
    });
    expect(error.execution).toBeUndefined();
  });
});
