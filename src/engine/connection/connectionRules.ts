import { isProxy } from "node:util/types";
import type { Connection } from "./Connection";
import { findTypo } from "../validation/copyKnownFields";
import { isPlainObject } from "../text/isPlainObject";

/** What is wrong with a value, in words; `undefined`: nothing. */
type Rule = (value: unknown) => string | undefined;

const LONGEST_TIMER_MS = 2_147_483_647;
/** A well-formed region, whether it is known or not; part of a host's name, and no longer than one. */
export const REGION = /^(?=.{1,63}$)[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

const KEYS = ["accessKeyId", "secretAccessKey", "sessionToken", "expiration"];
/** The services that a connection speaks to, as its endpoints name them. */
export const SERVICES = ["lambda", "sts", "ssm", "rolesAnywhere"] as const;

/** A time, in ms. */
export function timeoutRule(field: string): Rule {
  return wholeNumber(field, LONGEST_TIMER_MS);
}

/** One rule for each field of a connection. The list is what makes a field known. */
export const CONNECTION_RULES: Readonly<Record<keyof Connection, Rule>> = {
  region: (value) => {
    if (typeof value === "string" && REGION.test(value)) return undefined;
    return "region takes AWS's name of a region, for example eu-central-1 (with hyphens), or a value of AWS_Region";
  },
  credentials: (value) => {
    if (typeof value === "function") return undefined;
    const slip = slipOf(value, KEYS);
    if (isKeys(value) && slip === "") return undefined;
    return `credentials takes an object with accessKeyId and secretAccessKey, or a function that gives one${slip}`;
  },
  endpoint: (value) => {
    const urls = typeof value === "string" ? [value] : endpointsOf(value);
    if (urls?.every(isHttpUrl)) return undefined;
    return `endpoint takes a base URL, for example http://127.0.0.1:4566, or one each for lambda, sts, ssm and rolesAnywhere${slipOf(value, SERVICES)}`;
  },
  useFips: flag("useFips"),
  useDualStack: flag("useDualStack"),
  timeoutMs: timeoutRule("timeoutMs"),
  connectTimeoutMs: timeoutRule("connectTimeoutMs"),
  maxSockets: wholeNumber("maxSockets", 65_535),
  proxy: (value) =>
    isHttpUrl(value)
      ? undefined
      : "proxy takes the URL of an HTTP proxy, for example http://proxy.example:3128",
  ca: (value) =>
    typeof value === "string" && value.includes("-----BEGIN CERTIFICATE-----")
      ? undefined
      : "ca takes certificates as PEM text, beginning with -----BEGIN CERTIFICATE-----",
  rejectUnauthorized: flag("rejectUnauthorized"),
};

function flag(field: string): Rule {
  return (value) =>
    typeof value === "boolean" ? undefined : `${field} takes true or false`;
}

function wholeNumber(field: string, most: number): Rule {
  return (value) => {
    const fits =
      Number.isInteger(value) &&
      (value as number) >= 1 &&
      (value as number) <= most;
    return fits
      ? undefined
      : `${field} takes a whole number from 1 to ${most.toLocaleString("en")}`;
  };
}

function isKeys(value: unknown): boolean {
  if (typeof value !== "object" || value === null || isProxy(value))
    return false;
  const keys = value as Record<string, unknown>;
  try {
    return (
      isText(keys["accessKeyId"]) &&
      isText(keys["secretAccessKey"]) &&
      (keys["sessionToken"] === undefined || isText(keys["sessionToken"]))
    );
  } catch {
    // A getter of theirs threw.
    return false;
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function endpointsOf(value: unknown): unknown[] | undefined {
  if (!isPlainObject(value) || isProxy(value)) return undefined;
  const known = Object.keys(value).every((service) =>
    SERVICES.some((each) => each === service),
  );
  const urls = Object.values(value).filter((url) => url !== undefined);
  return known ? urls : undefined;
}

/** A name in it that is close to one of those that were meant. */
function slipOf(value: unknown, fields: readonly string[]): string {
  if (typeof value !== "object" || value === null || isProxy(value)) return "";
  try {
    const slip = findTypo(value, fields);
    return slip ? `; it has ${slip.given}, and ${slip.meant} may be meant` : "";
  } catch {
    return "";
  }
}

/** The URL of something that speaks HTTP. */
export function isHttpUrl(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  return ["http:", "https:"].includes(new URL(value).protocol);
}
