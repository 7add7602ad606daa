// A function in another account: where it is, how it is reached, and how its account is furnished.

const CUSTOMER = "222233334444";
const EXTERNAL_ID = "a-secret-that-nobody-sees";

/** What `assumeRoleInvoke` is asked. */
export const ACROSS = {
  functionName: `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:price`,
  roleArn: `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_bench`,
  externalIdKey: "acme/bench/trustKey",
};

/** What the embedded AWS is to hold for it, given what the function does. */
export const furnish = (price) => ({
  parameters: { [`/${ACROSS.externalIdKey}`]: EXTERNAL_ID },
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
