import type { CredentialsLike } from "../../../../domain";
import { isNonEmptyString } from "../../text/isNonEmptyString";
import { isObject } from "../../text/isObject";
import { parseJson } from "../../text/parseJson";
import { CredentialSourceError } from "./CredentialSourceError";
import { hideLikelySecrets } from "./hideLikelySecrets";
import { formatNumber } from "../../text/formatNumber";

/** A command that has not ended after this time is killed. It may wait for its user. */
const TIMEOUT_MS = 60_000;

/** Largest output of a command, in bytes. */
const MAX_OUTPUT_BYTES = 1_048_576;

/** Largest part of the error output that a message quotes, in characters. */
const MAX_QUOTE = 300;

/**
 * Runs the `credential_process` of a profile and reads the credentials that it prints.
 *
 * Messages contain neither the command nor its output, which can have secrets.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html | Process credential provider}
 */
export async function runCredentialProcess(
  command: string,
  profile: string,
): Promise<CredentialsLike> {
  const { error, stdout, stderr } = await run(command);
  const what = `the profile ${profile} provided no AWS credentials because its credential_process`;
  if (error) {
    const quote = quoteErrorOutput(stderr);
    throw new CredentialSourceError(
      `${what} ${describeExit(error)}${quote && ` (${quote})`}`,
      { advice: "Run the command yourself to see why it fails" },
    );
  }
  const output = readOutput(stdout);
  if (typeof output === "string")
    throw new CredentialSourceError(`${what} ${output}`, {
      advice:
        "Correct the command; it must print JSON with Version 1, AccessKeyId and SecretAccessKey",
    });
  return output;
}

interface ProcessResult {
  readonly error: (Error & { code?: unknown; killed?: boolean }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string): Promise<ProcessResult> {
  const options = {
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    try {
      // Loaded on first use: it would cost every start of a bundle a few milliseconds.
      const { exec } = process.getBuiltinModule("node:child_process");
      exec(command, options, (error, stdout, stderr) => {
        resolve({ error, stdout, stderr });
      });
    } catch (error) {
      // For example a command with a NUL character.
      resolve({ error: error as Error, stdout: "", stderr: "" });
    }
  });
}

function describeExit(error: NonNullable<ProcessResult["error"]>): string {
  const { code, killed, signal } = error as typeof error & { signal?: unknown };
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
    return `printed more than ${formatNumber(MAX_OUTPUT_BYTES)} bytes`;
  if (killed) return `did not end within ${formatNumber(TIMEOUT_MS)} ms`;
  if (typeof code === "number") return `exited with code ${code}`;
  if (typeof signal === "string") return `was ended by ${signal}`;
  return `could not be started${typeof code === "string" ? ` (${code})` : ""}`;
}

function quoteErrorOutput(stderr: string): string {
  // Hidden before it is cut off: a part of a secret would not be recognized.
  const line = hideLikelySecrets(stderr.slice(0, 10_000))
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[. ]+$/, "");
  return line.length > MAX_QUOTE
    ? `${line.slice(0, MAX_QUOTE).trim()} …`
    : line;
}

/** Returns the credentials, or what is wrong with the output. */
function readOutput(stdout: string): CredentialsLike | string {
  let output: unknown;
  try {
    output = parseJson(stdout.trim());
  } catch {
    return stdout.trim() === "" ? "printed nothing" : "did not print JSON";
  }
  if (!isObject(output)) return "did not print a JSON object";
  const { Version, AccessKeyId, SecretAccessKey } = output;
  const { SessionToken: token, Expiration: end } = output;
  if (Version !== 1) return "did not print Version 1";
  if (!isNonEmptyString(AccessKeyId)) return "printed no AccessKeyId";
  if (!isNonEmptyString(SecretAccessKey)) return "printed no SecretAccessKey";
  const hasToken = token !== undefined && token !== null && token !== "";
  if (hasToken && typeof token !== "string")
    return "printed a SessionToken that is not a string";
  const hasEnd = end !== undefined && end !== null && end !== "";
  const expiration = new Date(typeof end === "string" ? end : NaN);
  if (hasEnd && Number.isNaN(expiration.getTime()))
    return "printed an Expiration that is not a date in ISO 8601 format";
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(hasToken && { sessionToken: token }),
    ...(hasEnd && { expiration }),
  };
}
