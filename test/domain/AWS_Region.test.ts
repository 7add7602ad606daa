import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AWS_Region, captionOf } from "../../domain";
import { CONNECTION_RULES } from "../../src/engine/settings/connectionRules";

interface Partition {
  readonly id: string;
  readonly regions: Readonly<Record<string, unknown>>;
}

/** The region data in the AWS SDK. */
function partitions(): readonly Partition[] {
  const core = dirname(require.resolve("@aws-sdk/core/package.json"));
  const file = "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js";
  const text = readFileSync(join(core, file), "utf8");
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  return (JSON.parse(json) as { partitions: Partition[] }).partitions;
}

/** Mendix's first connector had these fourteen. */
const FOURTEEN = [
  "us_east_2",
  "us_east_1",
  "us_west_1",
  "us_west_2",
  "ap_south_1",
  "ap_northeast_2",
  "ap_southeast_1",
  "ap_southeast_2",
  "ap_northeast_1",
  "ca_central_1",
  "eu_central_1",
  "eu_west_1",
  "eu_west_2",
  "us_gov_west_1",
];

/** Mendix's newer enumeration has these thirty-two, with their captions. */
const THIRTY_TWO = {
  us_east_1: "us-east-1 (N. Virginia)",
  us_east_2: "us-east-2 (Ohio)",
  us_west_1: "us-west-1 (N. California)",
  us_west_2: "us-west-2 (Oregon)",
  af_south_1: "af-south-1 (Cape Town)",
  ap_east_1: "ap-east-1 (Hong Kong)",
  ap_northeast_1: "ap-northeast-1 (Tokyo)",
  ap_northeast_2: "ap-northeast-2 (Seoul)",
  ap_northeast_3: "ap-northeast-3 (Osaka)",
  ap_south_1: "ap-south-1 (Mumbai)",
  ap_south_2: "ap-south-2 (Hyderabad)",
  ap_southeast_1: "ap-southeast-1 (Singapore)",
  ap_southeast_2: "ap-southeast-2 (Sydney)",
  ap_southeast_3: "ap-southeast-3 (Jakarta)",
  ap_southeast_4: "ap-southeast-4 (Melbourne)",
  ca_central_1: "ca-central-1 (Canada Central)",
  ca_west_1: "ca-west-1 (Calgary)",
  eu_central_1: "eu-central-1 (Frankfurt)",
  eu_central_2: "eu-central-2 (Zurich)",
  eu_north_1: "eu-north-1 (Stockholm)",
  eu_south_1: "eu-south-1 (Milan)",
  eu_south_2: "eu-south-2 (Spain)",
  eu_west_1: "eu-west-1 (Ireland)",
  eu_west_2: "eu-west-2 (London)",
  eu_west_3: "eu-west-3 (Paris)",
  il_central_1: "il-central-1 (Tel Aviv)",
  me_central_1: "me-central-1 (UAE)",
  me_south_1: "me-south-1 (Bahrain)",
  mx_central_1: "mx-central-1 (Mexico Central)",
  sa_east_1: "sa-east-1 (São Paulo)",
  us_gov_east_1: "us-gov-east-1 GovCloud (US-East)",
  us_gov_west_1: "us-gov-west-1 GovCloud (US-West)",
};

describe("AWS_Region", () => {
  it("has exactly the regions of all partitions that the AWS SDK knows", () => {
    const known = partitions().flatMap(({ regions }) => Object.keys(regions));

    const regional = known.filter((region) => !region.endsWith("-global"));

    expect(Object.values(AWS_Region).sort()).toEqual(regional.sort());
  });

  it("names each region by its code with underscores for hyphens", () => {
    const names = Object.keys(AWS_Region);

    const values = names.map((name) => name.replaceAll("_", "-"));

    expect(values).toEqual(Object.values(AWS_Region));
  });

  it("has the fourteen regions of the Mendix connector", () => {
    const names = Object.keys(AWS_Region);

    expect(names).toEqual(expect.arrayContaining(FOURTEEN));
  });

  it.each(Object.entries(THIRTY_TWO))(
    "captions %s as Mendix does",
    (name, caption) => {
      const shown = captionOf(AWS_Region, name);

      expect(shown).toBe(caption);
    },
  );

  it("captions every other region with its code and its location", () => {
    const others = Object.entries(AWS_Region).filter(
      ([name]) => !(name in THIRTY_TWO),
    );

    for (const [name, value] of others)
      expect(captionOf(AWS_Region, name)).toMatch(
        new RegExp(`^${value} \\([A-Z][^()]+\\)$`),
      );
  });

  it.each(Object.values(AWS_Region))(
    "is accepted as the region of a connection: %s",
    (region) => {
      const wrong = CONNECTION_RULES.region(region);

      expect(wrong).toBeUndefined();
    },
  );
});
