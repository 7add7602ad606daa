import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { createConnector } from "aws-lambda-connector";
import { parsed } from "../local/clients";
import { folderWith } from "../local/runtime/folderWith";

/** Whether this version of Node loads TypeScript. */
const stripsTypes = Boolean(
  (process.features as { typescript?: string | false }).typescript,
);

const COMMAND = join(__dirname, "../../dist/bin/aws-lambda-connector.js");

describe("aws-lambda-connector local", () => {
  const folder = mkdtempSync(join(tmpdir(), "functions-"));

  beforeAll(() => {
    writeFileSync(
      join(folder, "hello.js"),
      "exports.handler = async (event) => `Hello, ${event.name}`;",
    );
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "serves a folder of functions until it receives %s",
    async (signal) => {
      const command = run("local", folder, "--parameter", "/acme/key=a=b");
      const printed = await waitFor(command, "\nRequests:\n");

      const settings = settingsFrom(printed);
      const answer = await new LambdaClient(settings).send(
        new InvokeCommand({ FunctionName: "hello", Payload: '{"name":"Ada"}' }),
      );
      const { Parameter } = await new SSMClient(settings).send(
        new GetParameterCommand({ Name: "/acme/key", WithDecryption: true }),
      );
      command.kill(signal);
      const end = await endOf(command);

      expect(parsed(answer)).toBe("Hello, Ada");
      expect(Parameter?.Value).toBe("a=b");
      expect(end).toEqual({ code: 0, stderr: "" });
      expect(printed).toMatch(
        /\nFunction {2}Runtime {5}Handler {8}Memory {2}Timeout\n─+.*\nhello {5}nodejs\d+\.x {2}hello\.handler {2}128 MB {2}3 s\n\nRequests:\n$/,
      );
    },
  );

  it("prints AWS_DEFAULT_REGION for version 1 of the AWS CLI", async () => {
    const command = run("local", "--region", "eu-north-1");
    const printed = await waitFor(command, "\nRequests:\n");
    command.kill();
    await endOf(command);

    expect(printed).toContain(
      "export AWS_REGION=eu-north-1\nexport AWS_DEFAULT_REGION=eu-north-1\n",
    );
  });

  it("prints a line for each request, and the output of handlers prefixed with the function name", async () => {
    const talking = folderWith({
      "price.mjs":
        "export const handler = async ({ sku }) => { console.log('looking for', sku); console.warn('slow\\nstore'); };",
      "stock.js":
        "exports.handler = async () => { throw new TypeError('no stock'); };",
    });
    const command = run("local", talking);
    const lambda = new LambdaClient(
      settingsFrom(await waitFor(command, "\nRequests:\n")),
    );
    const printing = waitFor(command, "Invoke  stock");
    await lambda.send(
      new InvokeCommand({ FunctionName: "price", Payload: '{"sku":"A-17"}' }),
    );
    await lambda.send(new InvokeCommand({ FunctionName: "stock" }));
    const printed = await printing;
    command.kill();
    await endOf(command);

    expect(printed).toMatch(
      new RegExp(
        [
          "^price \\| looking for A-17",
          "price \\| WARN slow",
          "price \\| store",
          "\\d\\d:\\d\\d:\\d\\d  lambda Invoke  price  200  \\d+ ms",
          "stock \\| TypeError: no stock",
          "(?:stock \\|     at .*\\n)+\\d\\d:\\d\\d:\\d\\d  lambda Invoke  stock  200  \\d+ ms\\n$",
        ].join("\n"),
      ),
    );
  });

  it("starts the accounts and roles of an options file, with which the README's cross-account example runs", async () => {
    const file = join(__dirname, "../../examples/accounts.json");
    const command = run("local", "--options", file);
    const connector = createConnector(
      settingsFrom(await waitFor(command, "\nRequests:\n")),
    );

    const { payload } = await connector.assumeRoleInvoke({
      functionName: "arn:aws:lambda:eu-central-1:222233334444:function:price",
      payload: { sku: "A-17" },
      roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
      externalIdKey: "acme/prod/trustKey",
    });
    const guard = await connector.assumeRoleInvoke({
      functionName:
        "arn:aws:lambda:eu-central-1:222233334444:function:order-guard",
      payload: { operation: { httpVerb: "GET", path: "/7" } },
      roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders",
      externalIdKey: "globex/prod/orderTrust",
    });
    connector.close();
    command.kill();
    await endOf(command);

    expect(payload).toMatchObject({ sku: "A-17" });
    expect(guard.payload).toEqual({});
  });

  it("prefers its other options to those of the file", async () => {
    const file = join(folder, "options.json");
    const options = {
      region: "us-east-1",
      accountId: "444455556666",
      parameters: { "/a": "1", "/b": "2" },
    };
    writeFileSync(file, JSON.stringify(options));
    const command = run(
      ...["local", "--options", file, "--region", "eu-north-1"],
      ...["--parameter", "/b=3"],
    );
    const ssm = new SSMClient(
      settingsFrom(await waitFor(command, "\nRequests:\n")),
    );
    const values = await Promise.all(
      ["/a", "/b"].map((Name) => ssm.send(new GetParameterCommand({ Name }))),
    );
    command.kill();
    await endOf(command);

    expect(values.map(({ Parameter }) => Parameter?.ARN)).toEqual([
      "arn:aws:ssm:eu-north-1:444455556666:parameter/a",
      "arn:aws:ssm:eu-north-1:444455556666:parameter/b",
    ]);
    expect(values.map(({ Parameter }) => Parameter?.Version)).toEqual([1, 1]);
  });

  it("keeps serving after its stdout is closed", async () => {
    const command = run("local", folder);
    const settings = settingsFrom(await waitFor(command, "\nRequests:\n"));
    command.stdout.destroy();
    const lambda = new LambdaClient(settings);
    await lambda.send(new InvokeCommand({ FunctionName: "hello" }));

    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: "hello", Payload: '{"name":"Ada"}' }),
    );
    command.kill();
    const end = await endOf(command);

    expect(parsed(answer)).toBe("Hello, Ada");
    expect(end).toEqual({ code: 0, stderr: "" });
  });

  // Node 20 loads no TypeScript; later versions do.
  const onOlderNode = stripsTypes ? it.skip : it;
  const onNewerNode = stripsTypes ? it : it.skip;

  onNewerNode("serves TypeScript handlers", async () => {
    const typed = folderWith({
      "double.mts":
        "export const handler = ({ value }: { value: number }): number => 2 * value;",
    });
    const command = run("local", typed);
    const printed = await waitFor(command, "\nRequests:\n");
    const answer = await new LambdaClient(settingsFrom(printed)).send(
      new InvokeCommand({ FunctionName: "double", Payload: '{"value":21}' }),
    );
    command.kill();
    await endOf(command);

    expect(parsed(answer)).toBe(42);
  });

  onOlderNode(
    "lists the skipped TypeScript files that have no compiled module beside them",
    async () => {
      const mixed = folderWith({
        "hello.js": "exports.handler = () => 1;",
        "hello.ts": "",
        "price.ts": "",
        "stock/index.mts": "",
        "stock/tax.ts": "",
        "types.d.ts": "",
      });
      const command = run("local", mixed);
      const printed = await waitFor(command, "\nRequests:\n");
      command.kill();
      await endOf(command);

      expect(printed).toContain(
        "\nSkipped: price.ts, stock/index.mts. TypeScript handlers need Node 22.18 or later; compile them first, and pass the folder of the compiled modules.\n",
      );
    },
  );

  it.each([
    [
      ["local", "no-such-folder"],
      `error: The functions folder ${join(process.cwd(), "no-such-folder")} does not exist. Pass a folder that contains a handler, such as hello.js.\n`,
    ],
    [
      ["local", "--port", "x"],
      "error: option '--port <number>' argument 'x' is invalid. It must be an integer from 0 to 65535.\n",
    ],
    [
      ["local", "--region", "Frankfurt", "--account", "12"],
      `error: region must be a region such as eu-central-1, not "Frankfurt"; accountId must be an account ID of 12 digits, not "12"\n`,
    ],
    [
      ["local", "--options", "missing.json"],
      "error: option '--options <file>' argument 'missing.json' is invalid. It must be a JSON file that can be read (ENOENT: no such file or directory, open 'missing.json').\n",
    ],
    [
      ["local", "--options", join(__dirname, "local.test.ts")],
      `error: option '--options <file>' argument '${join(__dirname, "local.test.ts")}' is invalid. It must be a JSON file that can be read.\n`,
    ],
    [
      ["local", "--prot", "1"],
      "error: unknown option '--prot' (Did you mean --port?)\n",
    ],
    [["loca"], "error: unknown command 'loca' (Did you mean local?)\n"],
    [["list"], "error: unknown command 'list'; see --help\n"],
    [
      ["local", "a", "b"],
      "error: too many arguments for 'local'. Expected 1 argument but got 2; see --help\n",
    ],
    [
      ["local", "--parameter", "acme/prod/trustKey=secret"],
      `error: parameters."acme/prod/trustKey" is not a valid parameter name; hierarchical names start with a slash (/acme/prod/trustKey)\n`,
    ],
  ])(
    "prints an error of one line for the arguments %j",
    async (words, line) => {
      const end = await endOf(run(...words));

      expect(end).toEqual({ code: 1, stderr: line });
    },
  );

  it("prints its version and its help", async () => {
    const { version } = JSON.parse(
      readFileSync(join(__dirname, "../../package.json"), "utf8"),
    ) as { version: string };

    const [versioned, helped] = await Promise.all(
      [["--version"], ["local", "--help"]].map((words) =>
        outputOf(run(...words)),
      ),
    );

    expect(versioned).toBe(`${version}\n`);
    expect(helped).toContain("aws-lambda-connector local ./functions");
    expect(helped).toContain("The next invocation loads an edited module");
  });
});

function run(...words: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [COMMAND, ...words]);
}

/**
 * Waits until the command has printed a text and a complete line, and returns the output. The
 * command can keep printing.
 */
function waitFor(
  command: ChildProcessWithoutNullStreams,
  text: string,
): Promise<string> {
  let printed = "";
  return new Promise((resolve) => {
    const look = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (!printed.includes(text) || !printed.endsWith("\n")) return;
      command.stdout.off("data", look);
      resolve(printed);
    };
    command.stdout.on("data", look);
  });
}

async function outputOf(
  command: ChildProcessWithoutNullStreams,
): Promise<string> {
  let printed = "";
  for await (const chunk of command.stdout) printed += String(chunk);
  return printed;
}

function endOf(
  command: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  command.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) =>
    command.once("close", (code) => {
      resolve({ code, stderr });
    }),
  );
}

function settingsFrom(printed: string) {
  const exported = Object.fromEntries(
    [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  ) as Record<string, string>;
  return {
    endpoint: exported["AWS_ENDPOINT_URL"] ?? "",
    region: exported["AWS_REGION"] ?? "",
    credentials: {
      accessKeyId: exported["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: exported["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  };
}
