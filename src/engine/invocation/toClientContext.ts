import type { Issue } from "../../errors";
import { toJsonObjectString } from "../text/toJsonObjectString";
import { formatNumber } from "../text/formatNumber";

/** Lambda's limit, in bytes of base64. */
const MAX_BASE64_BYTES = 3_583;

/**
 * Encodes a client context for its header: a JSON object, or a JSON string of one, in base64. Adds an issue if it is invalid.
 */
export function toClientContext(
  clientContext: unknown,
  issues: Issue[],
): string | undefined {
  if (clientContext === undefined) return undefined;
  const json = toJsonObjectString(clientContext);
  const base64 = json && Buffer.from(json).toString("base64");
  if (base64 && base64.length <= MAX_BASE64_BYTES) return base64;
  issues.push({
    path: "clientContext",
    ...(base64
      ? {
          rule: "size",
          message: `clientContext must have at most ${formatNumber(MAX_BASE64_BYTES)} bytes in base64, but has ${formatNumber(base64.length)}`,
        }
      : {
          rule: "json",
          message:
            "clientContext must be a JSON object or a JSON string of one",
        }),
  });
  return undefined;
}
