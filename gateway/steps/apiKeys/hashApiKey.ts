import { hash } from "node:crypto";
import { throwIssues } from "../../route/throwIssues";

/** 1 to 1,024 visible ASCII characters: others differ between the encodings of headers and URLs. */
const KEY = /^[!-~]{1,1024}$/;

/** Whether a value can be an API key. */
export const isApiKey = (value: unknown): value is string =>
  typeof value === "string" && KEY.test(value);

/**
 * Returns the hash of an API key for the option `keys` of {@link apiKeys}: its SHA-256 hash, as 64 hexadecimal digits. It is not salted, so
 * use long random keys, such as `randomBytes(24).toString("base64url")`.
 *
 * @param key - 1 to 1,024 visible ASCII characters.
 * @throws `ERR_INVALID_INPUT` if it is not such a key.
 *
 * @example
 * console.log(hashApiKey("6FLZ3H0TnVbYwZ0kq0WlUY5iS5mRrcbN"));
 *
 * @category Gateway
 */
export function hashApiKey(key: string): string {
  if (!isApiKey(key))
    throwIssues("hashApiKey", [
      {
        path: "key",
        rule: "key",
        message: "key must be 1 to 1,024 visible ASCII characters",
      },
    ]);
  return hash("sha256", key, "hex");
}
