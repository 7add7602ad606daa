// A function in another account: its ARN, its role, and the options of the embedded AWS for that account.

const CUSTOMER = "222233334444";
export const EXTERNAL_ID = "example-external-id";

/** Fields of the request of `assumeRoleInvoke`. */
export const CROSS_ACCOUNT = {
  functionName: `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:price`,
  roleArn: `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_bench`,
  externalIdKey: "acme/bench/trustKey",
};

/** Options of the embedded AWS, given the handler of the function. */
export const createAccountOptions = (price) => ({
  parameters: { [`/${CROSS_ACCOUNT.externalIdKey}`]: EXTERNAL_ID },
  accounts: {
    [CUSTOMER]: {
      functions: { price },
      roles: {
        tibco_sidecar_connector_bench: {
          trust: allow({
            Principal: { AWS: "*" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": EXTERNAL_ID } },
          }),
          permissions: [
            allow({ Action: "lambda:InvokeFunction", Resource: "*" }),
          ],
        },
      },
    },
  },
});

const allow = (statement) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...statement }],
});
