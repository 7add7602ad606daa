import { AWS_Region } from "../../../domain";
import { functionParts, partitionOf } from "../../../src/engine/functionName";

describe("functionParts", () => {
  it.each<[string, object]>([
    ["price", { name: "price" }],
    ["price:live", { name: "price", qualifier: "live" }],
    [
      "price:$LATEST.PUBLISHED",
      { name: "price", qualifier: "$LATEST.PUBLISHED" },
    ],
    ["function:price:7", { name: "price", qualifier: "7" }],
    ["111122223333:function:price", { account: "111122223333", name: "price" }],
    [
      "us-gov-west-1:111122223333:function:price",
      { region: "us-gov-west-1", account: "111122223333", name: "price" },
    ],
    [
      "arn:aws-cn:lambda:cn-north-1:111122223333:function:price:live",
      {
        partition: "aws-cn",
        region: "cn-north-1",
        account: "111122223333",
        name: "price",
        qualifier: "live",
      },
    ],
    [
      "arn::lambda:eu-central-1:111122223333:function:price",
      { region: "eu-central-1", account: "111122223333", name: "price" },
    ],
    [
      "arn:aws:lambda:eusc-de-east-1:111122223333:function:price",
      {
        partition: "aws",
        region: "eusc-de-east-1",
        account: "111122223333",
        name: "price",
      },
    ],
    [
      "arn:aws:lambda:eu-central-1:111122223333:function",
      {
        partition: "aws",
        region: "eu-central-1",
        account: "111122223333",
        name: "function",
      },
    ],
    ["price-list-1", { name: "price-list-1" }],
    ["price-list-1:live", { name: "price-list-1", qualifier: "live" }],
    ["us-east-1:live", { name: "us-east-1", qualifier: "live" }],
    ["function:price-list-1:live", { name: "price-list-1", qualifier: "live" }],
  ])("takes %s apart", (functionName, parts) => {
    const found = functionParts(functionName);

    expect(found).toEqual(parts);
  });
});

describe("partitionOf", () => {
  it.each([
    [AWS_Region.eu_central_1, "aws"],
    [AWS_Region.mx_central_1, "aws"],
    [AWS_Region.cn_northwest_1, "aws-cn"],
    [AWS_Region.us_gov_east_1, "aws-us-gov"],
    [AWS_Region.eusc_de_east_1, "aws-eusc"],
    [AWS_Region.us_iso_west_1, "aws-iso"],
    [AWS_Region.us_isob_east_1, "aws-iso-b"],
    [AWS_Region.eu_isoe_west_1, "aws-iso-e"],
    [AWS_Region.us_isof_south_1, "aws-iso-f"],
  ])("knows that %s belongs to %s", (region, partition) => {
    const found = partitionOf(region);

    expect(found).toBe(partition);
  });
});
