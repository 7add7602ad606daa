import { isTooDeep, JsonDepthError, MAX_JSON_DEPTH } from "../text/parseJson";
import { UnreadableBodyError } from "./awsError";
import type { WireResponse } from "./transport";

/**
 * Checks a body before the AWS SDK reads it as JSON, without a limit of nesting.
 *
 * @throws {@link UnreadableBodyError}.
 */
export function checkSdkBody(response: WireResponse): void {
  const { buffer, byteOffset, byteLength } = response.body;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
  if (isTooDeep(text, MAX_JSON_DEPTH))
    throw new UnreadableBodyError(response, new JsonDepthError(MAX_JSON_DEPTH));
}
