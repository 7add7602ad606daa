import type { Exchange } from "../http/Exchange";
import { isReservedHeader } from "../http/headerRules";
import type { HeaderList } from "../http/HeaderList";

/** Headers that describe the connection to the gateway. */
const FORWARDED = new Set([
  "host",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
]);

/**
 * Removes headers of the client that many servers cannot distinguish from a header that the gateway or a step has set or removed: CGI,
 * WSGI and PHP read `X_Partner` and `X-Partner` as the same variable.
 */
export function withoutLookalikes(
  headers: HeaderList,
  { request, originalRequest: arrived }: Exchange,
): HeaderList {
  if (!headers.lines.some((name, at) => at % 2 === 0 && name.includes("_")))
    return headers;
  const names = new Set([
    ...arrived.headers.names(),
    ...request.headers.names(),
  ]);
  const changed = [...names].filter(
    (name) => arrived.headers.get(name) !== request.headers.get(name),
  );
  const folded = new Set(changed.map(toVariable));
  const isLookalike = (name: string): boolean => {
    if (FORWARDED.has(name) || changed.includes(name)) return false;
    const plain = name.replaceAll("_", "-");
    return (
      folded.has(toVariable(name)) ||
      (plain !== name && (FORWARDED.has(plain) || isReservedHeader(plain)))
    );
  };
  return headers.without(headers.names().filter(isLookalike));
}

const toVariable = (name: string): string => name.replaceAll("-", "_");
