/**
 * Proxies and CA certificates from options, the environment and files, for every kind of request. The AWS SDK knows neither; the
 * expectations are what AWS's command line does. All other settings are in test/parity/settings.test.ts.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnector, type Connection } from "aws-lambda-connector";
import { exampleCredentials } from "../connection";
import { RSA_INPUT } from "../rolesAnywhereFixtures";

const fixture = (name: string): string =>
  join(__dirname, "../fixtures/tls", name);
const CA_FILE = fixture("aws-cert.pem");
const CA = readFileSync(CA_FILE, "utf8");
const ROLE = "arn:aws:iam::111122223333:role/price";

/** What the current test has sent. */
let tunnels: string[] = [];
let requests: string[] = [];

/** A server with a certificate for AWS's hosts. It refuses every request. */
const aws = createTlsServer(
  { key: readFileSync(fixture("aws-key.pem")), cert: CA },
  (incoming, outgoing) => {
    requests.push(incoming.headers.host ?? "");
    outgoing.writeHead(400).end("{}");
  },
);

/** A proxy that connects every tunnel to that server. */
const proxy = createHttpServer();
proxy.on("connect", (request, socket) => {
  tunnels.push(request.url ?? "");
  const inner = connect(portOf(aws), "127.0.0.1", () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    inner.pipe(socket).pipe(inner);
  });
  for (const end of [inner, socket]) end.on("error", () => inner.destroy());
});

/** The region in the metadata of the instance. */
let metadataRegion = "";

/** The metadata of a container and of an instance, with credentials. */
const metadata = createHttpServer((incoming, outgoing) => {
  requests.push(`${incoming.method ?? ""} ${incoming.url ?? ""}`);
  const credentials = {
    Code: "Success",
    AccessKeyId: exampleCredentials.accessKeyId,
    SecretAccessKey: exampleCredentials.secretAccessKey,
    Token: "token",
    Expiration: "2099-01-01T00:00:00Z",
  };
  const isList = incoming.url?.endsWith("/security-credentials/");
  const isToken = incoming.url?.endsWith("/api/token");
  const isRegion = incoming.url?.endsWith("/placement/region");
  outgoing.end(
    isRegion
      ? metadataRegion
      : isList
        ? "role"
        : isToken
          ? "t"
          : JSON.stringify(credentials),
  );
});

const servers: Server[] = [aws, proxy, metadata];

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${portOf(server)}`;

const environment = { ...process.env };
const CLEARED = /^AWS_(?!SDK_JS)|_PROXY$/i;
let folder: string;

beforeAll(async () => {
  for (const server of servers)
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
});

beforeEach(() => {
  [tunnels, requests] = [[], []];
  folder = mkdtempSync(join(tmpdir(), "settings-"));
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !CLEARED.test(name)),
  );
  Object.assign(process.env, {
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
  });
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  for (const server of servers) server.close();
});

const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};

type Connector = ReturnType<typeof createConnector>;

interface Kind {
  readonly service: string;
  readonly run: (connector: Connector) => Promise<unknown>;
  /** Makes the default chain necessary. Returns the lines of the profile. */
  readonly useChain?: () => string;
}

const price = { functionName: "price" };

const KINDS: Readonly<Record<string, Kind>> = {
  Invoke: {
    service: "lambda",
    run: (connector) => connector.invokeFunction(price),
  },
  ListFunctions: {
    service: "lambda",
    run: (connector) => connector.listFunctions(),
  },
  stream: {
    service: "lambda",
    run: (connector) => connector.invokeWithResponseStream(price),
  },
  DeleteFunction: {
    service: "lambda",
    run: (connector) => connector.deleteFunction(price),
  },
  STS: {
    service: "sts",
    run: (connector) => connector.assumeRoleInvoke({ ...price, roleArn: ROLE }),
  },
  SSM: {
    service: "ssm",
    run: (connector) =>
      connector.assumeRoleInvoke({
        ...price,
        roleArn: ROLE,
        externalIdKey: "acme/test/key",
      }),
  },
  "Roles Anywhere": {
    service: "rolesanywhere",
    run: (connector) => connector.getSessionCredentials(RSA_INPUT),
  },
  "the chain's AssumeRole": {
    service: "sts",
    run: (connector) => connector.invokeFunction(price),
    useChain: () => {
      write(
        "credentials",
        "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n",
      );
      return `role_arn = ${ROLE}\nsource_profile = base\n`;
    },
  },
  "the chain's AssumeRoleWithWebIdentity": {
    service: "sts",
    run: (connector) => connector.invokeFunction(price),
    useChain: () => {
      write("token", "token");
      Object.assign(process.env, {
        AWS_ROLE_ARN: ROLE,
        AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, "token"),
      });
      return "";
    },
  },
};

/** Where proxy and certificates are set. Files cannot set a proxy. */
const PLACES: readonly [string, string][] = [
  ["option", "option"],
  ["option", "environment"],
  ["option", "file"],
  ["environment", "option"],
  ["environment", "environment"],
  ["environment", "file"],
];

async function send(
  { run, useChain }: Kind,
  { proxyIn, caIn }: { readonly proxyIn: string; readonly caIn: string },
): Promise<unknown> {
  const lines = useChain?.() ?? "";
  const inFile = caIn === "file" ? `ca_bundle = ${CA_FILE}\n` : "";
  write("config", `[default]\n${inFile}${lines}`);
  if (caIn === "environment") process.env["AWS_CA_BUNDLE"] = CA_FILE;
  if (proxyIn === "environment") process.env["HTTPS_PROXY"] = urlOf(proxy);
  const connection: Connection = {
    region: "eu-central-1",
    ...(!useChain && { credentials: exampleCredentials }),
    ...(proxyIn === "option" && { proxy: urlOf(proxy) }),
    ...(caIn === "option" && { ca: CA }),
    timeoutMs: 5_000,
  };
  const connector = createConnector(connection);
  try {
    return await run(connector);
  } catch (error) {
    return error;
  } finally {
    connector.close();
  }
}

describe.each(PLACES)(
  "with the proxy in the %s and the certificates in the %s",
  (proxyIn, caIn) => {
    it.each(Object.entries(KINDS))(
      "%s is sent through the proxy and trusts the certificates",
      async (_, kind) => {
        await send(kind, { proxyIn, caIn });

        const host = `${kind.service}.eu-central-1.amazonaws.com`;
        expect(tunnels[0]).toBe(`${host}:443`);
        expect(requests[0]).toBe(host);
      },
    );
  },
);

describe("without the certificates", () => {
  it.each(Object.entries(KINDS))("%s is not sent", async (_, kind) => {
    await send(kind, { proxyIn: "option", caIn: "nowhere" });

    expect(tunnels.length).toBeGreaterThan(0);
    expect(requests).toEqual([]);
  });
});

describe("metadata", () => {
  it.each<[string, () => Record<string, string>, string]>([
    [
      "a container",
      () => ({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${urlOf(metadata)}/container`,
      }),
      "GET /container",
    ],
    [
      "an instance",
      () => ({
        AWS_EC2_METADATA_DISABLED: "false",
        AWS_EC2_METADATA_SERVICE_ENDPOINT: urlOf(metadata),
      }),
      "PUT /latest/api/token",
    ],
  ])(
    "of %s is requested directly, and AWS through the proxy",
    async (_, variables, request) => {
      Object.assign(process.env, variables());
      const connector = createConnector({
        region: "eu-central-1",
        proxy: urlOf(proxy),
        ca: CA,
      });

      await connector.listFunctions().catch(() => undefined);
      connector.close();

      expect(requests[0]).toBe(request);
      expect(requests.at(-1)).toBe("lambda.eu-central-1.amazonaws.com");
      expect(tunnels).toEqual(["lambda.eu-central-1.amazonaws.com:443"]);
    },
  );

  const withoutRegion = () => {
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: "false",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: urlOf(metadata),
    });
    return createConnector({
      credentials: exampleCredentials,
      proxy: urlOf(proxy),
      ca: CA,
    });
  };
  const ASKED = [
    "PUT /latest/api/token",
    "GET /latest/meta-data/placement/region",
  ];

  it("of an instance is asked once for the region if nothing else names one", async () => {
    metadataRegion = "eu-central-1\n";
    const connector = withoutRegion();

    await connector.listFunctions().catch(() => undefined);
    await connector.listFunctions().catch(() => undefined);
    connector.close();

    const host = "lambda.eu-central-1.amazonaws.com";
    expect(requests).toEqual([...ASKED, host, host]);
  });

  it.each(["", "nowhere", "eu-west-3/x", "x".repeat(100_000)])(
    "of an instance that names no valid region (number %#) is not asked again by the next call",
    async (region) => {
      metadataRegion = region;
      const connector = withoutRegion();

      await connector.listFunctions().catch(() => undefined);
      const error = await connector.listFunctions().catch((e: unknown) => e);
      connector.close();

      expect(requests).toEqual(ASKED);
      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path: "region", rule: "required" }],
      });
    },
  );

  it("of an instance is not asked for the region if it is turned off", async () => {
    metadataRegion = "eu-west-3";
    const connector = withoutRegion();
    process.env["AWS_EC2_METADATA_DISABLED"] = "true";

    await connector.listFunctions().catch(() => undefined);
    connector.close();

    expect(requests).toEqual([]);
  });
});
