// The embedded AWS in a process of its own, with a trivial inline function. Sends home where it listens.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { startLocalAws } = require("../dist/local/index.js");
const local = await startLocalAws({
  functions: { price: async () => ({ total: 1290 }) },
});
const { endpoint, region, credentials } = local;
process.send({ endpoint, region, credentials });
