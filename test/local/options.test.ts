import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import {
  LocalAwsError,
  startLocalAws,
  type LocalAwsOptions,
} from "../../dist/local";
import { clientsOf, parsed } from "./clients";
import { send } from "./send";
import { temporaryFolder } from "../temporaryFolder";

describe("startLocalAws", () => {
  it("runs the functions of a folder", async () => {
    const folder = temporaryFolder("functions");
    writeFileSync(
      join(folder, "hello.mjs"),
      "export const handler = async (event) => `Hello, ${event.name}`;",
    );
    const local = await startLocalAws({ functions: folder });

    const answer = await clientsOf(local).lambda.send(
      new InvokeCommand({ FunctionName: "hello", Payload: '{"name":"Ada"}' }),
    );
    const listed = local.listFunctions();
    await local.close();

    expect(parsed(answer)).toBe("Hello, Ada");
    expect(listed).toEqual([
      {
        functionName: "hello",
        functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:hello",
        handler: "hello.handler",
        runtime: `nodejs${String(process.versions.node.split(".")[0])}.x`,
        memorySize: 128,
        timeout: 3,
      },
    ]);
  });

  it("returns its endpoint, region and account", async () => {
    const local = await startLocalAws({
      region: "us-gov-west-1",
      accountId: "444455556666",
    });
    await local.close();

    expect(local.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect([local.region, local.accountId]).toEqual([
      "us-gov-west-1",
      "444455556666",
    ]);
    expect(local.credentials).toEqual({
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    });
  });

  it("reports every problem with its path", async () => {
    const options = {
      regoin: "eu-central-1",
      port: 70_000,
      accountId: "12",
      functions: {
        "a b": () => 1,
        slow: { handler: () => 1, timeout: 901, memroySize: 256 },
        none: {},
        filed: { file: "no/such/file.js" },
        aliased: { handler: () => 1, aliases: { live: "7" } },
      },
      parameters: { "acme/key": "secret-value", empty: "" },
      accounts: { "1": {} },
      sessionSeconds: 0,
      onRequest: "console.log",
    };

    const error = await mistakesOf(options as unknown as LocalAwsOptions);

    expect(error.code).toBe("ERR_LOCAL_OPTIONS");
    expect(error.problems).toEqual([
      "regoin is not an option; did you mean region?",
      'accountId must be an account ID of 12 digits, not "12"',
      "sessionSeconds must be above 0",
      "port must be an integer from 0 to 65535, not 70000",
      'functions."a b" is not a valid function name; use 1 to 64 letters, digits, hyphens and underscores',
      "functions.slow.memroySize is not an option; did you mean memorySize?",
      "functions.slow.timeout must be a number from 0 to 900, not 901",
      "functions.none must have either handler or file",
      `functions.filed.file must be an existing file, not ${join(process.cwd(), "no/such/file.js")}`,
      "functions.aliased.aliases.live refers to version 7, which does not exist",
      'parameters."acme/key" is not a valid parameter name; hierarchical names start with a slash (/acme/key)',
      "parameters.empty must have 1 to 4,096 characters, not 0",
      "accounts.1 is not an account ID of 12 digits",
      "onRequest must be a function",
    ]);
    expect(error.message).not.toContain("secret-value");
  });

  it.each([
    [
      { NotAction: "sts:AssumeRole" },
      "Statement[0] must not have both Action and NotAction",
    ],
    [
      { Resource: "*" },
      "Statement[0] has Resource, which the embedded AWS does not support here",
    ],
    [
      { Principal: { Federated: "x" } },
      "Statement[0] Principal has Federated, which the embedded AWS does not support",
    ],
    [
      { Principal: { AWS: "unknown" } },
      "Statement[0] Principal unknown must be an account ID or the ARN of a root, user, role or session",
    ],
    [
      { Principal: undefined, NotPrincipal: { AWS: "*" } },
      "Statement[0] has NotPrincipal, which AWS does not allow here; use Deny with a Condition on aws:PrincipalArn instead",
    ],
  ])("rejects a trust policy with %j", async (change, problem) => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      ...change,
    };

    const error = await mistakesOf({
      roles: { gate: { trust: { Statement: [statement] } } },
    } as unknown as LocalAwsOptions);

    expect(error.problems).toContain(`roles.gate.trust ${problem}`);
  });

  it("rejects a policy variable in a permission policy", async () => {
    const error = await mistakesOf({
      users: {
        ada: {
          permissions: [
            {
              Statement: {
                Effect: "Allow",
                Action: "ssm:GetParameter",
                Resource: "*:parameter/${aws:username}/*",
              },
            },
          ],
        },
      },
    });

    expect(error.problems).toEqual([
      "users.ada.permissions[0] Statement[0] Resource has a policy variable in *:parameter/${aws:username}/*, which the embedded AWS does not support",
    ]);
  });

  it("reports a folder without handlers and a handler that can't be loaded", async () => {
    const empty = temporaryFolder("empty");
    const broken = temporaryFolder("broken");
    writeFileSync(join(broken, "bad.js"), "throw new Error('no database');");

    const errors = await Promise.all(
      [empty, broken].map((functions) => mistakesOf({ functions })),
    );

    expect(errors.map(({ problems }) => problems)).toEqual([
      [
        expect.stringMatching(
          /^The functions folder .*empty-\w+ contains no handler/,
        ),
      ],
      [
        expect.stringMatching(
          /^The handler bad\.handler of the function bad .*bad\.js \(Error: no database\)$/,
        ),
      ],
    ]);
  });

  it("suggests a folder for helper modules", async () => {
    const folder = temporaryFolder("helpers");
    writeFileSync(join(folder, "tax.js"), "exports.taxOf = () => 19;");

    const { problems } = await mistakesOf({ functions: folder });

    expect(problems).toEqual([
      `The handler tax.handler of the function tax cannot be loaded from ${join(folder, "tax.js")} (Runtime.HandlerNotFound: tax.handler is undefined or not exported). Export handler from it; helper modules belong in a subfolder without an index module, such as ${join(folder, "lib/tax.js")}`,
    ]);
  });

  it("reports a port that is in use", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    const { port } = squatter.address() as AddressInfo;

    const error = await mistakesOf({ port });
    squatter.close();

    expect(error.problems).toEqual([
      `port ${port} is in use; omit port to use a free one`,
    ]);
  });

  it("aborts running invocations when it is closed", async () => {
    const local = await startLocalAws({
      functions: { endless: () => new Promise(() => undefined) },
    });
    local.faults.add({
      kind: "delay",
      ms: 3_600_000,
      operation: "ListFunctions",
    });
    const running = [
      { method: "POST", path: "/2015-03-31/functions/endless/invocations" },
      { method: "GET", path: "/2015-03-31/functions" },
    ].map((message) =>
      send(local, { ...message, service: "lambda" }).catch(
        (error: unknown) => (error as NodeJS.ErrnoException).code,
      ),
    );
    while (local.requests.length < 2)
      await new Promise((resolve) => setTimeout(resolve, 1));

    await Promise.all([local.close(), local.close()]);

    expect(await Promise.all(running)).toEqual(["ECONNRESET", "ECONNRESET"]);
    await expect(fetch(local.endpoint)).rejects.toThrow("fetch failed");
  });

  it("rejects an invalid account of createFunction", async () => {
    const local = await startLocalAws();

    const refusal = await local
      .createFunction("late", () => 1, { accountId: "1" })
      .catch((error: unknown) => error);
    await local.close();

    expect(refusal).toEqual(
      new LocalAwsError([
        'location.accountId must be an account ID of 12 digits, not "1"',
      ]),
    );
  });

  it("reads a body that is too large to its end and rejects it", async () => {
    const local = await startLocalAws();

    const answer = await send(local, {
      method: "POST",
      path: "/2015-03-31/functions/x/invocations",
      service: "lambda",
      body: Buffer.alloc(33 * 1024 * 1024),
    });
    await local.close();

    expect(answer.status).toBe(413);
    expect(answer.headers["x-amzn-errortype"]).toBe(
      "RequestEntityTooLargeException",
    );
  });

  it("creates and validates functions while running", async () => {
    const local = await startLocalAws();
    await local.createFunction("double", (event: { n: number }) => event.n * 2);

    const answer = await clientsOf(local).lambda.send(
      new InvokeCommand({ FunctionName: "double", Payload: '{"n":21}' }),
    );
    const refusal = await local
      .createFunction("no good", { handler: () => 1 }, {})
      .catch((error: unknown) => error);
    await local.deleteFunction("double");
    await local.close();

    expect(parsed(answer)).toBe(42);
    expect(refusal).toBeInstanceOf(LocalAwsError);
    expect(local.listFunctions()).toEqual([]);
  });
});

async function mistakesOf(options: LocalAwsOptions): Promise<LocalAwsError> {
  try {
    const local = await startLocalAws(options);
    await local.close();
  } catch (error) {
    if (error instanceof LocalAwsError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}
