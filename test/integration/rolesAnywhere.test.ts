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
import { ASKED, EC, fixture, fixtureBytes, PASSPHRASE, RSA } from "../anywhere";

const ANYWHERE = "rolesanywhere.amazonaws.com";
const FURTHER = "arn:aws:iam::111122223333:role/further";

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
      further: {
        trust: trust({ AWS: ASKED.roleArn }),
        permissions: [allow("lambda:InvokeFunction")],
      },
    },
    trustAnchors: { acme: fixture("root.pem"), empty: fixture("stranger.pem") },
    profiles: {
      nodes: { roles: ["node", "half", "other"] },
      named: {
        roles: ["node"],
        acceptRoleSessionName: true,
        durationSeconds: 7_200,
      },
    },
  });
  // No keys at all: a certificate is all that a node has.
  connection = {
    endpoint: local.endpoint,
    region: local.region,
    credentials: () => {
      throw new Error("nobody should ask for keys");
    },
  };
});

afterEach(async () => {
  pool.empty();
  await local.close();
});

async function refusedBy(request: object): Promise<AnyConnectorError> {
  const asked = { ...RSA, ...request };
  try {
    await new GetSessionCredentials(connection).execute(asked);
  } catch (error) {
    expectNoSecret(error);
    return error as AnyConnectorError;
  }
  throw new Error("Nothing was thrown.");
}

function expectNoSecret(thrown: unknown): void {
  const shown = [
    inspect(thrown, { depth: null, showHidden: true }),
    JSON.stringify(thrown),
    String(thrown),
  ].join("\n");
  for (const file of ["rsa.key", "ec.key", "rsa-locked.key"])
    for (const line of fixture(file).trim().split("\n").slice(1, -1))
      expect(shown).not.toContain(line);
  expect(shown).not.toContain(PASSPHRASE);
}

const asked = (): number => local.requests.of("CreateSession").length;

describe("the embedded AWS", () => {
  it("exposes the ARNs of trust anchors and profiles by name", () => {
    expect(local.trustAnchors["acme"]).toBe(ASKED.trustAnchorArn);
    expect(local.profiles["nodes"]).toBe(ASKED.profileArn);
  });
});

describe("GetSessionCredentials", () => {
  it.each<[string, () => object]>([
    ["RSA, as PEM", () => RSA],
    [
      "RSA, as PEM, its key locked",
      () => ({
        ...RSA,
        privateKey: fixture("rsa-locked.key"),
        passphrase: PASSPHRASE,
      }),
    ],
    ["EC, as PEM, with its intermediate", () => EC],
    [
      "EC, as PEM, with its intermediate and the root beside it",
      () => ({
        ...ASKED,
        privateKey: EC.privateKey,
        certificate: [
          fixture("ec.pem"),
          fixture("root.pem"),
          fixture("intermediate.pem"),
        ].join("\n"),
      }),
    ],
    ...["rsa-legacy", "rsa-modern", "ec-legacy", "ec-modern"].map(
      (name): [string, () => object] => [
        `${name}, as PKCS#12`,
        () => ({
          ...ASKED,
          certificate: fixtureBytes(`${name}.p12`),
          passphrase: PASSPHRASE,
        }),
      ],
    ),
    [
      "EC, as PKCS#12 in base64",
      () => ({
        ...ASKED,
        certificate: Buffer.from(fixtureBytes("ec-modern.p12")).toString(
          "base64",
        ),
        passphrase: PASSPHRASE,
      }),
    ],
  ])(
    "returns credentials that can invoke, for a certificate that is %s",
    async (_, request) => {
      const credentials = await new GetSessionCredentials(connection).execute(
        request() as typeof RSA,
      );
      const own = createConnector({ ...connection, credentials });

      const answer = await own.invokeFunction({ functionName: "price" });

      expect(answer.payload).toBe(990);
      expect(credentials.accessKeyId).toMatch(/^ASIA/);
      expect(credentials.expiration?.getTime()).toBe(
        Math.floor((now + 3_600_000) / 1_000) * 1_000,
      );
      own.close();
    },
  );

  it("sets the session's name and duration if the profile allows it", async () => {
    const profileArn = local.profiles["named"] ?? "";
    const operation = new GetSessionCredentials(connection);
    const wanted = { ...RSA, profileArn, roleSessionName: "node-1" };

    const brief = await operation.execute({ ...wanted, durationSeconds: 900 });
    const long = await operation.execute({
      ...wanted,
      durationSeconds: 43_200,
    });

    expect((brief.expiration?.getTime() ?? 0) - now).toBeLessThan(901_000);
    expect((long.expiration?.getTime() ?? 0) - now).toBeLessThan(7_201_000);
    expect((long.expiration?.getTime() ?? 0) - now).toBeGreaterThan(7_100_000);
  });

  it("uses the trust anchor's region if the connection has none", async () => {
    const names = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    const kept = names.map((name) => process.env[name]);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- two known names
    for (const name of names) delete process.env[name];

    const { accessKeyId } = await new GetSessionCredentials({
      endpoint: local.endpoint,
    }).execute(RSA);

    names.forEach((name, index) => {
      if (kept[index] !== undefined) process.env[name] = kept[index];
    });
    expect(accessKeyId).toMatch(/^ASIA/);
  });
});

describe("local validation of a certificate", () => {
  it.each<[string, object, string]>([
    [
      "an expired certificate",
      { certificate: fixture("expired.pem") },
      "certificate has expired: that of CN=node-3.acme.example, O=Acme ended at 2021-01-01T00:00:00Z; renew it",
    ],
    [
      "a certificate of the future",
      { certificate: fixture("future.pem") },
      "certificate is not valid yet: that of CN=node-4.acme.example, O=Acme begins at 2100-01-01T00:00:00Z; check the clock of this machine",
    ],
    [
      "another's key",
      { privateKey: fixture("ec.key") },
      "privateKey does not belong to the certificate of CN=node-1.acme.example, O=Acme; give the key with which that was requested, or the key's own certificate first",
    ],
    ["no key", { privateKey: undefined }, "privateKey is required"],
    [
      "a wrong pass phrase",
      { privateKey: fixture("rsa-locked.key"), passphrase: "wrong" },
      "passphrase is wrong: it does not open privateKey",
    ],
    [
      "a wrong pass phrase of a PKCS#12 file",
      {
        certificate: fixtureBytes("rsa-modern.p12"),
        privateKey: undefined,
        passphrase: "wrong",
      },
      "passphrase is wrong, or the file is damaged: it does not open the PKCS#12 file",
    ],
    [
      "a chain that leads elsewhere",
      { certificateChain: fixture("intermediate.pem") },
      "certificateChain does not lead from the certificate: CN=Acme Workloads, O=Acme has not issued CN=node-1.acme.example, O=Acme; give the intermediates between the certificate and the trust anchor, and nothing else",
    ],
  ])("rejects %s", async (_, request, line) => {
    const error = await refusedBy(request);

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      message: `GetSessionCredentials: the request was not sent: ${line}.`,
    });
    expect(asked()).toBe(0);
  });
});

describe("an error of Roles Anywhere", () => {
  it.each<[string, object, string, RegExp]>([
    [
      "an authority that nobody trusts",
      { certificate: fixture("untrusted.pem") },
      "AccessDeniedException",
      /Untrusted signing certificate: no certificate of the trust anchor has issued CN=node-1/,
    ],
    [
      "a missing intermediate",
      { certificate: EC.certificate, privateKey: EC.privateKey },
      "AccessDeniedException",
      /Untrusted signing certificate.*the intermediates between them are given/,
    ],
    [
      "an unknown trust anchor",
      { trustAnchorArn: ASKED.trustAnchorArn.replace("acme", "none") },
      "ResourceNotFoundException",
      /Trust anchor .* not found\)\. Check trustAnchorArn, profileArn and the region/,
    ],
    [
      "an unknown profile",
      { profileArn: ASKED.profileArn.replace("nodes", "none") },
      "ResourceNotFoundException",
      /Profile .* not found/,
    ],
    [
      "a role that the profile does not list",
      { roleArn: ASKED.roleArn.replace("node", "unlisted") },
      "AccessDeniedException",
      /is not listed in profile/,
    ],
    [
      "a role that trusts another service",
      { roleArn: ASKED.roleArn.replace("node", "other") },
      "AccessDeniedException",
      /Unable to assume role for .*role\/other/,
    ],
    [
      "a role that does not let its sessions be tagged",
      { roleArn: ASKED.roleArn.replace("node", "half") },
      "AccessDeniedException",
      /sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity/,
    ],
    [
      "a name for the session",
      { roleSessionName: "mine" },
      "AccessDeniedException",
      /Not authorized to set roleSessionName\).*that it accepts a role session name/,
    ],
    [
      "a trust anchor of another region",
      {
        trustAnchorArn: ASKED.trustAnchorArn.replace(
          "eu-central-1",
          "us-east-1",
        ),
      },
      "ResourceNotFoundException",
      /The trust anchor is in us-east-1, and eu-central-1 was asked/,
    ],
  ])("explains %s", async (_, request, ...[serviceCode, message]) => {
    const error = await refusedBy(request);

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      serviceCode,
      retryable: false,
      message: expect.stringMatching(message),
      cause: expect.objectContaining({ code: "ERR_SERVICE" }),
    });
    expect(error.message).not.toContain("\n");
    expect(asked()).toBe(1);
  });

  it("explains an endpoint on which nothing listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    connection = { ...connection, endpoint: `http://127.0.0.1:${port}` };

    const error = await refusedBy({});

    expect(error).toMatchObject({
      code: "ERR_CREDENTIALS",
      retryable: true,
      message: expect.stringContaining(
        `IAM Roles Anywhere gave no session of the role ${ASKED.roleArn}: no response from AWS at 127.0.0.1:${port} (ECONNREFUSED)`,
      ),
    });
  });
});

describe("a Roles Anywhere session", () => {
  it("is cached by all request fields until shortly before it expires", async () => {
    const clock = { now: () => now, after: () => () => undefined };
    const operation = new GetSessionCredentials(connection, { clock });

    const first = await operation.execute(RSA);
    const again = await operation.execute({ ...RSA });
    await operation.execute({ ...RSA, durationSeconds: 1_800 });
    now += 3_200_000;
    const warm = await operation.execute(RSA);
    now += 397_000;
    const renewed = await operation.execute(RSA);

    expect(again.accessKeyId).toBe(first.accessKeyId);
    expect(warm.accessKeyId).toBe(first.accessKeyId);
    expect(renewed.accessKeyId).not.toBe(first.accessKeyId);
    expect(asked()).toBe(3);
  });

  it("is requested once for a hundred concurrent calls", async () => {
    const operation = new GetSessionCredentials(connection);

    const all = await Promise.all(
      Array.from({ length: 100 }, () => operation.execute(RSA)),
    );

    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(asked()).toBe(1);
  });

  it("is requested again when a response was lost", async () => {
    local.faults.add({
      kind: "reset",
      when: "after-run",
      operation: "CreateSession",
    });

    const { accessKeyId } = await new GetSessionCredentials(connection).execute(
      RSA,
    );

    expect(accessKeyId).toMatch(/^ASIA/);
    expect(asked()).toBe(2);
  });
});

describe("getSessionCredentials.provider", () => {
  it("provides the credentials of a connection, from which another role can be assumed", async () => {
    const node = createConnector(connection);
    const credentials = node.getSessionCredentials.provider(RSA);
    const own = createConnector({ ...connection, credentials });

    const answer = await own.invokeFunction({ functionName: "price" });
    const chained = await own.assumeRoleInvoke({
      functionName: "price",
      roleArn: FURTHER,
    });

    expect([answer.payload, chained.payload]).toEqual([990, 990]);
    expect(asked()).toBe(1);
    own.close();
    node.close();
  });

  it("marks its credentials as a role session, so that a chained role of over an hour is refused", async () => {
    const node = createConnector(connection);
    const credentials = node.getSessionCredentials.provider(RSA);
    const own = createConnector({ ...connection, credentials });

    const chained = own.assumeRoleInvoke({
      functionName: "price",
      roleArn: FURTHER,
      durationSeconds: 3_601,
    });

    await expect(chained).rejects.toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "durationSeconds", rule: "chained" }],
    });
    expect(local.requests.of("AssumeRole")).toHaveLength(0);
    own.close();
    node.close();
  });

  it("renews the credentials before they expire", async () => {
    const clock = { now: () => now, after: () => () => undefined };
    const node = createConnector(connection, { clock });
    const provide = node.getSessionCredentials.provider(RSA);

    const first = await provide();
    now += 3_597_000;
    const second = await provide();

    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    node.close();
  });

  it("rejects an unusable request immediately", () => {
    const node = createConnector(connection);

    expect(() =>
      node.getSessionCredentials.provider({
        ...RSA,
        privateKey: fixture("ec.key"),
      }),
    ).toThrow(/privateKey does not belong to the certificate/);
    expect(() =>
      node.getSessionCredentials.provider({ ...RSA, roleArn: "node" }),
    ).toThrow(/roleArn takes/);
    node.close();
  });

  it("rejects once its connector is closed", async () => {
    const node = createConnector(connection);
    const provide = node.getSessionCredentials.provider(RSA);

    node.close();

    await expect(provide()).rejects.toThrow(/the connector is closed/);
  });
});
