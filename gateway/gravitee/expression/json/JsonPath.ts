import type { JSONPathQuery } from "json-p3";
import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "../values/admit";
import type { Value } from "../values/Value";
import { applyEnding, checkEnding, type Ending } from "./applyEnding";
import { follow, type Step } from "./follow";
import type { JsonDocument } from "./JsonDocument";
import { markLists } from "../values/notation";
import { locate, toQuery, withoutLast } from "./toQuery";
import { toRfcPath } from "./toRfcPath";

/** A path through JSON that has been compiled, with the vendor's rules for what is not there. */
export class JsonPath {
  /** The steps of a path that leads to one place. Absent: it may lead to many. */
  readonly #steps: readonly Step[] | undefined;

  /** Leads to many; where it ends in a name, without that. */
  readonly #query: JSONPathQuery;

  /** The name at its end, which is null where it is missing. */
  readonly #leaf: string | undefined;

  readonly #ending: Ending | undefined;

  constructor(text: string) {
    const path = toRfcPath(text);
    this.#ending = path.ending && checkEnding(path.ending);
    const query = toQuery(path.text);
    const steps = stepsOf(query);
    const last = steps.at(-1);
    const isOne = steps.every((step) => step !== undefined);
    this.#steps = isOne ? steps : undefined;
    this.#leaf = !isOne && typeof last === "string" ? last : undefined;
    this.#query = this.#leaf === undefined ? query : withoutLast(query);
  }

  /** What it leads to in a document. */
  read(document: JsonDocument, meter: Meter): Value {
    const found = this.#steps
      ? follow(document.exact, this.#steps)
      : this.#readMany(document, meter);
    if (typeof found === "object" && found !== null) markLists(found, meter);
    return admit(
      this.#ending ? applyEnding(found, this.#ending, meter) : found,
    );
  }

  #readMany({ plain, exact }: JsonDocument, meter: Meter): unknown[] {
    const found: unknown[] = [];
    for (const place of locate(this.#query, { document: plain, meter })) {
      const value = at(exact, place);
      if (this.#leaf === undefined) found.push(value);
      else if (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value)
      )
        found.push(ownValue(value, this.#leaf) ?? null);
    }
    return found;
  }
}

function at(document: unknown, place: readonly (string | number)[]): unknown {
  let value = document;
  for (const step of place)
    value =
      typeof value === "object" && value !== null
        ? ownValue(value, step)
        : undefined;
  return value;
}

/** The step that each segment of a path is; `undefined` where it leads to many places. */
function stepsOf({ segments }: JSONPathQuery): (Step | undefined)[] {
  return segments.map((segment) => {
    if ("visit" in segment || segment.selectors.length !== 1) return undefined;
    const [only] = segment.selectors as { name?: unknown; index?: unknown }[];
    if (typeof only?.name === "string") return only.name;
    return typeof only?.index === "number" ? only.index : undefined;
  });
}
