import type { Exchange } from "../http/Exchange";
import {
  isUnusualName,
  toPlainName,
  toVariableName,
} from "../http/headerNames";
import { isReservedHeader } from "../http/headerRules";
import type { HeaderList } from "../http/HeaderList";

/** Headers that describe the connection to the gateway. */
const FORWARDED = new Set([
  "host",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
]);

/**
 * Removes headers of the client that many servers cannot distinguish from a header that the gateway or a step has set or removed: CGI,
 * WSGI and PHP read `X_Partner` and `X-Partner` as the same variable, and some servers `X.Partner` or `X~Partner` as well.
 */
export function withoutLookalikes(
  headers: HeaderList,
  { request, originalRequest: arrived }: Exchange,
): HeaderList {
  if (!headers.lines.some((name, at) => at % 2 === 0 && isUnusualName(name)))
    return headers;
  const changed = findChangedHeaders({ request, originalRequest: arrived });
  const folded = new Set([...changed].map(toVariableName));
  const isLookalike = (name: string): boolean => {
    if (FORWARDED.has(name) || changed.has(name)) return false;
    const plain = toPlainName(name);
    return (
      folded.has(toVariableName(name)) ||
      (plain !== name && (FORWARDED.has(plain) || isReservedHeader(plain)))
    );
  };
  return headers.without(headers.names().filter(isLookalike));
}

/** Trailers of the client that have the name of a header which a step has set or removed, as some server could read it. */
export function isTrailerOfChangedHeader(
  exchange: Exchange,
): (name: string) => boolean {
  let folded: ReadonlySet<string> | undefined;
  return (name) => {
    folded ??= new Set([...findChangedHeaders(exchange)].map(toVariableName));
    return folded.has(toVariableName(name));
  };
}

/** Names of the headers that steps have set or removed, in lower case. */
function findChangedHeaders({
  request,
  originalRequest: arrived,
}: Pick<Exchange, "request" | "originalRequest">): ReadonlySet<string> {
  const names = new Set([
    ...arrived.headers.names(),
    ...request.headers.names(),
  ]);
  return new Set(
    [...names].filter(
      (name) => arrived.headers.get(name) !== request.headers.get(name),
    ),
  );
}
