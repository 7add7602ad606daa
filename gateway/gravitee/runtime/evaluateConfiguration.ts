import type { Exchange } from "../../http/Exchange";
import type { ParsedConfiguration } from "../configuration/ParsedConfiguration";
import {
  IDENTITY_OPTIONS,
  TEMPLATED_OPTIONS,
  type TemplatedOption,
} from "../configuration/templatedOptions";
import {
  isTimeout,
  TIMEOUT_OPTIONS,
  type TimeoutOption,
} from "../configuration/timeoutOptions";
import type { Scope } from "../expression/scope/Scope";
import { checkOverrides, OVERRIDE, readOverride } from "./overrides";
import { withOptionName } from "./withOptionName";

/** The configuration for one run. Options that are empty are absent. */
export interface EvaluatedConfiguration {
  readonly strings: Readonly<Partial<Record<TemplatedOption, string>>>;
  readonly timeouts: ParsedConfiguration["timeouts"];
  readonly trustAll: boolean;
}

/**
 * Evaluates the configuration for one run. An option that evaluates to null is left out (Gravitee would send the text of the
 * expression), except for credentials and role.
 *
 * Attributes that override options are values, and are never evaluated, unlike in Gravitee: variables set attributes to text that
 * clients send.
 *
 * @throws EvaluationError; TypeError if an attribute that overrides an option has the wrong type, or if credentials or role are empty
 * or incomplete.
 */
export function evaluateConfiguration(
  { templates, timeouts, trustAll }: ParsedConfiguration,
  scope: Scope,
  attributes: Exchange["attributes"],
): EvaluatedConfiguration {
  const strings: Partial<Record<TemplatedOption, string>> = {};
  for (const name of TEMPLATED_OPTIONS) {
    const isOverridden = attributes.size > 0 && attributes.has(OVERRIDE + name);
    const template = templates.get(name);
    const value = isOverridden
      ? readOverride(name, attributes)
      : template && withOptionName(name, () => template.toText(scope));
    if (value) strings[name] = value;
    else if (IDENTITY_OPTIONS.has(name) && (isOverridden || template?.text))
      throw new TypeError(
        `${name} is empty, so the function would be invoked with a different identity`,
      );
  }
  if (attributes.size > 0) checkOverrides(attributes, strings);
  return {
    strings,
    timeouts:
      attributes.size > 0 ? overrideTimeouts(timeouts, attributes) : timeouts,
    trustAll: overrideFlag(attributes.get(`${OVERRIDE}ssl.trustAll`), trustAll),
  };
}

function overrideTimeouts(
  timeouts: ParsedConfiguration["timeouts"],
  attributes: Exchange["attributes"],
): ParsedConfiguration["timeouts"] {
  const overridden: Partial<Record<TimeoutOption, number>> = { ...timeouts };
  for (const name of Object.keys(TIMEOUT_OPTIONS) as TimeoutOption[]) {
    const value = attributes.get(OVERRIDE + name);
    if (value === undefined) continue;
    // Variables of a policy set strings.
    const ms = typeof value === "string" ? Number(value || NaN) : value;
    if (!isTimeout(ms))
      throw new TypeError(
        `the attribute ${OVERRIDE}${name} must be an integer from 0 to 2,147,483,647, in milliseconds`,
      );
    if (ms > 0) overridden[name] = ms;
  }
  return overridden;
}

function overrideFlag(value: unknown, flag: boolean): boolean {
  if (value === undefined || value === null) return flag;
  // Variables of a policy set strings.
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new TypeError(
    `the attribute ${OVERRIDE}ssl.trustAll must be true or false`,
  );
}
