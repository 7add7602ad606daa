import { createRequire } from "node:module";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const require = createRequire(import.meta.url);
const library = require("../../dist/src/index.js");

export const { isConnectorError, pool } = library;

/** Creates a connector with short timeouts. */
export const createConnector = ({ endpoint, region, credentials }, more = {}) =>
  library.createConnector({
    endpoint,
    region,
    credentials,
    timeoutMs: 2_000,
    connectTimeoutMs: 1_000,
    ...more,
  });
