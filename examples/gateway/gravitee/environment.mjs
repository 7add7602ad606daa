// An embedded AWS with the operator's and a customer's account, and an origin.
import { invokePolicy, trustPolicy } from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";
import { startOrigin } from "../origin.mjs";
import { functions } from "./functions.mjs";

const OPERATOR = "111122223333";
const CUSTOMER = "222233334444";
const EXTERNAL_ID = "external-id-of-the-operator";

export const ROLE = `arn:aws:iam::${CUSTOMER}:role/gravitee_orders`;
export const ECHO = `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:echo`;

export async function startEnvironment() {
  const { endpoint, credentials } = await startLocalAws({
    accountId: OPERATOR,
    functions,
    parameters: { "/globex/prod/orderTrust": EXTERNAL_ID },
    accounts: {
      [CUSTOMER]: {
        functions: { echo: functions.echo },
        roles: {
          gravitee_orders: {
            trust: trustPolicy({
              principal: OPERATOR,
              externalId: EXTERNAL_ID,
            }),
            permissions: [invokePolicy({ functionName: ECHO, roleArn: ROLE })],
          },
        },
      },
    },
  });
  return {
    connection: { endpoint, credentials },
    origin: await startOrigin(),
  };
}
