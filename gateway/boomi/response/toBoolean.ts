import { InvalidResponseError } from "./InvalidResponseError";

/**
 * A flag of a response, which a function may also return as a string.
 *
 * @throws {@link InvalidResponseError} if it is neither: ignoring it would change the message in another way than the function meant.
 */
export function toBoolean(member: string, value: unknown): boolean {
  if (value == null) return false;
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "true" || word === "false") return word === "true";
  throw new InvalidResponseError(`${member} must be true or false`);
}
