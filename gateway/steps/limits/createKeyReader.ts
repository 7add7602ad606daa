import { cacheKey } from "../../../src/internal";
import { ignoreRejection } from "../../http/body/ignoreRejection";
import type { Exchange } from "../../http/Exchange";
import type { LimitKey } from "./LimitKey";
import { toClientNetwork } from "./toClientNetwork";

/** Reads the key of an exchange. Different values have different keys. */
export type KeyReader = (exchange: Exchange) => string;

/** Longest value that is a key as it is. Longer ones are hashed, so that clients cannot fill the memory with them. */
const MAX_LENGTH = 64;

/** The key of all requests. */
const EVERYTHING = "*";

/** The key of all requests without a value. */
const NOTHING = "-";

/** Creates the function that reads keys. */
export function createKeyReader(key: LimitKey): KeyReader {
  if (key === "route") return () => EVERYTHING;
  if (key === "client") return readClient;
  if (key === "apiKey") return attributeReader("apiKey");
  if (typeof key === "function")
    return (exchange) => toKey(key(exchange), "the value of the key function");
  if ("attribute" in key) return attributeReader(key.attribute);
  const { header } = key;
  return ({ request }) => hashValue(request.headers.get(header));
}

function readClient({ clientAddress: address }: Exchange): string {
  return address === undefined || address === ""
    ? NOTHING
    : boundValue(toClientNetwork(address));
}

const attributeReader =
  (name: string): KeyReader =>
  ({ attributes }) =>
    toKey(attributes.get(name), `the attribute ${JSON.stringify(name)}`);

/** Other types are errors: as a string, all objects would be equal. */
function toKey(value: unknown, what: string): string {
  if (value === undefined || value === null || value === "") return NOTHING;
  if (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "boolean"
  )
    return boundValue(String(value));
  ignoreRejection(value);
  throw new TypeError(
    `${what} must be a string, a number, a boolean or undefined, not ${typeof value}`,
  );
}

const boundValue = (value: string): string =>
  value.length <= MAX_LENGTH ? `=${value}` : `#${cacheKey("limit", value)}`;

/** Headers can be credentials, which must not be kept or sent to a store. */
const hashValue = (value: string | undefined): string =>
  value === undefined || value === ""
    ? NOTHING
    : `#${cacheKey("limit", value)}`;
