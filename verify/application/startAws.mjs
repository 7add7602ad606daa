import process from "node:process";
import { startLocalAws } from "aws-lambda-connector/local";

/** What `runApplication` returns against this embedded AWS. */
export const EXPECTED =
  'price,quote 1290 ERR_SERVICE true C-3 true 200 {"sku":"B-2","total":1290} true';

const PARTNER = "222233334444";
const EXTERNAL_ID = "example-external-id";

/** Starts the embedded AWS, and sets the environment variables that lead to it. */
export async function startAws() {
  const local = await startLocalAws({
    functions: {
      price: async ({ sku }) => ({ sku, total: 1290 }),
      quote: async () => ({ item: { sku: "A-17" }, total: 1290 }),
    },
    parameters: { "/partner/external-id": EXTERNAL_ID },
    accounts: { [PARTNER]: createPartner() },
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: local.endpoint,
    AWS_REGION: local.region,
    AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
    PARTNER_FUNCTION: `arn:aws:lambda:${local.region}:${PARTNER}:function:offer`,
    PARTNER_ROLE: `arn:aws:iam::${PARTNER}:role/offers`,
  });
  return local;
}

/** Another account, with a function and a role that may invoke it. */
function createPartner() {
  const trust = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": EXTERNAL_ID } },
  };
  const permission = {
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: `arn:aws:lambda:*:${PARTNER}:function:offer`,
  };
  const toPolicy = (Statement) => ({
    Version: "2012-10-17",
    Statement: [Statement],
  });
  return {
    functions: { offer: async ({ sku }) => ({ sku, total: 1190 }) },
    roles: {
      offers: {
        trust: toPolicy(trust),
        permissions: [toPolicy(permission)],
      },
    },
  };
}
