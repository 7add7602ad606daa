// The clients that are compared, each as its users would write it. A client is made once and called often; `close` ends it.

/** By the name of its file: the title that a reader sees. */
export const CLIENTS = {
  connector: "aws-lambda-connector",
  sdk: "AWS SDK, one client",
  sdkPerCall: "AWS SDK, a client per call",
  awsLite: "aws-lite",
  aws4fetch: "aws4fetch",
  floor: "signed by hand, undici pool",
};

/** What the others are measured against. */
export const PEER = "sdk";

/** Loads one client and no other: what is not measured is not in the process. */
export async function createClient(name, target) {
  const { create } = await import(`./${name}.mjs`);
  return create(target);
}
