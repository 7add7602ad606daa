import * as fc from "fast-check";
import { Function as LambdaFunction } from "../../domain";
import { parse } from "../../src/engine/validation/parse";
import { catchError } from "../catchError";

function read(functionName: unknown): LambdaFunction {
  return parse(
    { functionName },
    { operation: "Test", request: LambdaFunction },
  );
}

describe("Function", () => {
  it.each([
    "orders",
    "orders:live",
    "orders:7",
    "orders:$LATEST",
    "orders:$LATEST.PUBLISHED",
    "function:orders",
    "function:orders:live",
    "123456789012:function:orders",
    "123456789012:function:orders:live",
    "eu-central-1:123456789012:function:orders",
    "arn:aws:lambda:eu-central-1:123456789012:function:orders",
    "arn:aws:lambda:eu-central-1:123456789012:function:orders:$LATEST",
    "arn:aws-cn:lambda:cn-north-1:123456789012:function:orders",
    "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:orders:7",
    "arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:orders",
    "arn:aws-iso:lambda:us-iso-east-1:123456789012:function:orders",
    "arn:aws-iso-b:lambda:us-isob-east-1:123456789012:function:orders",
    "arn:aws-iso-e:lambda:eu-isoe-west-1:123456789012:function:orders",
    "arn:aws-iso-f:lambda:us-isof-south-1:123456789012:function:orders",
    "a.b",
    "_",
    "-",
    "...",
    "a".repeat(256),
  ])("accepts %s", (functionName) => {
    const named = read(functionName);

    expect(named.functionName).toBe(functionName);
  });

  it.each([
    "",
    " ",
    "price list",
    "price\n",
    "\nprice",
    "price\u0000",
    "prîce",
    "价格",
    ".",
    "..",
    "..:live",
    "../price",
    "a/b",
    "%2e%2e",
    "price?Qualifier=7",
    "price#live",
    "price:",
    ":live",
    "price:live:7",
    "price:$latest",
    "price:$LATEST.OTHER",
    "*",
    "price*",
    "${jndi:x}",
    "arn:aws:s3:::bucket",
    "arn:aws:lambda:eu-central-1:1234:function:orders",
    "arn:other:lambda:eu-central-1:123456789012:function:orders",
    "https://lambda.eu-central-1.amazonaws.com",
    "a".repeat(257),
  ])("rejects %j", async (functionName) => {
    const error = await catchError(() => read(functionName));

    expect(error).toMatchObject({
      code: "ERR_INVALID_INPUT",
      issues: [{ path: "functionName" }],
    });
  });

  it.each([7, true, {}, [], ["price"], new String("price")])(
    "rejects a name that is not a string: %p",
    async (functionName) => {
      const error = await catchError(() => read(functionName));

      expect(error).toMatchObject({
        code: "ERR_INVALID_INPUT",
        issues: [{ path: "functionName" }],
      });
    },
  );

  it("rejects every name that could change the path of the URL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        let taken: string | undefined;
        try {
          taken = read(text).functionName;
        } catch {
          return;
        }

        expect(taken).toMatch(/^[a-zA-Z0-9$:._-]{1,256}$/);
        expect([".", ".."]).not.toContain(taken);
      }),
      { numRuns: 500 },
    );
  });
});
