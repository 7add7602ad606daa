// The main operations, on the embedded AWS: real sockets, real signatures, nothing leaves this machine.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createConnector, isConnectorError } from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";
import { done, failed, fact, panel, step, table } from "./print.mjs";

// Hides the AWS SDK's notice about Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const CUSTOMER = "222233334444";
const ROLE = `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_prices`;
const EXTERNAL_ID = "example-external-id";

const local = await startLocalAws({
  functions: fileURLToPath(new URL("functions", import.meta.url)),
  parameters: {
    "/acme/prod/trustKey": EXTERNAL_ID,
    "/acme/staging/trustKey": "another-external-id",
  },
  accounts: { [CUSTOMER]: customer() },
});
const connector = createConnector({
  region: local.region,
  endpoint: local.endpoint,
  credentials: local.credentials,
});

step("List the functions of an account");
table(await connector.listFunctions());

step("Invoke a function, with its log");
const response = await connector.invokeFunction({
  functionName: "price",
  payload: { sku: "A-17", quantity: 3 },
  logType: "Tail",
});
fact("response", response.payload);
fact("report", response.report);
panel(response.log);

step("Invoke a function that throws: the call throws ERR_FUNCTION");
await printError(
  connector.invokeFunction({ functionName: "price", payload: { sku: "?" } }),
);

step("Invoke a function in another account, with an assumed role");
const request = {
  functionName: `arn:aws:lambda:${local.region}:${CUSTOMER}:function:offer`,
  payload: { sku: "A-17" },
  roleArn: ROLE,
};
const offer = await connector.assumeRoleInvoke({
  ...request,
  externalIdKey: "acme/prod/trustKey",
});
fact("response", offer.payload);
fact("requests", local.requests.all.slice(-3).map(describeRequest).join(" → "));

step(
  "The same with a wrong external ID: the role cannot be assumed, and nothing runs",
);
await printError(
  connector.assumeRoleInvoke({
    ...request,
    externalIdKey: "acme/staging/trustKey",
  }),
);

step("Delete a function, and list the functions again");
const deleted = await connector.deleteFunction({ functionName: "obsolete" });
fact("deleted", deleted);
table(await connector.listFunctions());

connector.close();
await local.close();
done();

/** The customer's account: a function, and a role that may invoke it and requires the external ID. */
function customer() {
  return {
    functions: {
      offer: async ({ sku }) => ({ sku, total: 1190, currency: "EUR" }),
    },
    roles: {
      tibco_sidecar_connector_prices: {
        trust: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::111122223333:root" },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "sts:ExternalId": EXTERNAL_ID } },
            },
          ],
        },
        permissions: [
          {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "lambda:InvokeFunction",
                Resource: `arn:aws:lambda:*:${CUSTOMER}:function:offer`,
              },
            ],
          },
        ],
      },
    },
  };
}

async function printError(call) {
  try {
    await call;
    throw new Error("The call succeeded unexpectedly.");
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    failed(error);
  }
}

function describeRequest({ service, operation }) {
  return `${service} ${operation}`;
}
