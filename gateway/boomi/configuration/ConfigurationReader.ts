import type { ConfigurationEntry } from "./ConfigurationEntry";
import {
  findKey,
  isResponseKeyBeforeOrigin,
  suggestKey,
  toPrintableKey,
  type FoundKey,
} from "./configurationKeys";
import { getFunctionRegion } from "./parseArn";
import type { Point, SidecarParam } from "./PointConfiguration";
import { INVALID_CONFIGURATION, type SidecarIssue } from "./SidecarIssue";
import { toTrimmedString } from "./ValueParser";
import {
  VALUE_PARSERS,
  type ConfigurationKey,
  type ConfigurationValues,
} from "./valueParsers";

/** The required keys with Boomi's messages, in the order of rows 1 to 4 of Boomi's table. */
const REQUIRED: readonly (readonly [ConfigurationKey, string])[] = [
  ["region", "AWS Region Not Specified"],
  ["functionARN", "Function ARN Not Specified"],
  ["roleARN", "Role ARN Not Specified"],
  ["externalIdKey", "External ID Not Specified"],
];

/** A rule that an entry breaks, without the location. */
interface Problem {
  /** The key; empty if it can't be printed. */
  readonly path: string;
  readonly rule: string;
  readonly text: string;
}

type ParsedKey = Exclude<FoundKey, { readonly kind: "ignored" }>;

/** Collects values, parameters and issues from the entries of one point. */
export class ConfigurationReader {
  readonly values: ConfigurationValues = {};

  /** Has no prototype: a parameter may have any name, including `__proto__`. */
  readonly params = Object.create(null) as Record<string, SidecarParam>;

  /** In the order of the entries. */
  readonly issues: SidecarIssue[] = [];

  /** Where each key was first given, and how many issues were found before it. */
  readonly #firstUses = new Map<
    string,
    { location: string; issueCount: number }
  >();

  /** Keys that were given without a value. */
  readonly #emptyKeys = new Set<string>();

  constructor(readonly point: Point) {}

  /** Adds the next entry. */
  add(entry: ConfigurationEntry): void {
    const { location } = entry;
    const found = findKey(entry.key);
    if (found?.kind === "ignored") return;
    const problem = found
      ? (this.#checkDuplicate(found, location) ?? this.#parse(found, entry))
      : toUnknownKey(entry.key, this.point);
    if (problem) this.issues.push(toIssue(location, problem));
  }

  /** Returns an issue for each required key that is missing or has no value. */
  findMissingKeys(label: string): SidecarIssue[] {
    return REQUIRED.filter(
      ([key]) => !this.#firstUses.has(key) || this.#emptyKeys.has(key),
    ).map(([key, message]) => ({
      ...toIssue(this.#firstUses.get(key)?.location ?? label, {
        path: key,
        rule: "required",
        text: `${key} is required`,
      }),
      boomiError: { name: INVALID_CONFIGURATION, message },
    }));
  }

  /** Checks that the function is in the configured region. */
  checkRegion(): void {
    const { region, functionARN = "" } = this.values;
    const functionRegion = getFunctionRegion(functionARN);
    const firstUse = this.#firstUses.get("functionARN");
    if (!firstUse || !functionRegion || !region || functionRegion === region)
      return;
    const text = `functionARN must be in the region ${region}, but is in ${functionRegion}`;
    const issue = toIssue(firstUse.location, {
      path: "functionARN",
      rule: "region",
      text,
    });
    this.issues.splice(firstUse.issueCount, 0, issue);
  }

  /** A duplicate key is rejected, because it is unclear which value is meant. */
  #checkDuplicate({ key }: FoundKey, location: string): Problem | undefined {
    const firstUse = this.#firstUses.get(key);
    if (!firstUse) {
      this.#firstUses.set(key, { location, issueCount: this.issues.length });
      return undefined;
    }
    const detail =
      firstUse.location === location
        ? "in two spellings"
        : `first in ${firstUse.location}`;
    const text = `${toPrintableKey(key) ?? "a key"} is set twice, ${detail}`;
    return { path: key, rule: "duplicate", text };
  }

  #parse(found: ParsedKey, { value }: ConfigurationEntry): Problem | undefined {
    if (found.kind === "param") return this.#parseParam(found, value);
    const { key } = found;
    if (isResponseKeyBeforeOrigin(key, this.point)) return toMisplacedKey(key);
    // An empty value counts as not given, whichever the key.
    if (toTrimmedString(value) === "") {
      this.#emptyKeys.add(key);
      return undefined;
    }
    const result = VALUE_PARSERS[key](value, this.point);
    if (!("value" in result)) {
      const { rule, expectation } = result;
      return { path: key, rule, text: `${key} ${expectation}` };
    }
    (this.values as Record<ConfigurationKey, unknown>)[key] = result.value;
    return undefined;
  }

  #parseParam(
    { key, name }: { readonly key: string; readonly name: string },
    value: unknown,
  ): Problem | undefined {
    if (name === "")
      return {
        path: key,
        rule: "name",
        text: `${key} must be followed by the name of the parameter, for example ${key}label`,
      };
    if (!isParam(value))
      return {
        path: key,
        rule: "param",
        text: `${toPrintableKey(key) ?? "a parameter"} must be a string, a finite number, true, false or null`,
      };
    this.params[name] = value;
    return undefined;
  }
}

function isParam(value: unknown): value is SidecarParam {
  return typeof value === "number"
    ? Number.isFinite(value)
    : value === null || typeof value === "string" || typeof value === "boolean";
}

/** An unknown key is rejected: ignoring it would silently drop the setting. */
function toUnknownKey(key: string, point: Point): Problem {
  const printable = toPrintableKey(key);
  const suggestion = suggestKey(key, point);
  const text = `${printable ?? "the part before the colon"} is not a key of this connector${suggestion ? `; did you mean ${suggestion}?` : ""}`;
  return { path: printable ?? "", rule: "unknown", text };
}

/**
 * Boomi's table lists these keys for pre-processing, while its examples and errors use the request-header keys. There is no
 * response yet at that point.
 */
function toMisplacedKey(key: ConfigurationKey): Problem {
  const suggestion = key.replace("response", "request");
  const text = `${key} is valid only in postInput because there is no response before the origin is called; did you mean ${suggestion}?`;
  return { path: key, rule: "point", text };
}

function toIssue(
  location: string,
  { path, rule, text }: Problem,
): SidecarIssue {
  return { path, rule, message: `${location}: ${text}` };
}
