import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(__dirname, "../..");
const run = promisify(execFile);

/** Jest cannot load ArkType, which consists of ES modules; so the program runs in a process of its own. */
const PROGRAM = `
import { type } from "arktype";
import * as v from "valibot";
import * as z from "zod";
import { createConnector } from "aws-lambda-connector";
import { startLocalAws } from "aws-lambda-connector/local";

const local = await startLocalAws({
  functions: { echo: (event) => event },
});
const { endpoint, credentials } = local;
const connector = createConnector({
  region: "eu-central-1",
  endpoint,
  credentials,
});
const schemas = {
  zod: z.object({ sku: z.string().min(2).transform((sku) => sku.length) }),
  valibot: v.object({
    sku: v.pipe(v.string(), v.minLength(2), v.transform((sku) => sku.length)),
  }),
  arktype: type({ sku: type("string >= 2").pipe((sku) => sku.length) }),
};
const told = {};
for (const [name, schema] of Object.entries(schemas)) {
  const sending = connector.function("echo", { request: schema });
  const receiving = connector.function("echo", { response: schema });
  const failed = (error) => [error.code, error.issues];
  told[name] = [
    await sending({ sku: "A-17" }),
    await receiving({ sku: "A-17" }),
    await sending({ sku: "?" }).catch(failed),
    await receiving({ sku: 98765 }).catch(failed),
    (await receiving.many([{ sku: "AB" }, { sku: "?" }])).map(
      ({ value, error }) => value ?? error.code,
    ),
  ];
}
connector.close();
await local.close();
console.log(JSON.stringify(told));
`;

it.each(["zod", "valibot", "arktype"])(
  "a contract with a schema of %s converts and refuses requests and responses",
  async (library) => {
    const { stdout } = await run(
      process.execPath,
      ["--input-type=module", "--eval", PROGRAM],
      { cwd: join(ROOT, "examples") },
    );
    const told = JSON.parse(stdout) as Record<string, unknown[]>;
    const [sent, received, refused, violated, many] = told[library] ?? [];

    expect([sent, received]).toEqual([{ sku: 4 }, { sku: 4 }]);
    expect(refused).toMatchObject([
      "ERR_INVALID_INPUT",
      [{ path: "sku", rule: "schema" }],
    ]);
    expect(violated).toMatchObject([
      "ERR_RESPONSE",
      [{ path: "sku", rule: "schema" }],
    ]);
    expect(JSON.stringify([refused, violated])).not.toMatch(/98765|\?/);
    expect(many).toEqual([{ sku: 2 }, "ERR_RESPONSE"]);
  },
);
