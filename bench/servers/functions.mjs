// An account with 100,000 functions, listed in pages of 50 as AWS does.

/** Number of functions. */
export const FUNCTIONS = 100_000;

const PAGE = 50;
const NAME = "@name@";

/** One page of `ListFunctions`, starting at the marker. */
export function pageAt(query) {
  const from = Number(
    Buffer.from(query.get("Marker") ?? "", "base64").toString(),
  );
  const to = Math.min(from + PAGE, FUNCTIONS);
  const functions = [];
  for (let number = from; number < to; number++) {
    const shape = number % 3 === 0 ? RICH : PLAIN;
    functions.push(shape.replaceAll(NAME, `orders-${number}`));
  }
  const marker = Buffer.from(String(to)).toString("base64");
  const next = to < FUNCTIONS ? `"${marker}"` : null;
  return `{"Functions":[${functions.join()}],"NextMarker":${next}}`;
}

const CONFIGURATION = {
  FunctionName: NAME,
  FunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${NAME}`,
  Runtime: "nodejs24.x",
  Role: `arn:aws:iam::123456789012:role/${NAME}-exec`,
  Handler: "index.handler",
  CodeSize: 1042,
  Description: "",
  Timeout: 15,
  MemorySize: 256,
  LastModified: "2026-11-02T08:15:30.000+0000",
  CodeSha256: "3q2+7w==",
  Version: "$LATEST",
  TracingConfig: { Mode: "PassThrough" },
  RevisionId: "6d0c4f2e-5f5f-4c6c-9f3e-2f4d3a1b0c9d",
  PackageType: "Zip",
  Architectures: ["arm64"],
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
  LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${NAME}` },
};

const PLAIN = JSON.stringify(CONFIGURATION);

const RICH = JSON.stringify({
  ...CONFIGURATION,
  Description: "Processes the orders of the shop",
  Environment: { Variables: { STAGE: "prod", TABLE: "orders", LOG: "info" } },
  VpcConfig: {
    SubnetIds: ["subnet-072f42af", "subnet-1a2b3c4d"],
    SecurityGroupIds: ["sg-085912345678492fb"],
    VpcId: "vpc-2f09a348",
    Ipv6AllowedForDualStack: false,
  },
  Layers: [
    {
      Arn: "arn:aws:lambda:eu-central-1:123456789012:layer:shared:7",
      CodeSize: 51_200,
    },
  ],
});
