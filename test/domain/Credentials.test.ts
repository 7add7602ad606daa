import { inspect } from "node:util";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { instanceToPlain, plainToInstance } from "class-transformer";
import { Credentials } from "../../domain";
import { toRequestHandler } from "../../src/engine/http/toRequestHandler";
import { SESSION_TOKEN } from "../awsResponses";
import { exampleCredentials } from "../connection";
import { FakeAws } from "../FakeAws";
import { findSecrets } from "../catchError";

const expiration = new Date("2030-11-20T13:00:00Z");
const credentials = new Credentials({
  ...exampleCredentials,
  sessionToken: SESSION_TOKEN,
  expiration,
});

describe("Credentials", () => {
  it("has the values that it was created with as properties", () => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;

    expect({ accessKeyId, secretAccessKey, sessionToken }).toEqual({
      ...exampleCredentials,
      sessionToken: SESSION_TOKEN,
    });
    expect(credentials.expiration).toBe(expiration);
  });

  it("prints the access key ID and a placeholder for each secret", () => {
    const shown = JSON.parse(JSON.stringify(credentials)) as unknown;

    expect(shown).toEqual({
      accessKeyId: exampleCredentials.accessKeyId,
      secretAccessKey: "[hidden]",
      sessionToken: "[hidden]",
      expiration: "2030-11-20T13:00:00.000Z",
    });
    expect(String(credentials)).toBe("Credentials(AKIAIOSFODNN7EXAMPLE)");
  });

  it("prints no session token and no expiration if it has none", () => {
    const shown = new Credentials(exampleCredentials).toJSON();

    expect(Object.keys(shown)).toEqual(["accessKeyId", "secretAccessKey"]);
  });

  const holders: [string, unknown][] = [
    ["alone", credentials],
    ["in an object", { deep: { deeper: { credentials } } }],
    ["in a list", [[credentials]]],
    ["in a Map", new Map([["credentials", credentials]])],
    ["in an error", Object.assign(new Error("no"), { credentials })],
    ["as a cause", new Error("no", { cause: credentials })],
    [
      "in a causes' chain",
      new Error("a", { cause: new Error("b", { cause: { credentials } }) }),
    ],
    // eslint-disable-next-line @typescript-eslint/no-misused-spread -- what a careless logger does
    ["spread", { ...credentials }],
    ["assigned", Object.assign({}, credentials)],
    ["as entries", Object.entries(credentials)],
    ["as values", Object.values(credentials)],
    ["cloned", structuredClone(credentials)],
    [
      "made of a plain object",
      plainToInstance(Credentials, {
        ...exampleCredentials,
        sessionToken: SESSION_TOKEN,
      }),
    ],
  ];

  it.each(holders)(
    "hides its secrets when it is printed by %s",
    (_, holder) => {
      const found = findSecrets(holder);

      expect(found).toEqual([]);
    },
  );

  it.each([
    { depth: 10 },
    { depth: 10, showHidden: false },
    { depth: 10, showHidden: true },
    { depth: 10, customInspect: false },
    { depth: 10, customInspect: false, getters: true },
    { depth: 0 },
  ])("hides its secrets from util.inspect with %j", (options) => {
    const text = holders.map(([, holder]) => inspect(holder, options)).join();

    expect(text).not.toContain(exampleCredentials.secretAccessKey);
    expect(text).not.toContain(SESSION_TOKEN);
  });

  it("hides its secrets from instanceToPlain", () => {
    const plain = instanceToPlain({ credentials });

    expect(JSON.stringify(plain)).not.toContain(
      exampleCredentials.secretAccessKey,
    );
    expect(JSON.stringify(plain)).not.toContain(SESSION_TOKEN);
  });

  it("is created from a plain object by class-transformer with every property", () => {
    const made = plainToInstance(Credentials, {
      ...exampleCredentials,
      sessionToken: SESSION_TOKEN,
    });

    expect(made).toBeInstanceOf(Credentials);
    expect(made.secretAccessKey).toBe(exampleCredentials.secretAccessKey);
    expect(made.sessionToken).toBe(SESSION_TOKEN);
  });

  it("is accepted by the AWS SDK's clients", async () => {
    const aws = new FakeAws();
    const handler = toRequestHandler(aws);
    const { signal: abortSignal } = new AbortController();
    const requestHandler = {
      ...handler,
      handle: (request: never) => handler.handle(request, { abortSignal }),
    };
    const config = {
      region: "eu-central-1",
      credentials,
      requestHandler: requestHandler as never,
    };

    await new LambdaClient(config).send(
      new InvokeCommand({ FunctionName: "price" }),
    );
    await new SSMClient(config).send(new GetParameterCommand({ Name: "key" }));
    await new STSClient(config)
      .send(new GetCallerIdentityCommand({}))
      .catch(() => undefined);

    const signed = aws.requests.map(({ headers }) => [
      /Credential=(\w+)\//.exec(headers["authorization"] ?? "")?.[1],
      headers["x-amz-security-token"],
    ]);
    expect(signed).toEqual([
      [exampleCredentials.accessKeyId, SESSION_TOKEN],
      [exampleCredentials.accessKeyId, SESSION_TOKEN],
      [exampleCredentials.accessKeyId, SESSION_TOKEN],
    ]);
  });
});
