// The services that the gateway uses: a customer's account on an embedded AWS, and an origin.
import {
  createConnector,
  invokePolicy,
  trustPolicy,
} from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";
import { functions } from "./functions.mjs";
import { startOrigin } from "./origin.mjs";

export const CUSTOMER = "222233334444";
export const ROLE = `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_orders`;
const OPERATOR = "111122223333";
const EXTERNAL_ID = "example-external-id";

export async function startWorld() {
  const local = await startLocalAws({
    accountId: OPERATOR,
    parameters: {
      "/globex/prod/orderTrust": EXTERNAL_ID,
      "/globex/staging/orderTrust": "another-external-id",
    },
    accounts: {
      [CUSTOMER]: {
        functions,
        roles: {
          tibco_sidecar_connector_orders: {
            trust: trustPolicy({
              principal: OPERATOR,
              externalId: EXTERNAL_ID,
            }),
            permissions: [
              invokePolicy({
                functionName: Object.keys(functions),
                roleArn: ROLE,
                region: "eu-central-1",
              }),
            ],
          },
        },
      },
    },
  });
  const { endpoint, region, credentials } = local;
  return {
    connector: createConnector({ endpoint, region, credentials }),
    origin: await startOrigin(),
  };
}
