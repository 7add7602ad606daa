import { TrustedProxies } from "../../http/client/TrustedProxies";
import type { ClientOptions } from "./ClientOptions";

/** The proxies that the options of a route or a router name. */
export const toTrustedProxies = ({
  trustedProxies,
  forwardedHeader,
}: ClientOptions): TrustedProxies | undefined =>
  trustedProxies && new TrustedProxies(trustedProxies, forwardedHeader);
