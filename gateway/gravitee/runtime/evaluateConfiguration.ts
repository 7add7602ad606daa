import type { Exchange } from "../../http/Exchange";
import { withOptionName } from "./withOptionName";
import { parseTemplate } from "../expression/parseTemplate";
import type { Scope } from "../expression/scope/Scope";
import {
  IDENTITY_OPTIONS,
  isTimeout,
  TEMPLATED_OPTIONS,
  TIMEOUT_OPTIONS,
  type ParsedConfiguration,
  type TemplatedOption,
  type TimeoutOption,
} from "../configuration/ParsedConfiguration";

/** The options of one call: every text evaluated, what is empty left out. */
export interface EvaluatedConfiguration {
  readonly strings: Readonly<Partial<Record<TemplatedOption, string>>>;
  readonly timeouts: ParsedConfiguration["timeouts"];
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
export function evaluateConfiguration(
  { templates: texts, timeouts: times, trustAll }: ParsedConfiguration,
  scope: Scope,
  attributes: Exchange["attributes"],
): EvaluatedConfiguration {
  const settled: Partial<Record<TemplatedOption, string>> = {};
  for (const name of TEMPLATED_OPTIONS) {
    const isOverridden = attributes.size > 0 && attributes.has(OVERRIDE + name);
    const template = isOverridden
      ? withOptionName(name, () =>
          overriding(name, attributes.get(OVERRIDE + name)),
        )
      : texts.get(name);
    const text = template && withOptionName(name, () => template.toText(scope));
    if (text) settled[name] = text;
    else if (IDENTITY_OPTIONS.has(name) && (isOverridden || template?.text))
      throw new TypeError(
        `${name} came out empty, and the call would be made as somebody else`,
      );
  }
  return {
    strings: settled,
    timeouts: attributes.size > 0 ? withOverrides(times, attributes) : times,
    trustAll: flagOf(attributes.get(`${OVERRIDE}ssl.trustAll`), trustAll),
  };
}

function overriding(name: TemplatedOption, value: unknown) {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "string")
    throw new TypeError(`the attribute ${OVERRIDE}${name} takes a text`);
  return parseTemplate(value);
}

function withOverrides(
  times: ParsedConfiguration["timeouts"],
  attributes: Exchange["attributes"],
): ParsedConfiguration["timeouts"] {
  const now: Partial<Record<TimeoutOption, number>> = { ...times };
  for (const name of Object.keys(TIMEOUT_OPTIONS) as TimeoutOption[]) {
    const value = attributes.get(OVERRIDE + name);
    if (value === undefined) continue;
    // What a variable has set is text.
    const ms = typeof value === "string" ? Number(value || NaN) : value;
    if (!isTimeout(ms))
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
