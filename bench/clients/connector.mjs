import { createRequire } from "node:module";
import { SOCKETS } from "./settings.mjs";

/** Creates a connector from the built package. */
export function connect({ endpoint, region, credentials, role }) {
  const require = createRequire(import.meta.url);
  const { createConnector } = require("../../dist/src/index.js");
  return createConnector({
    region,
    endpoint,
    credentials,
    maxSockets: SOCKETS,
    role,
  });
}

export function create(connection) {
  const connector = connect(connection);
  return {
    call: (payload) =>
      connector.invokeFunction({ functionName: "price", payload }),
    close: () => connector.close(),
  };
}
