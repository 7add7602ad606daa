import process from "node:process";
import { startLocalAws } from "aws-lambda-connector/local";

/** What `runApplication` returns against this embedded AWS. */
export const EXPECTED = 'price 1290 ERR_SERVICE 200 {"sku":"B-2","total":1290}';

/** Starts the embedded AWS with one function, and sets the environment variables that lead to it. */
export async function startAws() {
  const local = await startLocalAws({
    functions: { price: async ({ sku }) => ({ sku, total: 1290 }) },
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: local.endpoint,
    AWS_REGION: local.region,
    AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
  });
  return local;
}
