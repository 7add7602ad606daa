import { createRequire } from "node:module";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const require = createRequire(import.meta.url);
const front = require("../../dist/src/index.js");

export const { isConnectorError, pool } = front;

/** A connector whose patience is short, so that silence ends soon. */
export const createConnector = ({ endpoint, region, credentials }, more = {}) =>
  front.createConnector({
    endpoint,
    region,
    credentials,
    timeoutMs: 2_000,
    connectTimeoutMs: 1_000,
    ...more,
  });
