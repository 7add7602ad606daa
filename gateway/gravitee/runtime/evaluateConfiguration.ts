import type { Exchange } from "../../http/Exchange";
import { named } from "./withOptionName";
import { parseTemplate } from "../expression/parseTemplate";
import type { Scope } from "../expression/scope/Scope";
import {
  IDENTITY,
  isTime,
  TEXTS,
  TIMES,
  type Plan,
  type TextName,
  type TimeName,
} from "../configuration/ParsedConfiguration";

/** The options of one call: every text evaluated, what is empty left out. */
export interface Settled {
  readonly texts: Readonly<Partial<Record<TextName, string>>>;
  readonly times: Plan["times"];
  readonly trustAll: boolean;
}

/** An attribute of that name and a property's takes the place of the property, by the vendor's way of overriding. */
const OVERRIDE = "gravitee.attributes.secret.aws.";

/**
 * Evaluates the options of a call. What evaluates to null is left out, but for keys and roles; the vendor sends the text of the
 * expression then.
 *
 * @throws EvaluationError and TemplateError; and TypeError, where an attribute overrides an option by what that does not take, or
 * a key or a role comes out empty.
 */
export function settle(
  { texts, times, trustAll }: Plan,
  scope: Scope,
  attributes: Exchange["attributes"],
): Settled {
  const settled: Partial<Record<TextName, string>> = {};
  for (const name of TEXTS) {
    const isOverridden = attributes.size > 0 && attributes.has(OVERRIDE + name);
    const template = isOverridden
      ? named(name, () => overriding(name, attributes.get(OVERRIDE + name)))
      : texts.get(name);
    const text = template && named(name, () => template.toText(scope));
    if (text) settled[name] = text;
    else if (IDENTITY.has(name) && (isOverridden || template?.text))
      throw new TypeError(
        `${name} came out empty, and the call would be made as somebody else`,
      );
  }
  return {
    texts: settled,
    times: attributes.size > 0 ? withOverrides(times, attributes) : times,
    trustAll: flagOf(attributes.get(`${OVERRIDE}ssl.trustAll`), trustAll),
  };
}

function overriding(name: TextName, value: unknown) {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "string")
    throw new TypeError(`the attribute ${OVERRIDE}${name} takes a text`);
  return parseTemplate(value);
}

function withOverrides(
  times: Plan["times"],
  attributes: Exchange["attributes"],
): Plan["times"] {
  const now: Partial<Record<TimeName, number>> = { ...times };
  for (const name of Object.keys(TIMES) as TimeName[]) {
    const value = attributes.get(OVERRIDE + name);
    if (value === undefined) continue;
    // What a variable has set is text.
    const ms = typeof value === "string" ? Number(value || NaN) : value;
    if (!isTime(ms))
      throw new TypeError(
        `the attribute ${OVERRIDE}${name} takes a whole number of milliseconds`,
      );
    if (ms > 0) now[name] = ms;
  }
  return now;
}

function flagOf(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}
