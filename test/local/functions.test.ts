import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  paginateListFunctions,
} from "@aws-sdk/client-lambda";
import { startLocalAws, type LocalAws } from "../../dist/local";
import { clientsOf, parsed, refusalOf } from "./clients";
import { send } from "./send";

const ARN = "arn:aws:lambda:eu-central-1:111122223333:function";

describe("ListFunctions", () => {
  let local: LocalAws;
  let lambda: ReturnType<typeof clientsOf>["lambda"];
  const names = Array.from(
    { length: 120 },
    (_, index) => `fn-${String(index).padStart(3, "0")}`,
  );

  beforeAll(async () => {
    local = await startLocalAws({
      functions: {
        ...Object.fromEntries(names.map((name) => [name, () => name])),
        versioned: {
          handler: () => 0,
          versions: { 1: () => 1, 10: () => 10, 2: () => 2 },
          region: "eu-north-1",
          description: "counts",
          timeout: 12,
          memorySize: 256,
          environment: { STAGE: "test" },
        },
      },
    });
    lambda = clientsOf(local).lambda;
  });

  afterAll(async () => {
    await local.close();
  });

  it("returns pages of at most 50 and no marker on the last page", async () => {
    const pages = [];
    for await (const page of paginateListFunctions(
      { client: lambda, pageSize: 10_000 },
      {},
    ))
      pages.push(page);

    expect(pages.map((page) => page.Functions?.length)).toEqual([50, 50, 20]);
    expect(pages.map((page) => page.NextMarker !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(
      pages.flatMap((page) => page.Functions?.map((each) => each.FunctionName)),
    ).toEqual(names);
  });

  it("returns smaller pages if requested", async () => {
    const page = await lambda.send(new ListFunctionsCommand({ MaxItems: 7 }));

    expect(page.Functions).toHaveLength(7);
  });

  it("accepts the path with and without a trailing slash", async () => {
    const answers = await Promise.all(
      ["/2015-03-31/functions", "/2015-03-31/functions/?MaxItems=1"].map(
        (path) => send(local, { method: "GET", path, service: "lambda" }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("returns the complete configuration of a function", async () => {
    const north = clientsOf(local, { region: "eu-north-1" }).lambda;

    const { Functions } = await north.send(new ListFunctionsCommand({}));

    expect(Functions).toEqual([
      {
        FunctionName: "versioned",
        FunctionArn:
          "arn:aws:lambda:eu-north-1:111122223333:function:versioned",
        Runtime: `nodejs${String(process.versions.node.split(".")[0])}.x`,
        Role: "arn:aws:iam::111122223333:role/service-role/versioned",
        Handler: "index.handler",
        CodeSize: 7,
        Description: "counts",
        Timeout: 12,
        MemorySize: 256,
        LastModified: expect.stringMatching(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/,
        ),
        CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
        Version: "$LATEST",
        Environment: { Variables: { STAGE: "test" } },
        TracingConfig: { Mode: "PassThrough" },
        RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        PackageType: "Zip",
        Architectures: [process.arch === "arm64" ? "arm64" : "x86_64"],
        EphemeralStorage: { Size: 512 },
        SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
        LoggingConfig: {
          LogFormat: "Text",
          LogGroup: "/aws/lambda/versioned",
        },
      },
    ]);
  });

  it("lists every version with its qualified ARN for FunctionVersion ALL", async () => {
    const north = clientsOf(local, { region: "eu-north-1" }).lambda;

    const { Functions } = await north.send(
      new ListFunctionsCommand({ FunctionVersion: "ALL" }),
    );

    expect(
      Functions?.map(({ FunctionArn, Version }) => [FunctionArn, Version]),
    ).toEqual(
      ["$LATEST", "1", "2", "10"].map((version) => [
        `arn:aws:lambda:eu-north-1:111122223333:function:versioned:${version}`,
        version,
      ]),
    );
  });

  it.each([
    [
      { FunctionVersion: "LATEST" as "ALL" },
      "ValidationException",
      "1 validation error detected: Value 'LATEST' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]",
    ],
    [
      { MaxItems: 0 },
      "ValidationException",
      "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      { Marker: "made up" },
      "InvalidParameterValueException",
      "The provided marker is invalid.",
    ],
    [
      { MasterRegion: "ALL", FunctionVersion: "ALL" as const },
      "NotAvailableInLocalAws",
      "ListFunctions with MasterRegion is not supported by the embedded AWS of aws-lambda-connector.",
    ],
  ])("rejects %j", async (input, name, message) => {
    const refusal = await refusalOf(
      lambda.send(new ListFunctionsCommand(input)),
    );

    expect(refusal).toMatchObject({ name, message });
  });
});

describe("DeleteFunction", () => {
  let local: LocalAws;
  let lambda: ReturnType<typeof clientsOf>["lambda"];

  beforeEach(async () => {
    local = await startLocalAws({
      functions: {
        orders: {
          handler: () => "latest",
          versions: { 1: () => "one", 2: () => "two" },
          aliases: { live: "2" },
        },
      },
    });
    lambda = clientsOf(local).lambda;
  });

  afterEach(async () => {
    await local.close();
  });

  it("deletes a function with all its versions", async () => {
    const answer = await lambda.send(
      new DeleteFunctionCommand({ FunctionName: `${ARN}:orders` }),
    );
    const listed = await lambda.send(new ListFunctionsCommand({}));

    expect(answer.StatusCode).toBe(204);
    expect(listed.Functions).toEqual([]);
  });

  it("deletes one version and keeps the others", async () => {
    await lambda.send(
      new DeleteFunctionCommand({ FunctionName: "orders", Qualifier: "1" }),
    );
    const listed = await lambda.send(
      new ListFunctionsCommand({ FunctionVersion: "ALL" }),
    );

    expect(listed.Functions?.map(({ Version }) => Version)).toEqual([
      "$LATEST",
      "2",
    ]);
  });

  it.each([
    [
      { FunctionName: "orders", Qualifier: "$LATEST" },
      400,
      "InvalidParameterValueException",
      "$LATEST version cannot be deleted without deleting the function.",
    ],
    [
      { FunctionName: "orders:live" },
      400,
      "InvalidParameterValueException",
      "Deletion of aliases is not currently supported.",
    ],
    [
      { FunctionName: "orders", Qualifier: "2" },
      409,
      "ResourceConflictException",
      "Unable to delete version because the following aliases reference it: [live]",
    ],
    [
      { FunctionName: "orders", Qualifier: "3" },
      404,
      "ResourceNotFoundException",
      `Function not found: ${ARN}:orders:3`,
    ],
    [
      { FunctionName: "nope" },
      404,
      "ResourceNotFoundException",
      `Function not found: ${ARN}:nope`,
    ],
  ])("rejects %j", async (input, ...[status, name, message]) => {
    const refusal = await refusalOf(
      lambda.send(new DeleteFunctionCommand(input)),
    );

    expect(refusal).toEqual({ status, name, message });
  });
});

describe("CreateFunction and GetFunction", () => {
  let local: LocalAws;
  let lambda: ReturnType<typeof clientsOf>["lambda"];
  const folder = mkdtempSync(join(tmpdir(), "functions-"));
  const role = "arn:aws:iam::111122223333:role/exec";

  beforeAll(async () => {
    writeFileSync(
      join(folder, "index.js"),
      "exports.handler = async (event) => ({ hello: event.name });",
    );
    writeFileSync(join(folder, "broken.js"), "throw new Error('no stock');");
    local = await startLocalAws();
    lambda = clientsOf(local).lambda;
  });

  afterAll(async () => {
    await local.close();
    rmSync(folder, { recursive: true });
  });

  it("creates a function from a folder on this machine, and runs it", async () => {
    const created = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: "hello",
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Role: role,
        Timeout: 20,
        Code: { S3Bucket: "local", S3Key: folder },
      }),
    );
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "hello", Payload: '{"name":"Ada"}' }),
    );

    expect(created).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      FunctionName: "hello",
      Runtime: "nodejs22.x",
      Role: role,
      Timeout: 20,
      State: "Active",
    });
    expect(parsed(answer)).toEqual({ hello: "Ada" });
  });

  it("returns the configuration and code location of a function", async () => {
    await local.createFunction("described", {
      file: join(folder, "index.js"),
    });

    const found = await lambda.send(
      new GetFunctionCommand({ FunctionName: "described" }),
    );
    const configuration = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: "described" }),
    );

    expect(found.Code).toEqual({
      RepositoryType: "S3",
      Location: `file://${folder}/index.js`,
    });
    expect(found.Configuration).toMatchObject({
      FunctionName: "described",
      State: "Active",
      LastUpdateStatus: "Successful",
    });
    expect(configuration).toMatchObject({
      RevisionId: found.Configuration?.RevisionId,
    });
  });

  it.each([
    [
      { Code: { ZipFile: Buffer.from("PK") } },
      "NotAvailableInLocalAws",
      /S3Bucket: "local", S3Key: <path of a folder or module/,
    ],
    [
      { Code: { S3Bucket: "local", S3Key: join(folder, "broken.js") } },
      "InvalidParameterValueException",
      /broken\.js \(Error: no stock\)/,
    ],
    [
      { Code: { S3Bucket: "local", S3Key: join(folder, "absent.js") } },
      "InvalidParameterValueException",
      /file must be an existing file, not .*absent\.js$/,
    ],
    [
      { Code: { S3Bucket: "local", S3Key: folder }, Layers: ["x"] },
      "NotAvailableInLocalAws",
      /^CreateFunction with Layers is not supported/,
    ],
  ])("rejects creating a function from %j", async (input, name, message) => {
    const refusal = await refusalOf(
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: "refused",
          Handler: "index.handler",
          Role: role,
          ...input,
        }),
      ),
    );

    expect(refusal.name).toBe(name);
    expect(refusal.message).toMatch(message);
  });

  it("rejects creating a function twice", async () => {
    await local.createFunction("twice", () => 1);

    const refusal = await refusalOf(
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: "twice",
          Handler: "index.handler",
          Role: role,
          Code: { S3Bucket: "local", S3Key: folder },
        }),
      ),
    );

    expect(refusal).toEqual({
      status: 409,
      name: "ResourceConflictException",
      message: "Function already exist: twice",
    });
  });

  it("rejects unsupported operations", async () => {
    const refusals = await Promise.all([
      refusalOf(lambda.send(new GetPolicyCommand({ FunctionName: "hello" }))),
      refusalOf(lambda.send(new ListAliasesCommand({ FunctionName: "hello" }))),
    ]);

    expect(refusals).toEqual(
      ["GetPolicy", "ListAliases"].map((operation) => ({
        status: 400,
        name: "NotAvailableInLocalAws",
        message: `${operation} is not supported by the embedded AWS of aws-lambda-connector.`,
      })),
    );
  });
});
