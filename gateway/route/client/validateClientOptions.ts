import type { Issue } from "../../../src";
import { isNetwork } from "../../http/client/TrustedProxies";
import type { ClientOptions } from "./ClientOptions";

/** Checks `trustedProxies` and `forwardedHeader`, and returns each rule that is broken. */
export function validateClientOptions({
  trustedProxies,
  forwardedHeader,
}: ClientOptions): Issue[] {
  const issues = validateProxies(trustedProxies);
  if (forwardedHeader === undefined) return issues;
  if (!["x-forwarded-for", "forwarded"].includes(forwardedHeader))
    issues.push({
      path: "forwardedHeader",
      rule: "oneOf",
      message: 'forwardedHeader must be "x-forwarded-for" or "forwarded"',
    });
  else if (trustedProxies === undefined)
    issues.push({
      path: "forwardedHeader",
      rule: "trustedProxies",
      message: "forwardedHeader requires trustedProxies; set trustedProxies",
    });
  return issues;
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
