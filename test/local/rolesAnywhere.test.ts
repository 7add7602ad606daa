import {
  createHash,
  createPrivateKey,
  sign,
  X509Certificate,
} from "node:crypto";
import { request } from "node:http";
import {
  startLocalAws,
  type LocalAws,
  type LocalAwsOptions,
} from "../../dist/local";
import {
  SESSION_ARNS,
  EC_INPUT,
  readFixture,
  RSA_INPUT,
} from "../rolesAnywhereFixtures";

const OPTIONS: LocalAwsOptions = {
  roles: {
    node: {
      trust: {
        Statement: {
          Effect: "Allow",
          Action: "sts:*",
          Principal: { Service: "rolesanywhere.amazonaws.com" },
        },
      },
    },
  },
  trustAnchors: { acme: readFixture("root.pem") },
  profiles: { nodes: { roles: ["node"] } },
};

interface Changes {
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly chain?: readonly string[];
  readonly body?: object | string;
  /** Changes the request after it was signed. */
  readonly tamper?: (headers: Record<string, string>) => void;
  readonly algorithm?: string;
  readonly serial?: string;
  readonly service?: string;
  readonly unsigned?: readonly string[];
  readonly at?: number;
  readonly sentBody?: string;
}

let local: LocalAws;
let now = Date.now();

beforeAll(async () => {
  local = await startLocalAws({ ...OPTIONS, clock: () => now });
});

beforeEach(() => {
  now = Date.now();
});

afterAll(async () => {
  await local.close();
});

const der = (pem: string): string =>
  new X509Certificate(pem).raw.toString("base64");

const hash = (text: string): string =>
  createHash("sha256").update(text).digest("hex");

/** Signs a request as AWS documents it and returns the raw response. */
function ask(
  changes: Changes = {},
): Promise<{ status: number; type: unknown; answer: Record<string, unknown> }> {
  const {
    certificate = RSA_INPUT.certificate,
    privateKey = RSA_INPUT.privateKey,
  } = changes;
  const leaf = new X509Certificate(certificate);
  const body =
    typeof changes.body === "string"
      ? changes.body
      : JSON.stringify({ ...SESSION_ARNS, ...changes.body });
  const time = new Date(changes.at ?? now)
    .toISOString()
    .replace(/\.\d+|[-:]/g, "");
  const all: Record<string, string> = {
    "content-type": "application/json",
    host: new URL(local.endpoint).host,
    "x-amz-date": time,
    "x-amz-x509": der(certificate),
    ...(changes.chain && {
      "x-amz-x509-chain": changes.chain.map(der).join(","),
    }),
  };
  const names = Object.keys(all).filter(
    (name) => !changes.unsigned?.includes(name),
  );
  const canonical = [
    "POST",
    "/sessions",
    "",
    ...names.map((name) => `${name}:${all[name] ?? ""}`),
    "",
    names.join(";"),
    hash(body),
  ].join("\n");
  const kind = leaf.publicKey.asymmetricKeyType === "ec" ? "ECDSA" : "RSA";
  const algorithm = changes.algorithm ?? `AWS4-X509-${kind}-SHA256`;
  const scope = `${time.slice(0, 8)}/eu-central-1/${changes.service ?? "rolesanywhere"}/aws4_request`;
  const text = [algorithm, time, scope, hash(canonical)].join("\n");
  const signature = sign(
    "sha256",
    Buffer.from(text),
    createPrivateKey(privateKey),
  );
  const serial = changes.serial ?? BigInt(`0x${leaf.serialNumber}`).toString();
  const headers = {
    ...all,
    authorization: `${algorithm} Credential=${serial}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature.toString("hex")}`,
  };
  changes.tamper?.(headers);
  return post(headers, changes.sentBody ?? body);
}

function post(
  headers: Record<string, string>,
  body: string,
): ReturnType<typeof ask> {
  const url = `${local.endpoint}/sessions`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent: false });
    sent.once("error", reject);
    sent.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers["x-amzn-errortype"],
          answer: JSON.parse(Buffer.concat(chunks).toString()) as Record<
            string,
            unknown
          >,
        });
      });
    });
    sent.end(body);
  });
}

describe("CreateSession", () => {
  it("responds as AWS does", async () => {
    const { status, answer } = await ask();

    const { serialNumber } = new X509Certificate(RSA_INPUT.certificate);
    const name = serialNumber.toLowerCase();
    expect(status).toBe(201);
    expect(answer).toEqual({
      credentialSet: [
        {
          assumedRoleUser: {
            arn: `arn:aws:sts::111122223333:assumed-role/node/${name}`,
            assumedRoleId: expect.stringMatching(`^AROA[A-Z2-7]{16}:${name}$`),
          },
          credentials: {
            accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
            secretAccessKey: expect.stringMatching(/^.{40}$/),
            sessionToken: expect.stringMatching(/^.{100,}$/),
            expiration: new Date(now + 3_600_000)
              .toISOString()
              .replace(/\.\d+/, ""),
          },
          packedPolicySize: 0,
          roleArn: SESSION_ARNS.roleArn,
          sourceIdentity: "CN=node-1.acme.example",
        },
      ],
      subjectArn: expect.stringMatching(
        /^arn:aws:rolesanywhere:eu-central-1:111122223333:subject\/\d+$/,
      ),
    });
  });

  const { privateKey } = EC_INPUT;

  it.each<[string, () => Changes]>([
    ["an RSA key", () => ({})],
    [
      "an EC key below an intermediate",
      () => ({
        certificate: EC_INPUT.certificate,
        privateKey,
        chain: [EC_INPUT.certificateChain],
      }),
    ],
    [
      "the root at the end of the chain",
      () => ({
        certificate: EC_INPUT.certificate,
        privateKey,
        chain: [EC_INPUT.certificateChain, readFixture("root.pem")],
      }),
    ],
    ["the longest time", () => ({ body: { durationSeconds: 43_200 } })],
  ])("believes %s", async (_, changes) => {
    expect((await ask(changes())).status).toBe(201);
  });

  it.each<[string, () => Changes, string]>([
    [
      "a body that was changed",
      () => ({
        sentBody: JSON.stringify({ ...SESSION_ARNS, durationSeconds: 901 }),
      }),
      "Invalid signature",
    ],
    [
      "another's key",
      () => ({
        privateKey: readFixture("ec.key"),
        algorithm: "AWS4-X509-RSA-SHA256",
      }),
      "Invalid signature",
    ],
    [
      "another certificate after signing",
      () => ({
        tamper: (headers) => {
          headers["x-amz-x509"] = der(readFixture("untrusted.pem"));
        },
      }),
      "serial number",
    ],
    [
      "a chain after signing",
      () => ({
        tamper: (headers) => {
          headers["x-amz-x509-chain"] = der(readFixture("root.pem"));
        },
      }),
      "x-amz-x509-chain not signed",
    ],
    [
      "a date that is not signed",
      () => ({ unsigned: ["x-amz-date"] }),
      "x-amz-date not signed",
    ],
    [
      "a host that is not signed",
      () => ({ unsigned: ["host"] }),
      "host not signed",
    ],
    [
      "the algorithm of another kind of key",
      () => ({ algorithm: "AWS4-X509-ECDSA-SHA256" }),
      "AWS4-X509-RSA-SHA256",
    ],
    [
      "a signature with a secret key",
      () => ({ algorithm: "AWS4-HMAC-SHA256" }),
      "AWS4-X509-RSA-SHA256",
    ],
    [
      "the serial number in hexadecimal digits",
      () => ({
        serial: new X509Certificate(RSA_INPUT.certificate).serialNumber,
      }),
      "serial number",
    ],
    [
      "the scope of another service",
      () => ({ service: "sts" }),
      "correct service",
    ],
    ["an old signature", () => ({ at: now - 1_000_000 }), "Signature expired"],
    [
      "a signature of the future",
      () => ({ at: now + 1_000_000 }),
      "Signature not yet current",
    ],
    [
      "no certificate",
      () => ({
        tamper: (headers) => Reflect.deleteProperty(headers, "x-amz-x509"),
      }),
      "X-Amz-X509",
    ],
    [
      "an expired certificate",
      () => ({ certificate: readFixture("expired.pem") }),
      "CN=node-3.acme.example,O=Acme has expired",
    ],
    [
      "a certificate of the future",
      () => ({ certificate: readFixture("future.pem") }),
      "not valid yet",
    ],
    [
      "a stranger's certificate",
      () => ({ certificate: readFixture("untrusted.pem") }),
      "no certificate of the trust anchor issued",
    ],
    [
      "a missing intermediate",
      () => ({ certificate: EC_INPUT.certificate, privateKey }),
      "no certificate of the trust anchor issued",
    ],
    [
      "an intermediate that issued nothing of it",
      () => ({ chain: [EC_INPUT.certificateChain] }),
      "did not issue",
    ],
    [
      "an intermediate that is no authority",
      () => ({
        certificate: readFixture("impostor.pem"),
        privateKey,
        chain: [RSA_INPUT.certificate],
      }),
      "did not issue",
    ],
  ])("rejects %s", async (_, changes, message) => {
    const refused = await ask(changes());

    expect(refused).toMatchObject({
      status: 403,
      type: "AccessDeniedException",
      answer: { message: expect.stringContaining(message) },
    });
  });

  it.each<[object | string, string]>([
    [{ durationSeconds: 899 }, "greater than or equal to 900"],
    [{ durationSeconds: 0 }, "greater than or equal to 900"],
    [{ durationSeconds: 43_201 }, "less than or equal to 43200"],
    [{ roleSessionName: "a b" }, "'roleSessionName' failed"],
    [{ profileArn: null }, "Value null at 'profileArn'"],
    [{ roleArn: 7 }, "at 'roleArn'"],
    ["no JSON", "not a JSON object"],
  ])("rejects the body %j", async (body, message) => {
    const refused = await ask({ body });

    expect(refused).toMatchObject({
      status: 400,
      type: "ValidationException",
      answer: { message: expect.stringContaining(message) },
    });
  });

  it.each(["trustAnchorArn", "profileArn"] as const)(
    "does not find an unknown %s",
    async (member) => {
      const refused = await ask({
        body: { [member]: `${SESSION_ARNS[member]}s` },
      });

      expect(refused).toMatchObject({
        status: 404,
        type: "ResourceNotFoundException",
      });
    },
  );

  it("reports faults with its own error codes", async () => {
    local.faults.add({ kind: "throttle", operation: "CreateSession" });
    local.faults.add({
      kind: "status",
      status: 500,
      operation: "CreateSession",
    });

    const [throttled, failed] = [await ask(), await ask()];

    expect([throttled.status, throttled.type]).toEqual([
      429,
      "ThrottlingException",
    ]);
    expect([failed.status, failed.type]).toEqual([
      500,
      "InternalServerException",
    ]);
  });
});

describe("the options of Roles Anywhere", () => {
  it.each<[LocalAwsOptions, string]>([
    [
      { trustAnchors: { acme: "no PEM" } },
      "trustAnchors.acme must contain a certificate in PEM format",
    ],
    [
      { trustAnchors: { acme: RSA_INPUT.certificate } },
      "trustAnchors.acme contains the certificate of CN=node-1.acme.example,O=Acme, which is not a CA certificate (CA:true)",
    ],
    [
      { trustAnchors: { "a b": readFixture("root.pem") } },
      'trustAnchors."a b" is not a valid name; use 1 to 64 letters, digits, hyphens and underscores',
    ],
    [
      { trustAnchors: { acme: {} as never } },
      "trustAnchors.acme.certificate is required",
    ],
    [
      { profiles: { nodes: { roles: ["none"] } } },
      'profiles.nodes.roles contains "none", which is not a role of this account',
    ],
    [
      { profiles: { nodes: {} as never } },
      "profiles.nodes.roles must be an array of role names or ARNs",
    ],
    [
      { profiles: { nodes: { roles: [], durationSeconds: 60 } } },
      "profiles.nodes.durationSeconds must be an integer from 900 to 43200, not 60",
    ],
    [
      { profiles: { nodes: { role: [], roles: [] } as never } },
      "profiles.nodes.role is not an option; did you mean roles?",
    ],
  ])("rejects %j", async (options, problem) => {
    const refused = startLocalAws(options);

    await expect(refused).rejects.toMatchObject({ problems: [problem] });
  });

  it("apply to further accounts and regions", async () => {
    const other = await startLocalAws({
      accounts: {
        "222233334444": {
          ...OPTIONS,
          trustAnchors: {
            acme: {
              certificate: readFixture("root.pem"),
              region: "cn-north-1",
            },
          },
        },
      },
    });

    expect(other.trustAnchors).toEqual({});
    await other.close();
  });
});
