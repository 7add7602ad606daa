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

/** A compiled JSONPath, with the rules of Gravitee's library (Jayway JsonPath) for missing values. */
export class JsonPath {
  /** The steps of a path that selects one value. Undefined if it may select several. */
  readonly #steps: readonly Step[] | undefined;

  /** The query of a path that may select several values, without a name at its end. */
  readonly #query: JSONPathQuery;

  /** The name at the end of the query. A missing property of that name is null. */
  readonly #leaf: string | undefined;

  readonly #ending: Ending | undefined;

  constructor(text: string) {
    const path = toRfcPath(text);
    this.#ending = path.ending && checkEnding(path.ending);
    const query = toQuery(path.text);
    const steps = stepsOf(query);
    const last = steps.at(-1);
    const isSingle = steps.every((step) => step !== undefined);
    this.#steps = isSingle ? steps : undefined;
    this.#leaf = !isSingle && typeof last === "string" ? last : undefined;
    this.#query = this.#leaf === undefined ? query : withoutLast(query);
  }

  /** Selects the value or values in a document. */
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

/** The step of each segment of a path; `undefined` for a segment that may select several values. */
function stepsOf({ segments }: JSONPathQuery): (Step | undefined)[] {
  return segments.map((segment) => {
    if ("visit" in segment || segment.selectors.length !== 1) return undefined;
    const [only] = segment.selectors as { name?: unknown; index?: unknown }[];
    if (typeof only?.name === "string") return only.name;
    return typeof only?.index === "number" ? only.index : undefined;
  });
}
