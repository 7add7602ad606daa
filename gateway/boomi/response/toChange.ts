import type { Change } from "../../route/verdict/Change";
import { decodeBase64 } from "./decodeBase64";
import { InvalidResponseError } from "./InvalidResponseError";
import type { Modification } from "./SidecarResponse";
import { toBoolean } from "./toBoolean";

/** Members that a function returned. Their types are not checked yet: a function may return any JSON. */
export type Untrusted<Response> = {
  readonly [Member in keyof Response]?: unknown;
};

type UntrustedChange = Untrusted<
  Pick<
    Modification,
    "addHeaders" | "dropHeaders" | "payload" | "base64Encoded" | "json"
  >
>;

/**
 * The headers and the body of a `modify` or `terminate`. `json` sets the content type, unless the response sets another one.
 *
 * @throws {@link InvalidResponseError}
 */
export async function toChange(response: UntrustedChange): Promise<Change> {
  const dropHeaders = toHeaderNames(response.dropHeaders);
  const addHeaders = toHeaders("addHeaders", response.addHeaders);
  const body = await toBody(response);
  const hasContentType = Object.keys(addHeaders).some(
    (name) => name.toLowerCase() === "content-type",
  );
  const setHeaders =
    "json" in response && !hasContentType
      ? { ...addHeaders, "content-type": "application/json" }
      : addHeaders;
  return {
    ...(dropHeaders.length > 0 && { dropHeaders }),
    ...(Object.keys(setHeaders).length > 0 && { setHeaders }),
    ...(body !== undefined && { body }),
  };
}

/**
 * Header names from a response.
 *
 * @throws {@link InvalidResponseError}
 */
export function toHeaderNames(names: unknown): string[] {
  if (names == null) return [];
  if (Array.isArray(names) && names.every((each) => typeof each === "string"))
    return names;
  throw new InvalidResponseError("dropHeaders must be an array of strings");
}

/**
 * Headers from a response. Numbers and booleans become strings.
 *
 * @throws {@link InvalidResponseError}
 */
export function toHeaders(
  member: string,
  headers: unknown,
): Record<string, string> {
  if (headers == null) return {};
  const given = Object.entries(toRecord(member, headers));
  return Object.fromEntries(
    given.map(([name, value]) => {
      if (["string", "number", "boolean"].includes(typeof value))
        return [name, String(value)] as const;
      throw new InvalidResponseError(
        `${member}[${JSON.stringify(name)}] must be a string, a number or a boolean`,
      );
    }),
  );
}

/**
 * An object from a response.
 *
 * @throws {@link InvalidResponseError}
 */
export function toRecord(
  member: string,
  value: unknown,
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidResponseError(`${member} must be an object`);
  return value as Record<string, unknown>;
}

async function toBody({
  payload,
  base64Encoded,
  ...rest
}: UntrustedChange): Promise<string | Uint8Array | undefined> {
  // One page says that payload is always decoded, the examples follow the flag. The flag decides.
  const isEncoded = toBoolean("base64Encoded", base64Encoded);
  if ("json" in rest) return JSON.stringify(rest.json);
  if (payload == null) return undefined;
  if (typeof payload !== "string")
    throw new InvalidResponseError(
      "payload must be a string; return a JSON value in json",
    );
  if (!isEncoded) return payload;
  const bytes = await decodeBase64(payload);
  if (!bytes)
    throw new InvalidResponseError(
      "payload must be Base64 when base64Encoded is true",
    );
  return bytes;
}
