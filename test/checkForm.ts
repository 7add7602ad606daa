import type { AnyConnectorError } from "../src/errors";

/** Examples of settings and lists of characters, which contain colons. */
const EXAMPLES =
  /\b(idempotent|overwrite|useFips|useDualStack|\w*externalId\w*): (true|false)|[_ ,.@] : [/=]/gi;

/** Checks that a message has the form `<Operation>: <what happened>.` on one line, and quotes causes in parentheses. */
export function checkForm({
  operation,
  message,
  code,
}: AnyConnectorError): void {
  let text = message.replace(EXAMPLES, "");
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(/\([^()]*\)|"[^"]*"|\{[^{}]*\}/g, "");
  }
  const start = `${operation}: `;
  // AWS's own words follow.
  const [rest = ""] = text.slice(start.length).split("AWS returned ");
  const hasColon = code !== "ERR_SERVICE" && rest.includes(": ");
  if (!text.startsWith(start) || hasColon || message.includes("\n"))
    throw new Error(`The message has another form: ${message}`);
}
