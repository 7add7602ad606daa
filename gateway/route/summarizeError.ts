import { BodyMemoryError } from "../http/BodyMemoryError";
import { BodyReadError } from "../http/BodyReadError";
import { RequestError } from "../http/RequestError";
import { OriginError } from "../origin/OriginError";

const ORIGIN_PROBLEMS: Readonly<Record<OriginError["status"], string>> = {
  400: "a request must not be sent to the origin",
  502: "the origin could not be reached, or its response was invalid or incomplete",
  504: "the origin did not respond in time",
};

/**
 * What happened, without anything that a client, a function or a secret could have put into the message: for logs that the host has not
 * asked for. Never throws.
 */
export function summarizeError(error: unknown): string {
  try {
    const hasFixedMessage =
      error instanceof BodyMemoryError ||
      error instanceof BodyReadError ||
      error instanceof RequestError;
    if (hasFixedMessage) return error.message;
    const code = findCode(error);
    const suffix = code === undefined ? "" : ` (${code})`;
    if (error instanceof OriginError)
      return ORIGIN_PROBLEMS[error.status] + suffix;
    if (!(error instanceof Error))
      return "a value that is not an Error was thrown";
    const location = findLocation(error);
    return `${toName(error)}${suffix}${location === undefined ? "" : ` at ${location}`}`;
  } catch {
    return "a value that cannot be read was thrown";
  }
}

/** A name that is not a text: words, as error classes and the errors of gateways have them. */
function toName({ name }: Error): string {
  return /^[\w$]+(?: [\w$]+){0,2}$/.test(name) && name.length <= 80
    ? name
    : "Error";
}

/** The code of an error or its causes, for example `ECONNREFUSED` or `ERR_CREDENTIALS`. */
function findCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" && /^[A-Z][A-Z\d_]{2,50}$/.test(code)
    ? code
    : findCode(error.cause, depth + 1);
}

/** Where an error was created: the file and line of its first stack frame outside Node. Its message could look like one. */
export function findLocation(error: Error): string | undefined {
  const { stack = "", message } = error;
  const at = stack.indexOf(message);
  if (typeof stack !== "string" || at < 0) return undefined;
  const frames = stack.slice(at + message.length).split("\n", 20);
  return frames
    .map(
      (frame) =>
        /^ +at .*?\(?((?:file:\/\/)?\/[^()]{1,300}:\d+:\d+|[A-Z]:\\[^()]{1,300}:\d+:\d+)\)?$/.exec(
          frame,
        )?.[1],
    )
    .find((location) => location !== undefined);
}
