import {
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { startLocalAws, type LocalAws } from "../../dist/local";
import { clientsOf, refusalOf } from "./clients";
import { send } from "./send";

const ARN = "arn:aws:ssm:eu-central-1:111122223333:parameter";

describe("Parameter Store", () => {
  let local: LocalAws;
  let ssm: ReturnType<typeof clientsOf>["ssm"];

  beforeAll(async () => {
    local = await startLocalAws({
      parameters: {
        "/acme/prod/trustKey": "s3cr3t",
        flat: { value: "a,b", type: "StringList" },
      },
      users: {
        reader: {
          permissions: [
            {
              Version: "2012-10-17",
              Statement: {
                Effect: "Allow",
                Action: "ssm:GetParameter",
                Resource: `${ARN}/acme/*`,
              },
            },
          ],
        },
      },
    });
    ssm = clientsOf(local).ssm;
  });

  afterAll(async () => {
    await local.close();
  });

  it("decrypts a secure value for those who ask for it", async () => {
    const { Parameter } = await ssm.send(
      new GetParameterCommand({
        Name: "/acme/prod/trustKey",
        WithDecryption: true,
      }),
    );

    expect(Parameter).toEqual({
      ARN: `${ARN}/acme/prod/trustKey`,
      DataType: "text",
      LastModifiedDate: expect.any(Date),
      Name: "/acme/prod/trustKey",
      Type: "SecureString",
      Value: "s3cr3t",
      Version: 1,
    });
  });

  it("gives ciphertext to those who don't", async () => {
    const { Parameter } = await ssm.send(
      new GetParameterCommand({ Name: "/acme/prod/trustKey" }),
    );

    expect(Parameter?.Value).toMatch(/^AQICAHhQ[A-Za-z0-9+/=]{40,}$/);
  });

  it("writes times as epoch seconds", async () => {
    const answer = await send(local, {
      method: "POST",
      path: "/",
      service: "ssm",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonSSM.GetParameter",
      },
      body: '{"Name":"flat"}',
    });

    const { Parameter } = JSON.parse(answer.body) as {
      Parameter: { LastModifiedDate: number };
    };
    expect(answer.headers["content-type"]).toBe("application/x-amz-json-1.1");
    expect(
      Math.abs(Parameter.LastModifiedDate * 1000 - Date.now()),
    ).toBeLessThan(60_000);
  });

  it("keeps versions, and finds each by its selector", async () => {
    const Name = "/acme/rotated";
    await ssm.send(
      new PutParameterCommand({ Name, Value: "one", Type: "String" }),
    );

    const put = await ssm.send(
      new PutParameterCommand({ Name, Value: "two", Overwrite: true }),
    );
    const read = await Promise.all(
      [Name, `${Name}:1`, `${Name}:2`].map((name) =>
        ssm.send(new GetParameterCommand({ Name: name })),
      ),
    );

    expect(put).toMatchObject({ Version: 2, Tier: "Standard" });
    expect(
      read.map(({ Parameter }) => [Parameter?.Value, Parameter?.Selector]),
    ).toEqual([
      ["two", undefined],
      ["one", ":1"],
      ["two", ":2"],
    ]);
  });

  it("answers with the plain name when asked by ARN", async () => {
    const read = await Promise.all(
      [`${ARN}/acme/prod/trustKey`, `${ARN}/flat`].map((Name) =>
        ssm.send(new GetParameterCommand({ Name })),
      ),
    );

    expect(read.map(({ Parameter }) => Parameter?.Name)).toEqual([
      "/acme/prod/trustKey",
      "flat",
    ]);
  });

  it("holds a user to its own permissions", async () => {
    const credentials = local.users["reader"] ?? local.credentials;
    const reader = clientsOf(local, { credentials }).ssm;

    const { Parameter } = await reader.send(
      new GetParameterCommand({ Name: "/acme/prod/trustKey" }),
    );
    const refusal = await refusalOf(
      reader.send(new GetParameterCommand({ Name: "flat" })),
    );

    expect(Parameter?.Version).toBe(1);
    expect(refusal).toEqual({
      status: 400,
      name: "AccessDeniedException",
      message: `User: arn:aws:iam::111122223333:user/reader is not authorized to perform: ssm:GetParameter on resource: ${ARN}/flat because no identity-based policy allows the ssm:GetParameter action`,
    });
  });

  it.each([
    ["/acme/absent", "ParameterNotFound", "UnknownError"],
    [
      "flat:9",
      "ParameterVersionNotFound",
      "Systems Manager could not find version 9 of flat. Verify the version and try again.",
    ],
    [
      "acme/prod/trustKey",
      "ValidationException",
      "Parameter name must be a fully qualified name.",
    ],
    [
      "/acme/two words",
      "ValidationException",
      expect.stringMatching(/^Parameter name: can't be prefixed with "ssm"/),
    ],
    [
      "",
      "ValidationException",
      "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])("refuses to read %j", async (Name, ...[name, message]) => {
    const refusal = await refusalOf(
      ssm.send(new GetParameterCommand({ Name })),
    );

    expect(refusal).toEqual({ status: 400, name, message });
  });

  it.each([
    [
      { Name: "flat", Value: "x" },
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    ],
    [
      { Name: "new", Value: "x" },
      "ValidationException",
      "A parameter type is required when you create a parameter.",
    ],
    [
      { Name: "/aws/x", Value: "x", Type: "String" as const },
      "ValidationException",
      "No access to reserved parameter name: /aws/x.",
    ],
    [
      { Name: "big", Value: "x".repeat(4097), Type: "String" as const },
      "ValidationException",
      expect.stringMatching(/maximum parameter value of 4096 characters/),
    ],
    [
      { Name: "x", Value: "x", Type: "String" as const, KeyId: "k" },
      "NotAvailableInLocalAws",
      "PutParameter with KeyId: the embedded AWS of aws-lambda-connector does not have this.",
    ],
  ])("refuses to write %j", async (input, ...[name, message]) => {
    const refusal = await refusalOf(ssm.send(new PutParameterCommand(input)));

    expect(refusal).toMatchObject({ name, message });
  });

  it("refuses loudly what it does not have", async () => {
    const refusal = await refusalOf(
      ssm.send(new GetParametersCommand({ Names: ["flat"] })),
    );

    expect(refusal).toEqual({
      status: 400,
      name: "NotAvailableInLocalAws",
      message:
        "GetParameters: the embedded AWS of aws-lambda-connector does not have this.",
    });
  });

  it("does not have the operations of other services", async () => {
    const answer = await send(local, {
      method: "POST",
      path: "/",
      service: "ssm",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonSSM.ListFunctions",
      },
      body: "{}",
    });

    expect(answer.status).toBe(400);
  });

  it("takes parameters from the test itself", async () => {
    local.putParameter("/acme/late", { value: "v", type: "String" });

    const { Parameter } = await ssm.send(
      new GetParameterCommand({ Name: "/acme/late" }),
    );
    local.deleteParameter("/acme/late");
    const refusal = await refusalOf(
      ssm.send(new GetParameterCommand({ Name: "/acme/late" })),
    );

    expect(Parameter?.Value).toBe("v");
    expect(refusal.name).toBe("ParameterNotFound");
  });
});
