import {
  GetParameterCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import {
  startLocalAws,
  type LocalAws,
  type LocalAwsError,
  type LocalAwsOptions,
} from "../../dist/local";
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
        "/acme/staged": {
          type: "String",
          versions: ["one", { value: "two", labels: ["live"] }, "three"],
        },
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

  it("decrypts a SecureString with WithDecryption", async () => {
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

  it("returns ciphertext without WithDecryption", async () => {
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

  it("keeps versions and finds each by its selector", async () => {
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

  it("returns the plain name for a request by ARN", async () => {
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

  it("checks the permissions of a user", async () => {
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
  ])("rejects reading %j", async (Name, ...[name, message]) => {
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
      { Name: "x", Value: "x", Type: "String" as const, AllowedPattern: "x" },
      "NotAvailableInLocalAws",
      "PutParameter with AllowedPattern is not supported by the embedded AWS of aws-lambda-connector.",
    ],
    [
      { Name: "x", Value: "x", Type: "String" as const, KeyId: "alias/own" },
      "ValidationException",
      "KeyId is required for SecureString type parameter only.",
    ],
    [
      { Name: "x", Value: "x", Type: "SecureString" as const, KeyId: "my key" },
      "InvalidKeyId",
      "Invalid keyId my key",
    ],
  ])("rejects writing %j", async (input, ...[name, message]) => {
    const refusal = await refusalOf(ssm.send(new PutParameterCommand(input)));

    expect(refusal).toMatchObject({ name, message });
  });

  it("rejects unsupported operations", async () => {
    const refusal = await refusalOf(
      ssm.send(new GetParametersCommand({ Names: ["flat"] })),
    );

    expect(refusal).toEqual({
      status: 400,
      name: "NotAvailableInLocalAws",
      message:
        "GetParameters is not supported by the embedded AWS of aws-lambda-connector.",
    });
  });

  it("rejects the operations of other services", async () => {
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

  async function read(Name: string): Promise<unknown> {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    return [Parameter?.Value, Parameter?.Version, Parameter?.Selector];
  }

  it("is created with versions and labels", async () => {
    const found = await Promise.all(
      ["", ":1", ":live", ":3"].map((selector) =>
        read(`/acme/staged${selector}`),
      ),
    );
    const byArn = await read(`${ARN}/acme/staged:live`);

    expect(found).toEqual([
      ["three", 3, undefined],
      ["one", 1, ":1"],
      ["two", 2, ":live"],
      ["three", 3, ":3"],
    ]);
    expect(byArn).toEqual(["two", 2, ":live"]);
  });

  it("adds a label to the latest version and moves it to another", async () => {
    const Name = "/acme/labelled";
    for (const Value of ["one", "two"])
      await ssm.send(
        new PutParameterCommand({
          Name,
          Value,
          Type: "String",
          Overwrite: true,
        }),
      );

    const given = await ssm.send(
      new LabelParameterVersionCommand({ Name, Labels: ["live", "blue"] }),
    );
    const before = await read(`${Name}:live`);
    await ssm.send(
      new LabelParameterVersionCommand({
        Name,
        ParameterVersion: 1,
        Labels: ["live"],
      }),
    );
    const after = [await read(`${Name}:live`), await read(`${Name}:blue`)];

    expect(given).toMatchObject({ InvalidLabels: [], ParameterVersion: 2 });
    expect(before).toEqual(["two", 2, ":live"]);
    expect(after).toEqual([
      ["one", 1, ":live"],
      ["two", 2, ":blue"],
    ]);
  });

  it("returns invalid labels and adds the others", async () => {
    const wrong = ["1st", "awsOne", "SSM-one", "two words"];

    const answer = await ssm.send(
      new LabelParameterVersionCommand({
        Name: "/acme/prod/trustKey",
        Labels: [...wrong, "right_1.x-y"],
      }),
    );

    expect(answer.InvalidLabels).toEqual(wrong);
    expect(await read("/acme/prod/trustKey:right_1.x-y")).toHaveLength(3);
  });

  it.each([
    [{ Labels: ["live"] }, "/acme/absent", "ParameterNotFound"],
    [
      { Labels: ["live"], ParameterVersion: 9 },
      "flat",
      "ParameterVersionNotFound",
    ],
    [{ Labels: [] }, "flat", "ValidationException"],
    [{ Labels: ["x".repeat(101)] }, "flat", "ValidationException"],
    [
      { Labels: Array.from({ length: 11 }, (_, i) => `label${i}`) },
      "flat",
      "ValidationException",
    ],
  ])("rejects the labels %j for %s", async (input, Name, name) => {
    const refusal = await refusalOf(
      ssm.send(new LabelParameterVersionCommand({ Name, ...input })),
    );

    expect(refusal).toMatchObject({ status: 400, name });
  });

  it("accepts at most ten labels for a version", async () => {
    const Name = "/acme/full";
    local.putParameter(Name, {
      value: "v",
      labels: Array.from({ length: 10 }, (_, index) => `label${index}`),
    });

    const refusal = await refusalOf(
      ssm.send(new LabelParameterVersionCommand({ Name, Labels: ["more"] })),
    );

    expect(refusal).toEqual({
      status: 400,
      name: "ParameterVersionLabelLimitExceeded",
      message: "A parameter version can have maximum 10 labels.",
    });
  });

  it("deletes the oldest of 100 versions unless it has a label", async () => {
    const Name = "/acme/long";
    local.putParameter(Name, {
      type: "String",
      versions: Array.from({ length: 100 }, (_, index) => `value ${index + 1}`),
    });
    const put = () =>
      ssm.send(
        new PutParameterCommand({ Name, Value: "more", Overwrite: true }),
      );

    await put();
    const gone = await refusalOf(
      ssm.send(new GetParameterCommand({ Name: `${Name}:1` })),
    );
    await ssm.send(
      new LabelParameterVersionCommand({
        Name,
        ParameterVersion: 2,
        Labels: ["keep"],
      }),
    );
    const refusal = await refusalOf(put());

    expect(gone.name).toBe("ParameterVersionNotFound");
    expect(refusal).toMatchObject({
      status: 400,
      name: "ParameterMaxVersionLimitExceeded",
      message: expect.stringContaining(
        "Version 2, the oldest version, can't be deleted because it has a label",
      ),
    });
    expect(await read(`${Name}:keep`)).toEqual(["value 2", 2, ":keep"]);
    expect(await read(Name)).toEqual(["more", 101, undefined]);
  });

  it("checks the permission for each action on the parameter's ARN", async () => {
    const credentials = local.users["reader"] ?? local.credentials;
    const reader = clientsOf(local, { credentials }).ssm;
    const Name = "/acme/prod/trustKey";

    const refusals = await Promise.all([
      refusalOf(reader.send(new PutParameterCommand({ Name, Value: "mine" }))),
      refusalOf(
        reader.send(
          new LabelParameterVersionCommand({ Name, Labels: ["mine"] }),
        ),
      ),
    ]);

    expect(refusals.map(({ message }) => message)).toEqual(
      ["PutParameter", "LabelParameterVersion"].map(
        (action) =>
          `User: arn:aws:iam::111122223333:user/reader is not authorized to perform: ssm:${action} on resource: ${ARN}/acme/prod/trustKey because no identity-based policy allows the ssm:${action} action`,
      ),
    );
  });

  it.each<[object, string]>([
    [{ versions: [] }, ".versions must be an array of 1 to 100 versions"],
    [
      { value: "v", versions: ["v"] },
      ".value cannot be combined with versions; move it to a version",
    ],
    [
      { versions: [{ value: "v", label: "x" }] },
      ".versions[0].label is not an option; did you mean labels?",
    ],
    [{ versions: ["v", {}] }, ".versions[1].value is required"],
    [
      { versions: ["v", { value: "w", labels: ["1st"] }] },
      ".versions[1].labels[0] must be a label of at most 100 letters, digits and characters of _.- that does not start with a digit, aws or ssm",
    ],
    [
      {
        versions: [
          { value: "v", labels: ["live"] },
          { value: "w", labels: ["live"] },
        ],
      },
      " has the label live twice; a label belongs to one version",
    ],
    [
      { value: "v", labels: "live" },
      ".labels must be an array of at most 10 labels",
    ],
  ])("rejects the options %j", async (parameter, problem) => {
    const options = { parameters: { p: parameter } } as LocalAwsOptions;

    const error = await startLocalAws(options).catch(
      (thrown: unknown) => thrown,
    );

    expect((error as LocalAwsError).problems).toEqual([
      `parameters.p${problem}`,
    ]);
  });

  it("adds and deletes parameters of a running server", async () => {
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
