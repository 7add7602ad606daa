// The clients that are compared, each used as its documentation recommends. A client is created once and called many times.

/** Titles of the clients, by file name. */
export const CLIENTS = {
  connector: "aws-lambda-connector",
  sdk: "AWS SDK, one client",
  sdkPerCall: "AWS SDK, a client per call",
  awsLite: "aws-lite",
  aws4fetch: "aws4fetch",
  undici: "SignatureV4, undici pool",
  nodeHttp: "node:http alone, without a signature",
};

/** The client that all others are compared with. */
export const PEER = "sdk";

/** Loads only the client that is measured. */
export async function createClient(name, connection) {
  const { create } = await import(`./${name}.mjs`);
  return create(connection);
}
