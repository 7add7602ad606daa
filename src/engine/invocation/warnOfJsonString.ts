/** Longer strings are not parsed, only recognized by their first and last character: parsing would block the event loop. */
const MAX_PARSED_LENGTH = 100_000;

/** Strings that are checked in this process, so that a function that expects such strings costs nothing in the long run. */
const MAX_CHECKS = 100;

let checksLeft = MAX_CHECKS;

/**
 * Warns once per process if the payload is a string that contains a JSON object or array. It is sent as a JSON string, as any
 * other string, but callers who know the AWS SDK often mean the value. Never prints the string, which can contain secrets.
 */
export function warnOfJsonString({
  payload,
  functionName,
}: {
  readonly payload?: unknown;
  readonly functionName: string;
}): void {
  if (typeof payload !== "string" || checksLeft === 0) return;
  if (!mayContainJson(payload)) return;
  checksLeft--;
  if (payload.length <= MAX_PARSED_LENGTH && !isJson(payload)) return;
  checksLeft = 0;
  process.emitWarning(
    `payload for the function ${functionName} is a string that contains JSON; it is sent as a JSON string. Pass the value itself, or use payloadJson for a JSON string`,
    {
      type: "PayloadWarning",
      code: "AWS_LAMBDA_CONNECTOR_PAYLOAD",
      detail:
        "If the function expects a string, set payloadJson to JSON.stringify(payload). Further payloads are not reported.",
    },
  );
}

/** Whether the string begins and ends as a JSON object or array. */
function mayContainJson(text: string): boolean {
  const start = /\S/.exec(text)?.[0];
  if (start !== "{" && start !== "[") return false;
  return text.trimEnd().endsWith(start === "{" ? "}" : "]");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
