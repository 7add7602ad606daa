import type { Exchange } from "../../http/Exchange";
import type { Change } from "../../route/verdict/Change";
import { InvalidResponseError } from "./InvalidResponseError";
import type { SidecarOptions } from "../options/SidecarOptions";
import type { RouteChange } from "./SidecarResponse";
import { toRecord, type Untrusted } from "./toChange";

/**
 * The change of target, URL and method that a `changeRoute` asks for.
 *
 * @throws {@link InvalidResponseError} if it is not valid, or the option `reroute` does not allow it.
 */
export function toRerouting(
  changeRoute: unknown,
  {
    exchange,
    options,
  }: { readonly exchange: Exchange; readonly options: SidecarOptions },
): Change {
  const { reroute = false, endpoint } = options;
  if (changeRoute == null) return {};
  if (reroute === false)
    throw new InvalidResponseError(
      "changeRoute is not allowed; set reroute to the origins that functions may choose",
    );
  const route: Untrusted<RouteChange> = toRecord("changeRoute", changeRoute);
  const { uri, host, port, file, httpVerb } = route;
  const url = toUrl(route, {
    url: exchange.request.url,
    origin: exchange.request.target ?? endpoint.origin ?? "http://localhost",
  });
  const changesTarget = uri != null || host != null || port != null;
  const isAllowed =
    reroute === true ||
    reroute.some((each) => new URL(each).origin === url.origin);
  if (changesTarget && !isAllowed)
    throw new InvalidResponseError(
      `changeRoute must not change the origin to ${url.origin}; to allow it, add that origin to reroute`,
    );
  return {
    ...(changesTarget && { target: url.origin }),
    ...((uri != null || file != null) && { url: url.pathname + url.search }),
    ...(httpVerb != null && { method: toMethod(httpVerb) }),
  };
}

function toUrl(
  { uri, host, port, file }: Untrusted<RouteChange>,
  current: { readonly url: string; readonly origin: string },
): URL {
  const base = new URL(current.origin);
  const authority = `${toText(host) ?? base.hostname}:${toText(port) ?? (host == null ? base.port : "")}`;
  const path = toText(file) ?? current.url;
  const text =
    toText(uri) ??
    `${base.protocol}//${authority}${path.startsWith("/") ? path : `/${path}`}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "")
    throw new InvalidResponseError(
      "changeRoute must result in an http or https URL without a user name",
    );
  return url;
}

/** Node's client sends every method in upper case, so later steps must see it as such. */
const toMethod = (verb: unknown): string =>
  typeof verb === "string" ? verb.toUpperCase() : (verb as string);

function toText(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value === "string" || typeof value === "number")
    return String(value);
  throw new InvalidResponseError(
    "the members of changeRoute must be strings, or numbers for port",
  );
}
