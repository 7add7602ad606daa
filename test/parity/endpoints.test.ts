/** Our table of partitions and our rules for endpoints, beside those that the AWS SDK brings. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lambdaEndpoint } from "../../src/engine/http/serviceEndpoint";
import { partitionOf } from "../../src/engine/arn/partitions";
import type { Settings } from "../../src/engine/connection/Settings";
import { keys } from "../connection";
import { RawSdk } from "./RawSdk";
import { authorizationOf } from "./signatureVerifiers";

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

/** The partition data of the AWS SDK, read out of its source: it is not exported. */
function sdkPartitions(): readonly Partition[] {
  const root = dirname(require.resolve("@aws-sdk/core/package.json"));
  const file = join(root, "dist-cjs/submodules/client/index.js");
  const text = readFileSync(file, "utf8");
  const start = text.indexOf("const partitionsInfo = ") + 23;
  const end = text.indexOf("\n};", start) + 2;
  const read: unknown = JSON.parse(text.slice(start, end));
  return (read as { partitions: Partition[] }).partitions;
}

const PARTITIONS = sdkPartitions();

/** Some of the names stand for no region: `aws-global`. */
function isRegion(name: string): boolean {
  return /\d$/.test(name);
}

/** Regions that are known, and for each partition one that is not yet. */
const REGIONS = PARTITIONS.flatMap(({ id, regions, regionRegex }) => {
  const known = Object.keys(regions).filter(isRegion);
  const next = known[0]?.replace(/-\w+-\d+$/, "-moon-9") ?? "";
  expect(next).toMatch(new RegExp(regionRegex));
  return [...known, next].map((region) => [region, id] as const);
});

const KINDS = [
  { useFips: false, useDualStack: false },
  { useFips: true, useDualStack: false },
  { useFips: false, useDualStack: true },
  { useFips: true, useDualStack: true },
];

const settings = (more: object = {}): Settings =>
  ({
    endpoints: {},
    useFips: false,
    useDualStack: false,
    ...more,
  }) as Settings;

describe("The table of partitions", () => {
  it("has all of the AWS SDK's, pattern by pattern and suffix by suffix", () => {
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
      const ours = partitionOf(first);
      expect(ours).toMatchObject({
        name: id,
        dnsSuffix: outputs.dnsSuffix,
        dualStackDnsSuffix: outputs.dualStackDnsSuffix,
      });
      expect(outputs).toMatchObject({
        supportsFIPS: true,
        supportsDualStack: true,
      });
      // The same pattern but for the escapes and the group that it does not need.
      const plain = (pattern: string) =>
        pattern.replaceAll("\\-", "-").replace("(de)", "de");
      expect(plain(ours.regions.source)).toBe(plain(regionRegex));
    }
  });

  it("has one pattern at most for every region, so that their order does not matter", () => {
    for (const [region, id] of REGIONS) {
      const fitting = PARTITIONS.filter(({ regionRegex }) =>
        new RegExp(regionRegex).test(region),
      );
      expect(fitting.map((each) => each.id)).toEqual([id]);
      expect(partitionOf(region).regions.test(region)).toBe(true);
    }
  });
});

describe("Lambda's endpoint", () => {
  it.each(REGIONS.map(([region]) => region))(
    "in %s is where the AWS SDK goes, plain, FIPS, dual stack and both",
    async (region) => {
      for (const kind of KINDS) {
        const sdk = new RawSdk({ region, credentials: keys, ...kind });
        await sdk.listFunctions({});
        const { hostname, protocol, headers } = sdk.requests[0] ?? fail();

        expect(lambdaEndpoint(settings(kind), region)).toEqual({
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

  it.each(["fips-us-east-1", "fips-dkr-us-west-2", "fips-prod-us-gov-west-1"])(
    "in %s is the FIPS endpoint of the real region, as with the AWS SDK",
    async (region) => {
      const sdk = new RawSdk({ region, credentials: keys });
      await sdk.listFunctions({});
      const request = sdk.requests[0] ?? fail();

      const origin = lambdaEndpoint(settings(), region);

      expect(origin.hostname).toBe(request.hostname);
      expect(origin.hostname).toMatch(/^lambda-fips\.us-/);
      expect(origin.region).toBe(authorizationOf(request).region);
    },
  );
});

function fail(): never {
  throw new Error("nothing was sent");
}
