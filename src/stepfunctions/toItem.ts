import type { InvocationInput } from "../engine/invocation/prepareInvocation";
import { toClientContext } from "../engine/invocation/toClientContext";
import { MAX_JSON_DEPTH, parseJson } from "../engine/text/parseJson";
import type { Issue } from "../errors";
import { formatNumber } from "../engine/text/formatNumber";

/**
 * Longest item, in bytes. Step Functions passes at most 256 KiB (262,144 bytes) to a state; the rest is for the index, and for the
 * client context in base64.
 *
 * Source: {@link https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html | Quotas of Step Functions}.
 */
const MAX_ITEM_BYTES = 261_120;

/** Returns a valid invocation as one line of JSON. Adds an issue for each field that Step Functions cannot send or return. */
export function toItem(invocation: InvocationInput, issues: Issue[]): string {
  const { functionName, qualifier, invocationType, idempotent } = invocation;
  checkFields(invocation, issues);
  const fields = JSON.stringify({
    functionName,
    qualifier,
    invocationType,
    clientContext: toAsciiContext(invocation, issues),
    idempotent: idempotent === true ? true : undefined,
  });
  const payload = toCompactJson(invocation, issues);
  const item =
    payload === undefined
      ? fields
      : `${fields.slice(0, -1)},"payload":${payload}}`;
  const size = Buffer.byteLength(item);
  if (size > MAX_ITEM_BYTES)
    issues.push({
      path: "payload",
      rule: "size",
      message: `the request must have at most ${formatNumber(MAX_ITEM_BYTES)} bytes as a line of JSON, but has ${formatNumber(size)}; store the payload elsewhere and send a reference`,
    });
  return item;
}

function checkFields(invocation: InvocationInput, issues: Issue[]): void {
  const refuse = (path: keyof InvocationInput, message: string): void => {
    if (issues.every((issue) => issue.path !== path))
      issues.push({ path, rule: "conflict", message });
  };
  const { tenantId, durableExecutionName, logType } = invocation;
  if (tenantId !== undefined)
    refuse("tenantId", "tenantId must be omitted for Step Functions");
  if (durableExecutionName !== undefined)
    refuse(
      "durableExecutionName",
      "durableExecutionName must be omitted for Step Functions",
    );
  if (logType === "Tail")
    refuse(
      "logType",
      "logType must be None for Step Functions, which returns no log",
    );
  if (invocation.onFunctionError === "return")
    refuse(
      "onFunctionError",
      "onFunctionError must be throw for Step Functions, where a function error fails the request",
    );
}

/**
 * Returns the client context as JSON in ASCII: the definition encodes it as base64, which JSONata does not define for other
 * characters.
 */
function toAsciiContext(
  { clientContext }: InvocationInput,
  issues: Issue[],
): string | undefined {
  if (typeof clientContext !== "string") return undefined;
  const ascii = clientContext.replace(
    /[^\0-\x7f]/g,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  // Escaped characters are longer.
  toClientContext(ascii, issues);
  return ascii;
}

/** Returns the payload without whitespace, because an item is one line. */
function toCompactJson(
  { payload }: InvocationInput,
  issues: Issue[],
): string | undefined {
  if (payload === undefined) return undefined;
  const bytes = payload as Uint8Array;
  const path = "payload";
  try {
    const text = new TextDecoder("utf-8", {
      fatal: true,
      ignoreBOM: true,
    }).decode(bytes);
    const json = JSON.stringify(parseJson(text));
    // A longer item is invalid anyway.
    if (json.length > MAX_ITEM_BYTES || !hasOtherNumbers(text)) return json;
    const message =
      "payload must not contain a number with more digits than JavaScript keeps; send it as a string";
    issues.push({ path, rule: "json", message });
  } catch {
    const message = `payload must be JSON of at most ${MAX_JSON_DEPTH} levels for Step Functions`;
    issues.push({ path, rule: "json", message });
  }
  return undefined;
}

/** Strings, which are skipped, and numbers. In JSON, a quote outside a string always begins one. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** Whether JSON contains a number that changes when JavaScript, or Step Functions, reads and writes it. */
function hasOtherNumbers(json: string): boolean {
  for (const [token] of json.matchAll(STRING_OR_NUMBER))
    if (!token.startsWith('"') && !isKept(token)) return true;
  return false;
}

/** JavaScript keeps at least 15 significant digits. */
const KEPT_DIGITS = 15;

/** The longest double without an exponent has 309 digits. */
const MAX_NUMBER_LENGTH = 400;

function isKept(token: string): boolean {
  if (token.length > MAX_NUMBER_LENGTH) return false;
  const value = Number(token);
  const [mantissa = ""] = token.split(/e/i);
  const digits = mantissa.replace(/\D/g, "").replace(/^0+|0+$/g, "");
  if (!Number.isFinite(value) || (value === 0 && digits !== "")) return false;
  return digits.length <= KEPT_DIGITS || String(value) === token;
}
