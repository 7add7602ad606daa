import { createSessionPolicy } from "../../../../src/engine/roles/createSessionPolicy";
import { ROLE } from "../../../answers";

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

describe("narrowTo", () => {
  it("allows to invoke, one function, and nothing else", () => {
    const policy = createSessionPolicy({
      functionName: "price",
      roleArn: ROLE,
      region: "eu-central-1",
    });

    expect(policy).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-central-1:222233334444:function:price"}]}',
    );
  });

  it("names the qualifier alone where one is given, in the name or beside it", () => {
    const resources = [
      resourceOf("price:live"),
      resourceOf("price", "live"),
      resourceOf("price:live", "live"),
    ];

    expect(new Set(resources)).toEqual(
      new Set(["arn:aws:lambda:eu-central-1:222233334444:function:price:live"]),
    );
  });

  it("keeps the ARN that it was given", () => {
    const arn = "arn:aws-cn:lambda:cn-north-1:333344445555:function:price:7";

    const resource = resourceOf(arn);

    expect(resource).toBe(arn);
  });

  it("never holds a wildcard, or a variable of IAM's", () => {
    const policies = ["price", "price:$LATEST", "function:a.b_c-d"].map(
      (name) => resourceOf(name),
    );

    for (const policy of policies) expect(policy).not.toMatch(/[*?]|\$\{/);
  });
});
