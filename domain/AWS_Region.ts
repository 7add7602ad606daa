import { captionEnumeration } from "./enumerations";

/**
 * AWS regions of all partitions. Names have underscores because low-code tools need identifiers; values are AWS's names.
 *
 * Every option that accepts a region also accepts any other well-formed region name as a string, so regions that AWS adds
 * later can be used at once. A test compares this list with the region data of the AWS SDK.
 *
 * @see {@link https://docs.aws.amazon.com/general/latest/gr/lambda-service.html | Lambda endpoints and quotas}
 *
 * @example
 * const frankfurt = createConnector({ region: AWS_Region.eu_central_1 });
 * const unlisted = createConnector({ region: "eu-north-7" });
 * console.log(captionOf(AWS_Region, "eu_central_1")); // eu-central-1 (Frankfurt)
 */
export enum AWS_Region {
  /** N. Virginia. */
  us_east_1 = "us-east-1",
  /** Ohio. */
  us_east_2 = "us-east-2",
  /** N. California. */
  us_west_1 = "us-west-1",
  /** Oregon. */
  us_west_2 = "us-west-2",
  /** Cape Town. */
  af_south_1 = "af-south-1",
  /** Hong Kong. */
  ap_east_1 = "ap-east-1",
  /** Taipei. */
  ap_east_2 = "ap-east-2",
  /** Tokyo. */
  ap_northeast_1 = "ap-northeast-1",
  /** Seoul. */
  ap_northeast_2 = "ap-northeast-2",
  /** Osaka. */
  ap_northeast_3 = "ap-northeast-3",
  /** Mumbai. */
  ap_south_1 = "ap-south-1",
  /** Hyderabad. */
  ap_south_2 = "ap-south-2",
  /** Singapore. */
  ap_southeast_1 = "ap-southeast-1",
  /** Sydney. */
  ap_southeast_2 = "ap-southeast-2",
  /** Jakarta. */
  ap_southeast_3 = "ap-southeast-3",
  /** Melbourne. */
  ap_southeast_4 = "ap-southeast-4",
  /** Malaysia. */
  ap_southeast_5 = "ap-southeast-5",
  /** New Zealand. */
  ap_southeast_6 = "ap-southeast-6",
  /** Thailand. */
  ap_southeast_7 = "ap-southeast-7",
  /** Canada Central. */
  ca_central_1 = "ca-central-1",
  /** Calgary. */
  ca_west_1 = "ca-west-1",
  /** Frankfurt. */
  eu_central_1 = "eu-central-1",
  /** Zurich. */
  eu_central_2 = "eu-central-2",
  /** Stockholm. */
  eu_north_1 = "eu-north-1",
  /** Milan. */
  eu_south_1 = "eu-south-1",
  /** Spain. */
  eu_south_2 = "eu-south-2",
  /** Ireland. */
  eu_west_1 = "eu-west-1",
  /** London. */
  eu_west_2 = "eu-west-2",
  /** Paris. */
  eu_west_3 = "eu-west-3",
  /** Tel Aviv. */
  il_central_1 = "il-central-1",
  /** UAE. */
  me_central_1 = "me-central-1",
  /** Bahrain. */
  me_south_1 = "me-south-1",
  /** Saudi Arabia. */
  me_west_1 = "me-west-1",
  /** Mexico Central. */
  mx_central_1 = "mx-central-1",
  /** São Paulo. */
  sa_east_1 = "sa-east-1",
  /** Chile. */
  sa_west_1 = "sa-west-1",

  /** Beijing (partition `aws-cn`). */
  cn_north_1 = "cn-north-1",
  /** Ningxia (partition `aws-cn`). */
  cn_northwest_1 = "cn-northwest-1",

  /** GovCloud (US-East) (partition `aws-us-gov`). */
  us_gov_east_1 = "us-gov-east-1",
  /** GovCloud (US-West) (partition `aws-us-gov`). */
  us_gov_west_1 = "us-gov-west-1",

  /** European Sovereign Cloud, Germany (partition `aws-eusc`). */
  eusc_de_east_1 = "eusc-de-east-1",

  /** US ISO East (partition `aws-iso`). */
  us_iso_east_1 = "us-iso-east-1",
  /** US ISO West (partition `aws-iso`). */
  us_iso_west_1 = "us-iso-west-1",

  /** US ISOB East, Ohio (partition `aws-iso-b`). */
  us_isob_east_1 = "us-isob-east-1",
  /** US ISOB West (partition `aws-iso-b`). */
  us_isob_west_1 = "us-isob-west-1",

  /** EU ISOE West (partition `aws-iso-e`). */
  eu_isoe_west_1 = "eu-isoe-west-1",

  /** US ISOF East (partition `aws-iso-f`). */
  us_isof_east_1 = "us-isof-east-1",
  /** US ISOF South (partition `aws-iso-f`). */
  us_isof_south_1 = "us-isof-south-1",
}

// The captions are Mendix's for the regions that Mendix has; hence the GovCloud regions without outer parentheses.
captionEnumeration(AWS_Region, {
  us_east_1: "us-east-1 (N. Virginia)",
  us_east_2: "us-east-2 (Ohio)",
  us_west_1: "us-west-1 (N. California)",
  us_west_2: "us-west-2 (Oregon)",
  af_south_1: "af-south-1 (Cape Town)",
  ap_east_1: "ap-east-1 (Hong Kong)",
  ap_east_2: "ap-east-2 (Taipei)",
  ap_northeast_1: "ap-northeast-1 (Tokyo)",
  ap_northeast_2: "ap-northeast-2 (Seoul)",
  ap_northeast_3: "ap-northeast-3 (Osaka)",
  ap_south_1: "ap-south-1 (Mumbai)",
  ap_south_2: "ap-south-2 (Hyderabad)",
  ap_southeast_1: "ap-southeast-1 (Singapore)",
  ap_southeast_2: "ap-southeast-2 (Sydney)",
  ap_southeast_3: "ap-southeast-3 (Jakarta)",
  ap_southeast_4: "ap-southeast-4 (Melbourne)",
  ap_southeast_5: "ap-southeast-5 (Malaysia)",
  ap_southeast_6: "ap-southeast-6 (New Zealand)",
  ap_southeast_7: "ap-southeast-7 (Thailand)",
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
  me_west_1: "me-west-1 (Saudi Arabia)",
  mx_central_1: "mx-central-1 (Mexico Central)",
  sa_east_1: "sa-east-1 (São Paulo)",
  sa_west_1: "sa-west-1 (Chile)",
  cn_north_1: "cn-north-1 (Beijing)",
  cn_northwest_1: "cn-northwest-1 (Ningxia)",
  us_gov_east_1: "us-gov-east-1 GovCloud (US-East)",
  us_gov_west_1: "us-gov-west-1 GovCloud (US-West)",
  eusc_de_east_1: "eusc-de-east-1 (European Sovereign Cloud, Germany)",
  us_iso_east_1: "us-iso-east-1 (US ISO East)",
  us_iso_west_1: "us-iso-west-1 (US ISO West)",
  us_isob_east_1: "us-isob-east-1 (US ISOB East, Ohio)",
  us_isob_west_1: "us-isob-west-1 (US ISOB West)",
  eu_isoe_west_1: "eu-isoe-west-1 (EU ISOE West)",
  us_isof_east_1: "us-isof-east-1 (US ISOF East)",
  us_isof_south_1: "us-isof-south-1 (US ISOF South)",
});
