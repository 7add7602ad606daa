import type { Call } from "./Call";
import { readStringProperty } from "../text/readStringProperty";

/** An error as the AWS SDK and the direct codecs throw it. */
export interface ServiceException extends Error {
  readonly $fault?: "client" | "server";
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string | undefined;
  };
  readonly $response?: { headers?: Readonly<Record<string, string>> };
}

/** AWS's error code; anything that is not a single word is not a code. */
export function readServiceCode(error: Error, { secrets }: Call): string {
  const name = secrets.hide(readStringProperty(error, "name"));
  return /^[\w.]{1,100}$/.test(name) ? name : "Unknown";
}

/** AWS's request ID; anything else, or a secret that the server repeats, is not one. */
export function readRequestId(
  { $metadata }: ServiceException,
  { secrets }: Call,
): string | undefined {
  const requestId: unknown = $metadata?.requestId;
  const isId =
    typeof requestId === "string" &&
    /^[\w-]{1,100}$/.test(requestId) &&
    secrets.hide(requestId) === requestId;
  return isId ? requestId : undefined;
}
