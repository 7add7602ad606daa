/** Compares the partitions and endpoint rules with those of the AWS SDK. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { serviceEndpoint } from "../../src/engine/http/serviceEndpoint";
import { partitionOf } from "../../src/engine/arn/partitions";
import {
  readConnection,
  type Settings,
} from "../../src/engine/settings/Settings";
import { exampleCredentials } from "../connection";
import { RawService } from "./RawService";
import { RawSdk } from "./RawSdk";
import { readAuthorization } from "./signatureVerifiers";

interface Partition {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, unknown>>;
  readonly outputs: {
    readonly dnsSuffix: string;
    readonly dualStackDnsSuffix: string;
    readonly supportsFIPS: boolean;
    readonly supportsDualStack: boolean;
  };
}

/** Reads the partitions from the source of the AWS SDK, which does not export them. */
function readSdkPartitions(): readonly Partition[] {
  const root = dirname(require.resolve("@aws-sdk/core/package.json"));
  const file = join(root, "dist-cjs/submodules/client/index.js");
  const source = readFileSync(file, "utf8");
  const start = source.indexOf("const partitionsInfo = ") + 23;
  const end = source.indexOf("\n};", start) + 2;
  const value: unknown = JSON.parse(source.slice(start, end));
  return (value as { partitions: Partition[] }).partitions;
}

const PARTITIONS = readSdkPartitions();

/** Some entries are not regions, for example `aws-global`. */
function isRegion(name: string): boolean {
  return /\d$/.test(name);
}

/** The known regions, and one unknown region per partition. */
const REGIONS = PARTITIONS.flatMap(({ id, regions, regionRegex }) => {
  const known = Object.keys(regions).filter(isRegion);
  const unknown = known[0]?.replace(/-\w+-\d+$/, "-moon-9") ?? "";
  expect(unknown).toMatch(new RegExp(regionRegex));
  return [...known, unknown].map((region) => [region, id] as const);
});

const VARIANTS = [
  { useFips: false, useDualStack: false },
  { useFips: true, useDualStack: false },
  { useFips: false, useDualStack: true },
  { useFips: true, useDualStack: true },
];

const toSettings = (variant: object = {}): Settings =>
  ({
    endpoints: {},
    useFips: false,
    useDualStack: false,
    ...variant,
  }) as Settings;

describe("partitionOf", () => {
  it("returns the region patterns and DNS suffixes of the AWS SDK for every partition", () => {
    expect(PARTITIONS.map(({ id }) => id)).toEqual([
      "aws",
      "aws-cn",
      "aws-eusc",
      "aws-iso",
      "aws-iso-b",
      "aws-iso-e",
      "aws-iso-f",
      "aws-us-gov",
    ]);
    expect(REGIONS.length).toBeGreaterThanOrEqual(48 + 8);
    for (const { id, regionRegex, regions, outputs } of PARTITIONS) {
      const first = Object.keys(regions).find(isRegion) ?? "";
      const partition = partitionOf(first);
      expect(partition).toMatchObject({
        name: id,
        dnsSuffix: outputs.dnsSuffix,
        dualStackDnsSuffix: outputs.dualStackDnsSuffix,
      });
      expect(outputs).toMatchObject({
        supportsFIPS: true,
        supportsDualStack: true,
      });
      // The patterns can differ in unnecessary escapes and groups.
      const normalize = (pattern: string) =>
        pattern.replaceAll("\\-", "-").replace("(de)", "de");
      expect(normalize(partition.regions.source)).toBe(normalize(regionRegex));
    }
  });

  it("has exactly one matching partition for every region", () => {
    for (const [region, id] of REGIONS) {
      const matching = PARTITIONS.filter(({ regionRegex }) =>
        new RegExp(regionRegex).test(region),
      );
      expect(matching.map((partition) => partition.id)).toEqual([id]);
      expect(partitionOf(region).regions.test(region)).toBe(true);
    }
  });
});

describe("serviceEndpoint", () => {
  it.each(REGIONS.map(([region]) => region))(
    "returns the AWS SDK's endpoint in %s: standard, FIPS, dual stack and both",
    async (region) => {
      for (const variant of VARIANTS) {
        const sdk = new RawSdk({
          region,
          credentials: exampleCredentials,
          ...variant,
        });
        await sdk.listFunctions({});
        const { hostname, protocol, headers } = sdk.requests[0] ?? fail();

        expect(
          serviceEndpoint({ service: "lambda", region }, toSettings(variant)),
        ).toEqual({
          protocol,
          hostname,
          host: headers["host"],
          port: undefined,
          basePath: "",
          region,
        });
      }
    },
  );

  it.each([
    "fips-us-east-1",
    "fips-dkr-us-west-2",
    "fips-prod-us-gov-west-1",
    "us-east-2-fips",
  ])(
    "returns the FIPS endpoint of the actual region for %s, as the AWS SDK does",
    async (region) => {
      const sdk = new RawSdk({ region, credentials: exampleCredentials });
      await sdk.listFunctions({});
      const request = sdk.requests[0] ?? fail();

      const settings = readConnection({ region }, "Test");
      const endpoint = serviceEndpoint(
        { service: "lambda", region: settings.region ?? "" },
        settings,
      );

      expect(endpoint.hostname).toBe(request.hostname);
      expect(endpoint.hostname).toMatch(/^lambda-fips\.us-/);
      expect(endpoint.region).toBe(readAuthorization(request).region);
    },
  );
});

describe.each([
  ["sts", new GetCallerIdentityCommand({})],
  ["ssm", new GetParameterCommand({ Name: "x" })],
] as const)("serviceEndpoint of %s", (service, command) => {
  it("returns the AWS SDK's endpoint in every region: standard, FIPS, dual stack and both", async () => {
    for (const [region] of REGIONS)
      for (const variant of VARIANTS) {
        const connection = { region, credentials: exampleCredentials };
        const sdk = new RawService(service, { ...connection, ...variant });
        const request = (await sdk.requestOf(command)) ?? fail();
        const { hostname, protocol, headers } = request;

        expect(
          serviceEndpoint({ service, region }, toSettings(variant)),
        ).toEqual({
          protocol,
          hostname,
          host: headers["host"],
          port: undefined,
          basePath: "",
          region: readAuthorization(request).region,
        });
      }
  }, 60_000);

  it.each(["fips-us-east-1", "us-gov-west-1-fips"])(
    "returns the FIPS endpoint of the actual region for %s, as the AWS SDK does",
    async (region) => {
      const connection = { region, credentials: exampleCredentials };
      const sdk = new RawService(service, connection);
      const request = (await sdk.requestOf(command)) ?? fail();

      const endpoint = serviceEndpoint({ service, region }, toSettings());

      expect(endpoint.hostname).toBe(request.hostname);
      expect(endpoint.region).toBe(readAuthorization(request).region);
    },
  );
});

describe("the region aws-global", () => {
  it("selects STS's endpoint without a region, as in the AWS SDK", async () => {
    const region = "aws-global";
    const sdk = new RawService("sts", {
      region,
      credentials: exampleCredentials,
    });
    const request =
      (await sdk.requestOf(new GetCallerIdentityCommand({}))) ?? fail();

    const endpoint = serviceEndpoint({ service: "sts", region }, toSettings());

    expect(endpoint.hostname).toBe(request.hostname);
    expect(endpoint.region).toBe(readAuthorization(request).region);
    expect(endpoint.hostname).toBe("sts.amazonaws.com");
  });

  it.each([
    ["ssm", {}],
    ["lambda", {}],
    ["sts", { useFips: true }],
    ["sts", { useDualStack: true }],
  ] as const)("is refused for %s with %j", (service, variant) => {
    expect(() =>
      serviceEndpoint({ service, region: "aws-global" }, toSettings(variant)),
    ).toThrow("region must be the name of an AWS region");
  });
});

function fail(): never {
  throw new Error("no request was sent");
}
