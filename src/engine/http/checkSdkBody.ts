import { isTooDeep, JsonDepthError, MAX_JSON_DEPTH } from "../text/parseJson";
import { UnreadableBodyError } from "./awsError";
import type { WireResponse } from "./transport";

/** Matches XML, also after a byte order mark. */
const XML = /^(?:\xef\xbb\xbf)?\s*</;

/**
 * Checks a body before the AWS SDK reads it: its readers have no limit of nesting, and read the whole body again for each
 * document type declaration. AWS sends no such declaration.
 *
 * @throws {@link UnreadableBodyError}.
 */
export function checkSdkBody(response: WireResponse): void {
  const { buffer, byteOffset, byteLength } = response.body;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
  if (!XML.test(text)) {
    if (!isTooDeep(text, MAX_JSON_DEPTH)) return;
    throw new UnreadableBodyError(response, new JsonDepthError(MAX_JSON_DEPTH));
  }
  if (/<!doctype/i.test(text))
    throw new UnreadableBodyError(response, new Error("it is not AWS's XML"));
  if (isXmlTooDeep(text))
    throw new UnreadableBodyError(response, new JsonDepthError(MAX_JSON_DEPTH));
}

/** Whether elements are nested too deeply. Tags in comments and sections count as well, which AWS's responses do not have. */
function isXmlTooDeep(xml: string): boolean {
  let depth = 0;
  let end = 0;
  for (;;) {
    const at = xml.indexOf("<", end);
    end = at < 0 ? -1 : xml.indexOf(">", at);
    if (end < 0) return false;
    const next = xml[at + 1];
    if (next === "/") depth--;
    else if (next !== "!" && next !== "?" && xml[end - 1] !== "/")
      if (++depth > MAX_JSON_DEPTH) return true;
  }
}
