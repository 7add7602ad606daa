// Runs a bundle without the AWS SDK, in a folder without node_modules: what an invocation needs is in the bundle.
import { strictEqual } from "node:assert";
import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { build } from "esbuild";
import { startAws } from "./startAws.mjs";

const PROGRAM = `
import { createConnector } from "aws-lambda-connector";
const connector = createConnector();
const own = await connector.invokeFunction({ functionName: "price", payload: { sku: "A-17" } });
const partner = await connector.assumeRoleInvoke({
  functionName: process.env.PARTNER_FUNCTION,
  payload: { sku: "C-3" },
  roleArn: process.env.PARTNER_ROLE,
  externalIdKey: "/partner/external-id",
});
const error = await connector.deleteFunction({ functionName: "price" }).catch((thrown) => thrown);
console.log(own.payload.total, partner.payload.sku, error.message);
`;

const file = "../external/external.mjs";
await build({
  stdin: { contents: PROGRAM, resolveDir: process.cwd() },
  outfile: file,
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["@aws-sdk/*", "@smithy/*"],
});
const local = await startAws();
const { stdout } = await promisify(execFile)(process.execPath, [file]);
await local.close();
strictEqual(
  stdout.trim().replace(/ imported from .*?\)/, ")"),
  "1290 C-3 DeleteFunction: the call for the function price failed before AWS responded (the package @aws-sdk/client-lambda could not be loaded (Cannot find package '@aws-sdk/client-lambda'); install it, or don't mark it as external if the program is a bundle (docs/guides/bundling.md)).",
);
console.log("external.mjs runs");
