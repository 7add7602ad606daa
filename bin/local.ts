import { InvalidArgumentError, type Command } from "commander";
import { startLocalAws, type LocalAws } from "../local";
import { describeOutput } from "./describeOutput";
import { describeRequest } from "./describeRequest";
import { formatTable } from "./formatTable";
import { skippedFiles } from "./skippedFiles";

interface LocalFlags {
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly parameter?: Readonly<Record<string, string>>;
}

/**
 * Adds the subcommand `local`, which runs an embedded AWS in the foreground until it is
 * interrupted.
 */
export function addLocalCommand(program: Command): void {
  program
    .command("local")
    .description(
      "Run an embedded AWS on loopback with Lambda, STS and Parameter Store.",
    )
    .argument(
      "[folder]",
      "folder with the functions; each module and each subfolder with an index module is one",
    )
    .option(
      "--port <number>",
      "port on 127.0.0.1; 0 chooses a free port",
      toPort,
      0,
    )
    .option("--region <region>", "region of the functions", "eu-central-1")
    .option(
      "--account <id>",
      "account ID of the caller, 12 digits",
      "111122223333",
    )
    .option(
      "--parameter <key=value>",
      "a SecureString parameter, such as /acme/prod/trustKey=s3cr3t; can be repeated",
      toParameter,
    )
    .helpOption("--help", "print this help")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

const EXAMPLES = `
Requests must be signed with the printed credentials. Paste the export lines into
another terminal to use the AWS CLI or an SDK with the embedded AWS.

Each request is printed on one line. Output of handlers is printed after the name
of the function. The next invocation loads an edited module. Restart the command
after adding a function or editing a *.function.json. Helper modules belong in a
subfolder without an index module, such as lib/.

Examples:
  $ aws-lambda-connector local ./functions
  $ aws-lambda-connector local ./functions --port 4566 --parameter /acme/prod/trustKey=s3cr3t
  $ aws lambda invoke --function-name hello /dev/stdout`;

async function run(
  folder: string | undefined,
  flags: LocalFlags,
): Promise<void> {
  // The reader of the output may exit, as in "| head"; the server keeps running.
  process.stdout.on("error", () => undefined);
  const local = await startLocalAws({
    port: flags.port,
    region: flags.region,
    accountId: flags.account,
    ...(flags.parameter && { parameters: flags.parameter }),
    ...(folder !== undefined && { functions: folder }),
    onRequest: (request) => {
      console.log(describeRequest(request));
    },
    onOutput: (output) => {
      console.log(describeOutput(output));
    },
  });
  const end = () => void local.close();
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  console.log(describe(local, folder));
}

function describe(local: LocalAws, folder: string | undefined): string {
  const functions = local.listFunctions();
  const skipped = folder === undefined ? [] : skippedFiles(folder);
  const table = formatTable([
    ["Function", "Runtime", "Handler", "Memory", "Timeout"],
    ...functions.map((each) => [
      each.functionName,
      each.runtime,
      each.handler,
      `${each.memorySize} MB`,
      `${each.timeout} s`,
    ]),
  ]);
  return [
    `The embedded AWS listens at ${local.endpoint}. Press Ctrl+C to stop it.`,
    "",
    `export AWS_ENDPOINT_URL=${local.endpoint}`,
    `export AWS_REGION=${local.region}`,
    // Version 1 of the AWS CLI reads only this variable.
    `export AWS_DEFAULT_REGION=${local.region}`,
    `export AWS_ACCESS_KEY_ID=${local.credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${local.credentials.secretAccessKey}`,
    "",
    functions.length > 0
      ? table
      : "No functions are available because no folder was passed.",
    ...(skipped.length > 0
      ? [
          "",
          `Skipped: ${skipped.join(", ")}. Compile TypeScript first and pass the folder of the compiled modules.`,
        ]
      : []),
    "",
    "Requests:",
  ].join("\n");
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be an integer from 0 to 65535.");
}

function toParameter(
  text: string,
  earlier: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const equals = text.indexOf("=");
  // The value may be a secret, so it is not repeated in the message.
  if (equals < 1)
    throw new InvalidArgumentError("It must have the form key=value.");
  return { ...earlier, [text.slice(0, equals)]: text.slice(equals + 1) };
}
