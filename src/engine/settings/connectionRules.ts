import { isProxy } from "node:util/types";
import type { CredentialsLike } from "../../../domain";
import type { Connection } from "./Connection";
import { isCustomRegion } from "../arn/regions";
import { SERVICES } from "../http/serviceEndpoint";
import { readExpiration } from "./readExpiration";
import { findTypo } from "../validation/copyKnownFields";
import { isNonEmptyString } from "../text/isNonEmptyString";
import { isProxyUrl } from "../http/proxy";
import { toCertificates } from "../text/toCertificates";
import { isPlainObject } from "../text/isPlainObject";
import type { Rule, Violation } from "../validation/Rule";
import { formatNumber } from "../text/formatNumber";

const MAX_TIMER_MS = 2_147_483_647;

/** The largest `maxAttempts`. */
export const MAX_ATTEMPTS = 10;

/** The violation of an invalid region. */
export const INVALID_REGION: Violation = {
  rule: "region",
  message:
    "region must be the name of an AWS region, for example eu-central-1 (with hyphens), or a value of AWS_Region",
};

const CREDENTIAL_FIELDS = [
  "accessKeyId",
  "secretAccessKey",
  "sessionToken",
  "expiration",
];

/** Creates the rule of a timeout in ms. */
export function timeoutRule(field: string): Rule {
  return integerRule(field, MAX_TIMER_MS);
}

/** One rule per property of a connection. Properties that are not listed here are rejected. */
export const CONNECTION_RULES: Readonly<Record<keyof Connection, Rule>> = {
  // Whether it must be AWS's depends on the endpoints, see `resolveSettings`.
  region: (value) =>
    typeof value === "string" && isCustomRegion(value)
      ? undefined
      : INVALID_REGION,
  credentials: (value) => {
    if (typeof value === "function") return undefined;
    const suggestion = suggest(value, CREDENTIAL_FIELDS);
    if (isCredentials(value) && suggestion === "")
      return checkOptionalFields(value);
    return {
      rule: "credentials",
      message: `credentials must be an object with accessKeyId and secretAccessKey, or a function that returns one${suggestion}`,
    };
  },
  endpoint: (value) => {
    const urls = typeof value === "string" ? [value] : readUrls(value);
    if (urls?.every(isBaseUrl)) return undefined;
    if (urls?.every(isHttpUrl))
      return {
        rule: "baseUrl",
        message:
          "endpoint must be a base URL without user name, password, query and fragment, which are not sent",
      };
    return {
      rule: "isUrl",
      message: `endpoint must be a base URL, for example http://127.0.0.1:4566, or an object with base URLs for lambda, sts, ssm and rolesAnywhere${suggest(value, SERVICES)}`,
    };
  },
  useFips: booleanRule("useFips"),
  useDualStack: booleanRule("useDualStack"),
  timeoutMs: timeoutRule("timeoutMs"),
  connectTimeoutMs: timeoutRule("connectTimeoutMs"),
  maxSockets: integerRule("maxSockets", 65_535),
  maxAttempts: integerRule("maxAttempts", MAX_ATTEMPTS),
  proxy: (value) =>
    typeof value === "string" && isProxyUrl(value)
      ? undefined
      : {
          rule: "isUrl",
          message:
            "proxy must be the URL of an HTTP proxy, for example http://proxy.example:3128",
        },
  ca: (value) =>
    toCertificates(value) === undefined
      ? {
          rule: "certificates",
          message:
            "ca must be certificates in PEM format (-----BEGIN CERTIFICATE-----) or DER, or an array of these",
        }
      : undefined,
  rejectUnauthorized: booleanRule("rejectUnauthorized"),
  // Read by `readRoles`, which reports each field of each role.
  role: () => undefined,
};

function booleanRule(field: string): Rule {
  return (value) =>
    typeof value === "boolean"
      ? undefined
      : { rule: "isBoolean", message: `${field} must be true or false` };
}

function integerRule(field: string, max: number): Rule {
  const message = `${field} must be an integer from 1 to ${formatNumber(max)}`;
  return (value) => {
    if (!Number.isInteger(value)) return { rule: "isInt", message };
    if ((value as number) < 1) return { rule: "min", message };
    return (value as number) > max ? { rule: "max", message } : undefined;
  };
}

function isCredentials(value: unknown): value is object {
  if (typeof value !== "object" || value === null || isProxy(value))
    return false;
  const credentials = value as Record<string, unknown>;
  try {
    return (
      isNonEmptyString(credentials["accessKeyId"]) &&
      isNonEmptyString(credentials["secretAccessKey"])
    );
  } catch {
    // A getter of the caller's object threw.
    return false;
  }
}

function checkOptionalFields(credentials: object): Violation | undefined {
  const { sessionToken, expiration } = credentials as Partial<
    Record<keyof CredentialsLike, unknown>
  >;
  if (sessionToken !== undefined && !isNonEmptyString(sessionToken))
    return {
      path: "credentials.sessionToken",
      rule: "isString",
      message:
        "credentials.sessionToken must be a non-empty string, or omitted",
    };
  if (expiration !== undefined && !readExpiration(expiration))
    return {
      path: "credentials.expiration",
      rule: "isDate",
      message:
        "credentials.expiration must be a valid Date or an ISO 8601 string with an offset, for example 2030-01-01T12:00:00Z, or omitted",
    };
  return undefined;
}

function readUrls(value: unknown): unknown[] | undefined {
  if (!isPlainObject(value) || isProxy(value)) return undefined;
  const isKnown = Object.keys(value).every((service) =>
    SERVICES.some((each) => each === service),
  );
  const urls = Object.values(value).filter((url) => url !== undefined);
  return isKnown ? urls : undefined;
}

/** Describes a property whose name resembles that of a missing field. Empty if there is none. */
function suggest(value: unknown, fields: readonly string[]): string {
  if (typeof value !== "object" || value === null || isProxy(value)) return "";
  try {
    const typo = findTypo(value, fields);
    return typo ? `; it has ${typo.found}; did you mean ${typo.closest}?` : "";
  } catch {
    return "";
  }
}

/** Whether a value is an `http://` or `https://` URL of which everything is used. */
export function isBaseUrl(value: unknown): boolean {
  if (!isHttpUrl(value)) return false;
  const { username, password, search, hash } = new URL(String(value));
  return `${username}${password}${search}${hash}` === "";
}

function isHttpUrl(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  return ["http:", "https:"].includes(new URL(value).protocol);
}
