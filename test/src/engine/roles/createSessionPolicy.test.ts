import { createSessionPolicy } from "../../../../src/engine/roles/createSessionPolicy";
import { ROLE } from "../../../awsResponses";

function resourceOf(functionName: string, qualifier?: string): string {
  const policy = JSON.parse(
    createSessionPolicy({
      functionName,
      qualifier,
      roleArn: ROLE,
      region: "eu-central-1",
    }),
  ) as { Statement: { Resource: string }[] };
  return policy.Statement.map(({ Resource }) => Resource).join();
}

describe("createSessionPolicy", () => {
  it("allows only lambda:InvokeFunction, on one function", () => {
    const policy = createSessionPolicy({
      functionName: "price",
      roleArn: ROLE,
      region: "eu-central-1",
    });

    expect(policy).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-central-1:222233334444:function:price"}]}',
    );
  });

  it("allows only the qualifier if one is given, in the name or separately", () => {
    const resources = [
      resourceOf("price:live"),
      resourceOf("price", "live"),
      resourceOf("price:live", "live"),
    ];

    expect(new Set(resources)).toEqual(
      new Set(["arn:aws:lambda:eu-central-1:222233334444:function:price:live"]),
    );
  });

  it("uses the given ARN unchanged", () => {
    const arn = "arn:aws-cn:lambda:cn-north-1:333344445555:function:price:7";

    const resource = resourceOf(arn);

    expect(resource).toBe(arn);
  });

  it("never contains a wildcard or an IAM policy variable", () => {
    const policies = ["price", "price:$LATEST", "function:a.b_c-d"].map(
      (name) => resourceOf(name),
    );

    for (const policy of policies) expect(policy).not.toMatch(/[*?]|\$\{/);
  });
});
