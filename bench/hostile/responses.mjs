// Hostile responses of AWS and of functions, and a hostile certificate file.
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { longestBlock } from "../runner/longestBlock.mjs";
import { createPkcs12 } from "./pkcs12.mjs";
import { LARGEST } from "./texts.mjs";

const require = createRequire(import.meta.url);
const load = (path) => require(`../../dist/${path}/index.js`);
load("src");

const ROLE = "arn:aws:iam::111122223333:role/hostile";
const ID = "11111111-1111-1111-1111-111111111111";
const ANYWHERE = "arn:aws:rolesanywhere:eu-central-1:111122223333:";

/** Sends a request to a gateway with one policy, and reads the response. */
async function throughPolicy(connection, { configuration, body, ...options }) {
  const { createRoute, toNode } = load("gateway");
  const { awsLambdaPolicy } = load("gateway/gravitee");
  const { region, ...rest } = connection;
  const step = await awsLambdaPolicy({
    semantics: "v4",
    connection: rest,
    configuration: { region, sendToConsumer: true, ...configuration },
    ...options,
  });
  const route = createRoute({ steps: [step] });
  const server = createServer(toNode(route)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  return {
    warmUp: () => post(port, "{}"),
    send: () => post(port, body),
    close: () => server.close(),
  };
}

function post(port, body) {
  return new Promise((resolve) => {
    const sent = request({ port, method: "POST" }, (response) => {
      response.resume().on("close", resolve);
    });
    sent.on("error", resolve);
    sent.end(body);
  });
}

/** Functions that prepare the work of each input. */
const INPUTS = {
  "a request body through the policy": (connection) =>
    throughPolicy(connection, {
      configuration: {
        function: "small",
        payload: '{ "name": "{#request.content.trim()}" }',
      },
      escape: "json",
      body: `a${" ".repeat(LARGEST - 2)}b`,
    }),
  "a nested JSON body through the policy": (connection) =>
    throughPolicy(connection, {
      configuration: {
        function: "small",
        payload: "{#request.jsonContent['a']}",
      },
      body: "[".repeat(LARGEST),
    }),
  "a nested payload of a function": (connection) =>
    throughPolicy(connection, {
      configuration: { function: "nested", payload: "{}" },
      responseFormat: "proxy",
      body: "",
    }),
  "a payload of 300 MB": (connection) => ({
    send: () =>
      load("src")
        .createConnector(connection)
        .invokeFunction({ functionName: "endless" }),
  }),
  "a response of STS of 1 MB": (connection) => ({
    send: () =>
      load("src").createConnector(connection).assumeRoleInvoke({
        functionName: "price",
        roleArn: ROLE,
        externalId: "hostile",
      }),
  }),
  "a PKCS#12 file with 20,000,000 iterations": (connection) => ({
    send: () =>
      load("src")
        .createConnector(connection)
        .getSessionCredentials(
          {
            trustAnchorArn: `${ANYWHERE}trust-anchor/${ID}`,
            profileArn: `${ANYWHERE}profile/${ID}`,
            roleArn: ROLE,
            certificate: createPkcs12(20_000_000),
            passphrase: "x",
          },
          { timeoutMs: 1_000 },
        ),
  }),
};

export const RESPONSES = Object.keys(INPUTS);

/** Measures one input. The modules are loaded before. */
export async function measureResponse(name, connection) {
  const { warmUp, send, close } = await INPUTS[name](connection);
  await warmUp?.();
  const ms = await longestBlock(send);
  close?.();
  return { ms, name };
}
