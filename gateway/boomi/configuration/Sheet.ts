import {
  isOutOfPlace,
  knownKey,
  meantKey,
  shownKey,
  type KnownKey,
} from "./keys";
import type { Param, Point } from "./PointConfiguration";
import { regionOfFunction } from "./readArn";
import { READERS, type Key, type Values } from "./readers";
import type { Setting } from "./Setting";
import { INVALID_CONFIGURATION, type SidecarIssue } from "./SidecarIssue";

/** What is required, with the vendor's text for where it is missing, in the order of his table: rows 1 to 4. */
const REQUIRED: readonly (readonly [Key, string])[] = [
  ["region", "AWS Region Not Specified"],
  ["functionARN", "Function ARN Not Specified"],
  ["roleARN", "Role ARN Not Specified"],
  ["externalIdKey", "External ID Not Specified"],
];

/** A rule that a setting breaks. */
interface Broken {
  /** Which key it is about; empty where that cannot be told. */
  readonly path: string;
  readonly rule: string;
  /** Without where it stands. */
  readonly says: string;
}

/** A key that is not read over. */
type ReadKey = Exclude<KnownKey, { readonly kind: "ignored" }>;

/** What has been read of a point so far, one setting after another. */
export class Sheet {
  readonly values: Values = {};

  /** Without prototype: a parameter may have any name, `__proto__` as well. */
  readonly params = Object.create(null) as Record<string, Param>;

  /** In the order of the settings. */
  readonly issues: SidecarIssue[] = [];

  /** Where each key was given first, and what had been found until then. */
  readonly #places = new Map<string, { where: string; issues: number }>();

  /** Keys that were given without a value. */
  readonly #empty = new Set<string>();

  constructor(readonly point: Point) {}

  /** Takes the next setting. */
  take(setting: Setting): void {
    const { where } = setting;
    const known = knownKey(setting.key);
    if (known?.kind === "ignored") return;
    const broken = known
      ? (this.#placed(known, where) ?? this.#read(known, setting))
      : unknown(setting.key, this.point);
    if (broken) this.issues.push(toIssue(where, broken));
  }

  /** The keys that are required and missing; one without a value is missing too. */
  missing(label: string): SidecarIssue[] {
    return REQUIRED.filter(
      ([key]) => !this.#places.has(key) || this.#empty.has(key),
    ).map(([key, message]) => ({
      ...toIssue(this.#places.get(key)?.where ?? label, {
        path: key,
        rule: "required",
        says: `${key} is required`,
      }),
      row: { name: INVALID_CONFIGURATION, message },
    }));
  }

  /** Looks at what two settings say together. */
  compare(): void {
    const { region, functionARN = "" } = this.values;
    const named = regionOfFunction(functionARN);
    const place = this.#places.get("functionARN");
    if (!place || !named || !region || named === region) return;
    const says = `functionARN is of ${named}, and region says ${region}: both are the region of the function`;
    const issue = toIssue(place.where, {
      path: "functionARN",
      rule: "region",
      says,
    });
    this.issues.splice(place.issues, 0, issue);
  }

  /** Notes where a key stands. Of one that is given twice nobody can tell which is meant. */
  #placed({ key }: KnownKey, where: string): Broken | undefined {
    const first = this.#places.get(key);
    if (!first) {
      this.#places.set(key, { where, issues: this.issues.length });
      return undefined;
    }
    const how =
      first.where === where ? "in two spellings" : `first in ${first.where}`;
    const says = `${shownKey(key) ?? "a key"} is given twice, ${how}`;
    return { path: key, rule: "twice", says };
  }

  #read(known: ReadKey, { value }: Setting): Broken | undefined {
    if (known.kind === "param") return this.#readParam(known, value);
    const { key } = known;
    if (isOutOfPlace(key, this.point)) return outOfPlace(key);
    if (value === "" && REQUIRED.some(([each]) => each === key)) {
      this.#empty.add(key);
      return undefined;
    }
    const reading = READERS[key](value, this.point);
    if (!("value" in reading))
      return { path: key, rule: reading.rule, says: `${key} ${reading.says}` };
    (this.values as Record<Key, unknown>)[key] = reading.value;
    return undefined;
  }

  #readParam(
    { key, name }: { readonly key: string; readonly name: string },
    value: unknown,
  ): Broken | undefined {
    if (name === "")
      return {
        path: key,
        rule: "name",
        says: `${key} takes the parameter's name behind it, for example ${key}label`,
      };
    if (!isParam(value))
      return {
        path: key,
        rule: "param",
        says: `${shownKey(key) ?? "a parameter"} takes a text, a finite number, true, false or null`,
      };
    this.params[name] = value;
    return undefined;
  }
}

function isParam(value: unknown): value is Param {
  return typeof value === "number"
    ? Number.isFinite(value)
    : value === null || typeof value === "string" || typeof value === "boolean";
}

/** An unknown key is refused: what it was to do would not be done, and nobody would be told. */
function unknown(key: string, point: Point): Broken {
  const shown = shownKey(key);
  const meant = meantKey(key, point);
  const says = `${shown ?? "what stands before the colon"} is no key of this connector${meant ? `; ${meant} may be meant` : ""}`;
  return { path: shown ?? "", rule: "unknown", says };
}

/** The vendor's table has these keys at pre, his examples and errors those of the request: there is no response yet. */
function outOfPlace(key: Key): Broken {
  const meant = key.replace("response", "request");
  const says = `${key} is for post: before the origin is asked there is no response; ${meant} may be meant`;
  return { path: key, rule: "point", says };
}

function toIssue(where: string, { path, rule, says }: Broken): SidecarIssue {
  return { path, rule, message: `${where}: ${says}` };
}
