// The main job of the connector, on the embedded AWS: real sockets, real signatures, nothing leaves this machine.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createConnector, isConnectorError } from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";
import { done, failed, fact, panel, step, table } from "./print.mjs";

// The AWS SDK's notice of the Node versions it will drop; the README says it once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const CUSTOMER = "222233334444";
const ROLE = `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_prices`;
const EXTERNAL_ID = "a-secret-that-nobody-sees";

const local = await startLocalAws({
  functions: fileURLToPath(new URL("functions", import.meta.url)),
  parameters: {
    "/acme/prod/trustKey": EXTERNAL_ID,
    "/acme/staging/trustKey": "not-the-one-that-the-role-asks-for",
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

step("Invoke one, and see its log");
const answer = await connector.invokeFunction({
  functionName: "price",
  payload: { sku: "A-17", quantity: 3 },
  logType: "Tail",
});
fact("answer", answer.payload);
fact("report", answer.report);
panel(answer.log);

step("Invoke one that throws: a failure is a failure");
await refused(
  connector.invokeFunction({ functionName: "price", payload: { sku: "?" } }),
);

step("Invoke one in another account, with a role borrowed for it");
const across = {
  functionName: `arn:aws:lambda:${local.region}:${CUSTOMER}:function:offer`,
  payload: { sku: "A-17" },
  roleArn: ROLE,
};
const offer = await connector.assumeRoleInvoke({
  ...across,
  externalIdKey: "acme/prod/trustKey",
});
fact("answer", offer.payload);
fact("requests", local.requests.all.slice(-3).map(inWords).join(" → "));

step("The same with another external id: the role refuses, nothing runs");
await refused(
  connector.assumeRoleInvoke({
    ...across,
    externalIdKey: "acme/staging/trustKey",
  }),
);

step("Delete one, and look again");
const gone = await connector.deleteFunction({ functionName: "obsolete" });
fact("deleted", gone);
table(await connector.listFunctions());

connector.close();
await local.close();
done();

/** The customer's account: a function, and a role that may invoke it, for who knows the external id. */
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

async function refused(call) {
  try {
    await call;
    throw new Error("This was to be refused.");
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    failed(error);
  }
}

function inWords({ service, operation }) {
  return `${service} ${operation}`;
}
