// Whom the gateway stands between: a customer's account on an embedded AWS, and an origin.
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import {
  createConnector,
  invokePolicy,
  trustPolicy,
} from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";
import { functions } from "./functions.mjs";

export const CUSTOMER = "222233334444";
export const ROLE = `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_orders`;
const OPERATOR = "111122223333";
const EXTERNAL_ID = "a-secret-that-nobody-sees";

export async function startWorld() {
  const local = await startLocalAws({
    accountId: OPERATOR,
    parameters: {
      "/globex/prod/orderTrust": EXTERNAL_ID,
      "/globex/staging/orderTrust": "not-the-one-that-the-role-asks-for",
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

/** An origin that answers with what it was asked; of the headers, with those that are somebody's own. */
async function startOrigin() {
  const server = createServer(async (req, res) => {
    const own = Object.entries(req.headers).filter(([name]) =>
      /^x-(?!forwarded-)/.test(name),
    );
    const asked = { asked: `${req.method} ${req.url}` };
    if (own.length > 0) asked.headers = Object.fromEntries(own);
    const body = await text(req);
    if (body !== "") asked.body = body;
    res.writeHead(200, {
      "Content-Type": "application/json",
      "X-Origin": "n3",
    });
    res.end(`${JSON.stringify(asked)}\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}
