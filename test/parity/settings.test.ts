/**
 * Settings from options, the environment and files: the requests of the connector go to the same place as those of the AWS
 * SDK's clients with the same settings. `isException` names the exceptions.
 *
 * The SDK knows no proxy and no CA certificates; these are in test/integration/settings.test.ts.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  DeleteFunctionCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { createConnector, type Connection } from "../../src";
import { partitionOf } from "../../src/engine/arn/partitions";
import type { Transport, WireRequest } from "../../src/engine/http/transport";
import { exampleCredentials } from "../connection";
import { RSA_INPUT } from "../rolesAnywhereFixtures";
import { temporaryFolder } from "../temporaryFolder";

const environment = { ...process.env };
const CLEARED = /^AWS_(?!SDK_JS)|_PROXY$|^HOME$/i;

beforeEach(() => {
  process.env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !CLEARED.test(name)),
  );
});
afterAll(() => {
  process.env = environment;
});

/** Where a request goes: its URL without query, and the region that it is signed for; `unsigned` if it is not. */
interface Destination {
  readonly origin: string;
  readonly region: string;
}

type Recorded = Pick<
  WireRequest,
  "protocol" | "hostname" | "port" | "path" | "headers"
>;

function toDestination(request: Recorded | undefined): Destination {
  if (!request) throw new Error("no request was sent");
  const { protocol, hostname, port, path, headers } = request;
  const { authorization = "" } = headers;
  return {
    origin: `${protocol}//${hostname}${port ? `:${port}` : ""}${/^\/base/.exec(path)?.[0] ?? ""}`,
    region:
      /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)?.[1] ?? "unsigned",
  };
}

/** What is set, and where. */
interface Setting {
  readonly name: string;
  readonly option: Partial<Connection>;
  /** The same for the SDK's clients. */
  readonly sdkOption: object;
  readonly variables: Readonly<Record<string, string>>;
  readonly lines: string;
  /** Sections after the profile. */
  readonly sections?: string;
}

const URL_FOR_ALL = "http://127.0.0.1:4566/base";
const SERVICES = ["lambda", "sts", "ssm", "rolesanywhere"];

const SETTINGS: readonly Setting[] = [
  {
    name: "an endpoint",
    option: { endpoint: URL_FOR_ALL },
    sdkOption: { endpoint: URL_FOR_ALL },
    variables: { AWS_ENDPOINT_URL: URL_FOR_ALL },
    lines: `endpoint_url = ${URL_FOR_ALL}`,
  },
  {
    name: "endpoints per service",
    option: {
      endpoint: {
        lambda: "http://lambda.example:1",
        sts: "http://sts.example:1",
        ssm: "http://ssm.example:1",
        rolesAnywhere: "http://rolesanywhere.example:1",
      },
    },
    sdkOption: { endpoint: "http://SERVICE.example:1" },
    variables: Object.fromEntries(
      SERVICES.map((service) => [
        `AWS_ENDPOINT_URL_${service.toUpperCase()}`,
        `http://${service}.example:1`,
      ]),
    ),
    lines: "services = here",
    sections: `[services here]\n${SERVICES.map((service) => `${service} =\n  endpoint_url = http://${service}.example:1\n`).join("")}`,
  },
  {
    name: "FIPS",
    option: { useFips: true },
    sdkOption: { useFipsEndpoint: true },
    variables: { AWS_USE_FIPS_ENDPOINT: "true" },
    lines: "use_fips_endpoint = true",
  },
  {
    name: "dual stack",
    option: { useDualStack: true },
    sdkOption: { useDualstackEndpoint: true },
    variables: { AWS_USE_DUALSTACK_ENDPOINT: "true" },
    lines: "use_dualstack_endpoint = true",
  },
  {
    name: "nothing because endpoints are ignored",
    option: {},
    sdkOption: {},
    variables: {
      AWS_ENDPOINT_URL: URL_FOR_ALL,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    },
    lines: `endpoint_url = ${URL_FOR_ALL}\nignore_configured_endpoint_urls = true`,
  },
];

/** One region of each partition. */
const REGIONS = [
  "eu-central-1",
  "cn-north-1",
  "us-gov-west-1",
  "eusc-de-east-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "eu-isoe-west-1",
  "us-isof-south-1",
];

const PLACES = ["option", "environment", "file"] as const;
type Place = (typeof PLACES)[number];

/** A kind of request. */
interface Kind {
  readonly name: string;
  /** Whether the credentials come from the default chain. */
  readonly chain?: "role" | "web identity";
  run(
    connector: ReturnType<typeof createConnector>,
    region: string,
  ): Promise<unknown>;
  /** Sends the same request with the AWS SDK. */
  sdk(config: object, region: string): Promise<unknown>;
}

const arn = (service: string, region: string, rest: string): string =>
  `arn:${partitionOf(region).name}:${service}:${service === "iam" ? "" : region}:111122223333:${rest}`;
const roleArn = (region: string): string => arn("iam", region, "role/price");
const forService = (config: object, service: string): object =>
  JSON.stringify(config).includes("SERVICE")
    ? { ...config, endpoint: `http://${service}.example:1` }
    : config;
const lambda = (config: object): LambdaClient =>
  new LambdaClient(forService(config, "lambda"));

const price = { FunctionName: "price" };

const KINDS: readonly Kind[] = [
  {
    name: "Invoke",
    run: (connector) => connector.invokeFunction({ functionName: "price" }),
    sdk: (config) => lambda(config).send(new InvokeCommand(price)),
  },
  {
    name: "ListFunctions",
    run: (connector) => connector.listFunctions(),
    sdk: (config) => lambda(config).send(new ListFunctionsCommand()),
  },
  {
    name: "stream",
    run: (connector) =>
      connector.invokeWithResponseStream({ functionName: "price" }),
    sdk: (config) =>
      lambda(config).send(new InvokeWithResponseStreamCommand(price)),
  },
  {
    name: "DeleteFunction",
    run: (connector) => connector.deleteFunction({ functionName: "price" }),
    sdk: (config) => lambda(config).send(new DeleteFunctionCommand(price)),
  },
  {
    name: "STS",
    run: (connector, region) =>
      connector.assumeRoleInvoke({
        functionName: "price",
        roleArn: roleArn(region),
      }),
    sdk: (config, region) =>
      new STSClient(forService(config, "sts")).send(
        new AssumeRoleCommand({
          RoleArn: roleArn(region),
          RoleSessionName: "test",
        }),
      ),
  },
  {
    name: "SSM",
    run: (connector, region) =>
      connector.assumeRoleInvoke({
        functionName: "price",
        roleArn: roleArn(region),
        externalIdKey: "acme/test/key",
      }),
    sdk: (config) =>
      new SSMClient(forService(config, "ssm")).send(
        new GetParameterCommand({ Name: "acme/test/key" }),
      ),
  },
  {
    name: "Roles Anywhere",
    run: (connector, region) =>
      connector.getSessionCredentials({
        ...RSA_INPUT,
        trustAnchorArn: arn("rolesanywhere", region, "trust-anchor/a"),
        profileArn: arn("rolesanywhere", region, "profile/a"),
        roleArn: roleArn(region),
      }),
    // There is no client for it here. Its endpoints differ from Lambda's only in the name.
    sdk: (config) =>
      new LambdaClient(forService(config, "rolesanywhere")).send(
        new ListFunctionsCommand(),
      ),
  },
  {
    name: "the chain's AssumeRole",
    chain: "role",
    run: (connector) => connector.invokeFunction({ functionName: "price" }),
    sdk: (config) => lambda(config).send(new InvokeCommand(price)),
  },
  {
    name: "the chain's AssumeRoleWithWebIdentity",
    chain: "web identity",
    run: (connector) => connector.invokeFunction({ functionName: "price" }),
    sdk: (config) => lambda(config).send(new InvokeCommand(price)),
  },
];

/** An STS client's request, for the exceptions of the chain. */
function sendToSts(
  kind: Kind,
  config: object,
  region: string,
): Promise<unknown> {
  const client = new STSClient(forService(config, "sts"));
  const role = { RoleArn: roleArn(region), RoleSessionName: "test" };
  return kind.chain === "role"
    ? client.send(new AssumeRoleCommand(role))
    : client.send(
        new AssumeRoleWithWebIdentityCommand({
          ...role,
          WebIdentityToken: "token",
        }),
      );
}

/**
 * Whether the connector differs from the SDK on purpose. The SDK's default chain receives only the region and the request handler
 * of the client that uses it, so its own requests go to AWS's standard endpoint. The connector's options hold for the chain too:
 * the expectation is what an STS client with the same options does.
 */
function isException(kind: Kind, place: Place): boolean {
  return kind.chain !== undefined && place === "option";
}

function recordOwn(): {
  readonly transport: Transport;
  readonly requests: WireRequest[];
} {
  const requests: WireRequest[] = [];
  const denied = { statusCode: 400, headers: {}, body: Buffer.from("{}") };
  return {
    requests,
    transport: {
      send: (request) => {
        requests.push(request);
        return Promise.resolve(denied);
      },
      stream: (request) => {
        requests.push(request);
        const body = Readable.from([]);
        return Promise.resolve({ ...denied, body, closed: Promise.resolve() });
      },
    },
  };
}

function recordSdk(): {
  readonly config: object;
  readonly requests: Recorded[];
} {
  const requests: Recorded[] = [];
  const requestHandler = {
    metadata: { handlerProtocol: "http/1.1" },
    handle: (request: Recorded) => {
      requests.push(request);
      return Promise.reject(new Error("recorded"));
    },
    destroy: () => undefined,
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => undefined,
  };
  return { requests, config: { requestHandler, maxAttempts: 1 } };
}

/** Writes files and variables for a setting. Returns the options of the connection and of the SDK's clients. */
function prepare(
  { option, sdkOption, variables, lines, sections = "" }: Omit<Setting, "name">,
  { place, kind, region }: { place: Place; kind: Kind; region: string },
): { readonly connection: Partial<Connection>; readonly sdkOptions: object } {
  const folder = temporaryFolder("settings");
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const role =
    kind.chain === "role"
      ? `role_arn = ${roleArn(region)}\nsource_profile = base\n`
      : "";
  const own = place === "file" ? `${lines}\n` : "";
  Object.assign(process.env, {
    AWS_CONFIG_FILE: file(
      "config",
      `[default]\n${role}${own}\n${place === "file" ? sections : ""}`,
    ),
    AWS_SHARED_CREDENTIALS_FILE: file(
      "credentials",
      "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n",
    ),
    AWS_EC2_METADATA_DISABLED: "true",
    ...(place === "environment" && variables),
    ...(kind.chain === "web identity" && {
      AWS_ROLE_ARN: roleArn(region),
      AWS_WEB_IDENTITY_TOKEN_FILE: file("token", "token"),
    }),
  });
  const credentials = kind.chain
    ? {}
    : { credentials: { ...exampleCredentials } };
  const isOption = place === "option";
  return {
    connection: { ...credentials, ...(isOption && option) },
    sdkOptions: { ...credentials, ...(isOption && sdkOption) },
  };
}

/** Sends the same request with the connector and with the SDK. */
async function compare(
  setting: Omit<Setting, "name">,
  where: { place: Place; kind: Kind; region: string; regionIsSet?: boolean },
): Promise<{ readonly own: Destination; readonly sdk: Destination }> {
  const { place, kind, region, regionIsSet = false } = where;
  const { connection, sdkOptions } = prepare(setting, where);
  const given = regionIsSet ? {} : { region };
  const sdk = recordSdk();
  const config = { ...given, ...sdkOptions, ...sdk.config };
  const expected = isException(kind, place)
    ? sendToSts(kind, { ...config, credentials: exampleCredentials }, region)
    : kind.sdk(config, region);
  await expected.catch(() => undefined);
  const { transport, requests } = recordOwn();
  const connector = createConnector({ ...given, ...connection }, { transport });
  await kind.run(connector, region).catch(() => undefined);
  connector.close();
  const toOwnName = (origin: string): string =>
    kind.name === "Roles Anywhere"
      ? origin.replace("//lambda", "//rolesanywhere")
      : origin;
  const reference = toDestination(sdk.requests[0]);
  return {
    own: toDestination(requests[0]),
    sdk: { ...reference, origin: toOwnName(reference.origin) },
  };
}

const KIND_NAMES = KINDS.map((kind) => [kind.name, kind] as const);

describe.each(PLACES)("a region in the %s", (place) => {
  it.each(KIND_NAMES)(
    "determines the endpoint and the signature of %s, in every partition",
    async (_, kind) => {
      for (const region of REGIONS) {
        const { own, sdk } = await compare(
          {
            option: { region },
            sdkOption: { region },
            variables: { AWS_REGION: region },
            lines: `region = ${region}`,
          },
          { place, kind, region, regionIsSet: true },
        );

        expect(own).toEqual(sdk);
        expect(own.origin).toContain(`.${region}.`);
      }
    },
  );
});

describe.each(PLACES)("a setting in the %s", (place) => {
  it.each(
    SETTINGS.flatMap((setting) =>
      KINDS.map((kind) => [setting.name, kind.name, setting, kind] as const),
    ),
  )(
    "sends requests to the same place as the AWS SDK with %s: %s",
    async (...[name, , setting, kind]) => {
      for (const region of ["us-east-1", "us-gov-west-1", "cn-north-1"]) {
        const { own, sdk } = await compare(setting, { place, kind, region });

        expect(own).toEqual(sdk);
        if (name.startsWith("endpoint") || name === "an endpoint")
          expect(own.origin).toMatch(/^http:/);
      }
    },
  );
});

describe("the region of a profile that assumes a role", () => {
  it("takes precedence over the connection's for the role, as in the AWS SDK", async () => {
    const kind = KINDS.find(({ chain }) => chain === "role") ?? fail();
    const { own, sdk } = await compare(
      {
        option: {},
        sdkOption: {},
        variables: {},
        lines: "region = eu-west-3",
      },
      { place: "file", kind, region: "eu-central-1" },
    );

    expect(own).toEqual(sdk);
    expect(own.region).toBe("eu-west-3");
  });
});

describe("AWS_DEFAULT_REGION", () => {
  it("is used if AWS_REGION is not set, as by AWS's command line; the AWS SDK ignores it", async () => {
    process.env["AWS_DEFAULT_REGION"] = "eu-west-3";
    const { transport, requests } = recordOwn();
    const connector = createConnector(
      { credentials: exampleCredentials },
      { transport },
    );

    await connector.listFunctions().catch(() => undefined);

    expect(toDestination(requests[0]).region).toBe("eu-west-3");
  });
});

function fail(): never {
  throw new Error("there is no such kind");
}
