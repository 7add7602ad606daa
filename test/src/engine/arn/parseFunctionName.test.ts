import { parseFunctionName } from "../../../../src/engine/arn/parseFunctionName";

describe("parseFunctionName", () => {
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
  ])("parses %s", (functionName, parts) => {
    const parsed = parseFunctionName(functionName);

    expect(parsed).toEqual(parts);
  });
});
