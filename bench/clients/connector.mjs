import { createRequire } from "node:module";
import { SOCKETS } from "./target.mjs";

/** Creates a connector from the built package. */
export function connect({ endpoint, region, credentials }) {
  const require = createRequire(import.meta.url);
  const { createConnector } = require("../../dist/src/index.js");
  return createConnector({
    region,
    endpoint,
    credentials,
    maxSockets: SOCKETS,
  });
}

export function create(target) {
  const connector = connect(target);
  return {
    call: (payload) =>
      connector.invokeFunction({ functionName: "price", payload }),
    close: () => connector.close(),
  };
}
