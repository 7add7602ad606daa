import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import {
  createConnector,
  GetSessionCredentials,
  pool,
  type AnyConnectorError,
  type Connection,
} from "aws-lambda-connector";
import {
  startLocalAws,
  type LocalAws,
  type PolicyDocument,
} from "aws-lambda-connector/local";
import {
  SESSION_ARNS,
  EC_INPUT,
  readFixture,
  readFixtureBytes,
  PASSPHRASE,
  RSA_INPUT,
} from "../rolesAnywhereFixtures";

const ANYWHERE = "rolesanywhere.amazonaws.com";
const CHAINED_ROLE = "arn:aws:iam::111122223333:role/chained";

function trust(
  Principal: { AWS?: string; Service?: string },
  Action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal, Action },
  };
}

function allow(...Action: string[]): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action, Resource: "*" },
  };
}

let local: LocalAws;
let now: number;
let connection: Connection;

beforeEach(async () => {
  now = Date.now();
  local = await startLocalAws({
    clock: () => now,
    functions: { price: () => 990 },
    roles: {
      node: {
        trust: trust({ Service: ANYWHERE }),
        permissions: [allow("lambda:InvokeFunction", "sts:AssumeRole")],
        maxSessionDuration: 43_200,
      },
      half: { trust: trust({ Service: ANYWHERE }, ["sts:AssumeRole"]) },
      other: { trust: trust({ Service: "ec2.amazonaws.com" }) },
      unlisted: { trust: trust({ Service: ANYWHERE }) },
      chained: {
        trust: trust({ AWS: SESSION_ARNS.roleArn }),
        permissions: [allow("lambda:InvokeFunction")],
      },
    },
    trustAnchors: {
      acme: readFixture("root.pem"),
      empty: readFixture("stranger.pem"),
    },
    profiles: {
      nodes: { roles: ["node", "half", "other"] },
      named: {
        roles: ["node"],
        acceptRoleSessionName: true,
        durationSeconds: 7_200,
      },
    },
  });
  // A machine that has a certificate and no AWS credentials.
  connection = {
    endpoint: local.endpoint,
    region: local.region,
    credentials: () => {
      throw new Error("the connection's credentials must not be used");
    },
  };
});

afterEach(async () => {
  pool.empty();
  await local.close();
});

async function rejectionOf(request: object): Promise<AnyConnectorError> {
  const parameters = { ...RSA_INPUT, ...request };
  try {
    await new GetSessionCredentials(connection).execute(parameters);
  } catch (error) {
    expectNoSecret(error);
    return error as AnyConnectorError;
  }
  throw new Error("Nothing was thrown.");
}

function expectNoSecret(thrown: unknown): void {
  const printed = [
    inspect(thrown, { depth: null, showHidden: true }),
    JSON.stringify(thrown),
    String(thrown),
  ].join("\n");
  for (const file of ["rsa.key", "ec.key", "rsa-locked.key"])
    for (const line of readFixture(file).trim().split("\n").slice(1, -1))
      expect(printed).not.toContain(line);
  expect(printed).not.toContain(PASSPHRASE);
}

const countRequests = (): number => local.requests.of("CreateSession").length;

describe("the embedded AWS", () => {
  it("exposes the ARNs of trust anchors and profiles by name", () => {
    expect(local.trustAnchors["acme"]).toBe(SESSION_ARNS.trustAnchorArn);
    expect(local.profiles["nodes"]).toBe(SESSION_ARNS.profileArn);
  });
});

describe("GetSessionCredentials", () => {
  it.each<[string, () => object]>([
    ["RSA in PEM format", () => RSA_INPUT],
    [
      "RSA in PEM format with an encrypted key",
      () => ({
        ...RSA_INPUT,
        privateKey: readFixture("rsa-locked.key"),
        passphrase: PASSPHRASE,
      }),
    ],
    ["EC in PEM format with its intermediate", () => EC_INPUT],
    [
      "EC in PEM format with its intermediate and the root in the same string",
      () => ({
        ...SESSION_ARNS,
        privateKey: EC_INPUT.privateKey,
        certificate: [
          readFixture("ec.pem"),
          readFixture("root.pem"),
          readFixture("intermediate.pem"),
        ].join("\n"),
      }),
    ],
    ...["rsa-legacy", "rsa-modern", "ec-legacy", "ec-modern"].map(
      (name): [string, () => object] => [
        `the PKCS#12 file ${name}`,
        () => ({
          ...SESSION_ARNS,
          certificate: readFixtureBytes(`${name}.p12`),
          passphrase: PASSPHRASE,
        }),
      ],
    ),
    [
      "an EC PKCS#12 file in base64",
      () => ({
        ...SESSION_ARNS,
        certificate: Buffer.from(readFixtureBytes("ec-modern.p12")).toString(
          "base64",
        ),
        passphrase: PASSPHRASE,
      }),
    ],
  ])(
    "returns credentials that can invoke, for a certificate that is %s",
    async (_, request) => {
      const credentials = await new GetSessionCredentials(connection).execute(
        request() as typeof RSA_INPUT,
      );
      const connector = createConnector({ ...connection, credentials });

      const response = await connector.invokeFunction({
        functionName: "price",
      });

      expect(response.payload).toBe(990);
      expect(credentials.accessKeyId).toMatch(/^ASIA/);
      expect(credentials.expiration?.getTime()).toBe(
        Math.floor((now + 3_600_000) / 1_000) * 1_000,
      );
      connector.close();
    },
  );

  it("sets the session's name and duration if the profile allows it", async () => {
    const profileArn = local.profiles["named"] ?? "";
    const operation = new GetSessionCredentials(connection);
    const parameters = { ...RSA_INPUT, profileArn, roleSessionName: "node-1" };

    const short = await operation.execute({
      ...parameters,
      durationSeconds: 900,
    });
    const long = await operation.execute({
      ...parameters,
      durationSeconds: 43_200,
    });

    expect((short.expiration?.getTime() ?? 0) - now).toBeLessThan(901_000);
    expect((long.expiration?.getTime() ?? 0) - now).toBeLessThan(7_201_000);
    expect((long.expiration?.getTime() ?? 0) - now).toBeGreaterThan(7_100_000);
  });

  it("uses the trust anchor's region if the connection has none", async () => {
    const names = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    const saved = names.map((name) => process.env[name]);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- two known names
    for (const name of names) delete process.env[name];

    const { accessKeyId } = await new GetSessionCredentials({
      endpoint: local.endpoint,
    }).execute(RSA_INPUT);

    names.forEach((name, index) => {
      if (saved[index] !== undefined) process.env[name] = saved[index];
    });
    expect(accessKeyId).toMatch(/^ASIA/);
  });
});

describe("local validation of a certificate", () => {
  it.each<[string, object, string]>([
    [
      "an expired certificate",
      { certificate: readFixture("expired.pem") },
      "certificate expired at 2021-01-01T00:00:00Z (CN=node-3.acme.example, O=Acme); renew it",
    ],
    [
      "a certificate that is not valid yet",
      { certificate: readFixture("future.pem") },
      "certificate is not valid before 2100-01-01T00:00:00Z (CN=node-4.acme.example, O=Acme); check this machine's clock",
    ],
    [
      "the key of another certificate",
      { privateKey: readFixture("ec.key") },
      "privateKey does not match the certificate of CN=node-1.acme.example, O=Acme; pass the private key of that certificate, or the certificate of this key",
    ],
    ["a missing key", { privateKey: undefined }, "privateKey is required"],
    [
      "a wrong passphrase",
      { privateKey: readFixture("rsa-locked.key"), passphrase: "wrong" },
      "passphrase does not decrypt privateKey; correct it",
    ],
    [
      "a wrong passphrase of a PKCS#12 file",
      {
        certificate: readFixtureBytes("rsa-modern.p12"),
        privateKey: undefined,
        passphrase: "wrong",
      },
      "passphrase does not decrypt the PKCS#12 file; correct it, or check that the file is not damaged",
    ],
    [
      "an unrelated chain",
      { certificateChain: readFixture("intermediate.pem") },
      "certificateChain must lead from the issuer of certificate to the trust anchor, but CN=Acme Workloads, O=Acme issued neither CN=node-1.acme.example, O=Acme nor another certificate of its chain; pass only the intermediate certificates between the certificate and the trust anchor",
    ],
  ])("rejects %s", async (_, request, message) => {
    const error = await rejectionOf(request);

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `GetSessionCredentials: ${message}. The request was not sent.`,
    });
    expect(countRequests()).toBe(0);
  });
});

describe("an error from Roles Anywhere", () => {
  it.each<[string, object, string, RegExp]>([
    [
      "an untrusted certificate authority",
      { certificate: readFixture("untrusted.pem") },
      "AccessDeniedException",
      /Untrusted signing certificate: no certificate of the trust anchor issued CN=node-1/,
    ],
    [
      "a missing intermediate",
      { certificate: EC_INPUT.certificate, privateKey: EC_INPUT.privateKey },
      "AccessDeniedException",
      /Untrusted signing certificate.*all intermediate certificates are given/,
    ],
    [
      "an unknown trust anchor",
      { trustAnchorArn: SESSION_ARNS.trustAnchorArn.replace("acme", "none") },
      "ResourceNotFoundException",
      /Trust anchor .* not found\)\. Check trustAnchorArn and profileArn, and/,
    ],
    [
      "an unknown profile",
      { profileArn: SESSION_ARNS.profileArn.replace("nodes", "none") },
      "ResourceNotFoundException",
      /Profile .* not found/,
    ],
    [
      "a role that the profile does not list",
      { roleArn: SESSION_ARNS.roleArn.replace("node", "unlisted") },
      "AccessDeniedException",
      /is not listed in profile/,
    ],
    [
      "a role that trusts another service",
      { roleArn: SESSION_ARNS.roleArn.replace("node", "other") },
      "AccessDeniedException",
      /Unable to assume role for .*role\/other/,
    ],
    [
      "a role whose trust policy does not allow session tags",
      { roleArn: SESSION_ARNS.roleArn.replace("node", "half") },
      "AccessDeniedException",
      /sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity/,
    ],
    [
      "a role session name that the profile does not accept",
      { roleSessionName: "mine" },
      "AccessDeniedException",
      /Not authorized to set roleSessionName\).*and accepts a role session name/,
    ],
  ])("explains %s", async (_, request, ...[serviceCode, message]) => {
    const error = await rejectionOf(request);

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      serviceCode,
      retryable: false,
      message: expect.stringMatching(message),
      cause: expect.objectContaining({ code: "ERR_SERVICE" }),
    });
    expect(error.message).not.toContain("\n");
    expect(countRequests()).toBe(1);
  });

  it("explains an endpoint where nothing listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    connection = { ...connection, endpoint: `http://127.0.0.1:${port}` };

    const error = await rejectionOf({});

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      retryable: true,
      message: expect.stringContaining(
        `IAM Roles Anywhere created no session for the role ${SESSION_ARNS.roleArn}; there was no response from AWS at 127.0.0.1:${port} (ECONNREFUSED)`,
      ),
    });
  });
});

describe("a Roles Anywhere session", () => {
  it("is cached by all request fields until shortly before it expires", async () => {
    const clock = { now: () => now, after: () => () => undefined };
    const operation = new GetSessionCredentials(connection, { clock });

    const first = await operation.execute(RSA_INPUT);
    const again = await operation.execute({ ...RSA_INPUT });
    await operation.execute({ ...RSA_INPUT, durationSeconds: 1_800 });
    now += 3_200_000;
    const warm = await operation.execute(RSA_INPUT);
    now += 397_000;
    const renewed = await operation.execute(RSA_INPUT);

    expect(again.accessKeyId).toBe(first.accessKeyId);
    expect(warm.accessKeyId).toBe(first.accessKeyId);
    expect(renewed.accessKeyId).not.toBe(first.accessKeyId);
    expect(countRequests()).toBe(3);
  });

  it("is requested once for a hundred concurrent calls", async () => {
    const operation = new GetSessionCredentials(connection);

    const all = await Promise.all(
      Array.from({ length: 100 }, () => operation.execute(RSA_INPUT)),
    );

    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(countRequests()).toBe(1);
  });

  it("is requested again when a response was lost", async () => {
    local.faults.add({
      kind: "reset",
      when: "after-run",
      operation: "CreateSession",
    });

    const { accessKeyId } = await new GetSessionCredentials(connection).execute(
      RSA_INPUT,
    );

    expect(accessKeyId).toMatch(/^ASIA/);
    expect(countRequests()).toBe(2);
  });
});

describe("getSessionCredentials.provider", () => {
  it("provides the credentials of a connection, from which another role can be assumed", async () => {
    const node = createConnector(connection);
    const credentials = node.getSessionCredentials.provider(RSA_INPUT);
    const connector = createConnector({ ...connection, credentials });

    const response = await connector.invokeFunction({ functionName: "price" });
    const chained = await connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: CHAINED_ROLE,
    });

    expect([response.payload, chained.payload]).toEqual([990, 990]);
    expect(countRequests()).toBe(1);
    connector.close();
    node.close();
  });

  it("marks its credentials as a role session, so that a chained role session of over an hour is rejected", async () => {
    const node = createConnector(connection);
    const credentials = node.getSessionCredentials.provider(RSA_INPUT);
    const connector = createConnector({ ...connection, credentials });

    const chained = connector.assumeRoleInvoke({
      functionName: "price",
      roleArn: CHAINED_ROLE,
      durationSeconds: 3_601,
    });

    await expect(chained).rejects.toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "durationSeconds", rule: "chained" }],
    });
    expect(local.requests.of("AssumeRole")).toHaveLength(0);
    connector.close();
    node.close();
  });

  it("renews the credentials before they expire", async () => {
    const clock = { now: () => now, after: () => () => undefined };
    const node = createConnector(connection, { clock });
    const provide = node.getSessionCredentials.provider(RSA_INPUT);

    const first = await provide();
    now += 3_597_000;
    const second = await provide();

    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    node.close();
  });

  it("rejects an invalid request before a session is requested", () => {
    const node = createConnector(connection);

    expect(() =>
      node.getSessionCredentials.provider({
        ...RSA_INPUT,
        privateKey: readFixture("ec.key"),
      }),
    ).toThrow(/privateKey does not match the certificate/);
    expect(() =>
      node.getSessionCredentials.provider({ ...RSA_INPUT, roleArn: "node" }),
    ).toThrow(/roleArn must be/);
    node.close();
  });

  it("rejects once its connector is closed", async () => {
    const node = createConnector(connection);
    const provide = node.getSessionCredentials.provider(RSA_INPUT);

    node.close();

    await expect(provide()).rejects.toThrow(/the connector is closed/);
  });
});
