#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { LocalAwsError } from "../local";
import { addLocalCommand } from "./local";

// This file is published as dist/bin/aws-lambda-connector.js.
const manifest = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"),
) as { readonly version: string };

const program = new Command("aws-lambda-connector")
  .description(
    "List, invoke and delete AWS Lambda functions, also across accounts.",
  )
  .version(manifest.version, "--version", "print the version")
  .helpOption("--help", "print this help")
  .helpCommand(false)
  .showSuggestionAfterError(true)
  .configureOutput({
    // Commander prints its suggestion on a second line. One line is easier to find in a log.
    outputError: (text, write) => {
      const line = text.trimEnd().replaceAll("\n", " ");
      const says = /\(Did you mean|is invalid\. /.test(line);
      write(says ? `${line}\n` : `${line.replace(/\.$/, "")}; see --help\n`);
    },
  });
addLocalCommand(program);

program.parseAsync().catch((error: unknown) => {
  console.error(`error: ${describeError(error).replaceAll("\n", " ")}`);
  process.exitCode = 1;
});

function describeError(error: unknown): string {
  if (error instanceof LocalAwsError) return error.problems.join("; ");
  return error instanceof Error ? error.message : String(error);
}
