import type { Issue } from "../../../src";
import { isNetwork } from "../../http/client/TrustedProxies";
import type { ClientOptions } from "./ClientOptions";

/** Checks each of `trustedProxies`, and that there are some if `forwardedHeader` is set. Returns each rule that is broken. */
export function validateClientOptions({
  trustedProxies,
  forwardedHeader,
}: ClientOptions): Issue[] {
  if (forwardedHeader === undefined || trustedProxies !== undefined)
    return validateProxies(trustedProxies);
  return [
    {
      path: "forwardedHeader",
      rule: "trustedProxies",
      message: "forwardedHeader requires trustedProxies; set trustedProxies",
    },
  ];
}

function validateProxies(proxies: unknown): Issue[] {
  if (proxies === undefined) return [];
  if (!Array.isArray(proxies))
    return [
      {
        path: "trustedProxies",
        rule: "array",
        message: "trustedProxies must be an array of addresses and networks",
      },
    ];
  return proxies.flatMap((each: unknown, index) => {
    const path = `trustedProxies[${index}]`;
    return isNetwork(each)
      ? []
      : {
          path,
          rule: "network",
          message: `${path} must be an IP address, or a network such as 10.0.0.0/8`,
        };
  });
}
