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
import { parseTemplate } from "../expression/parseTemplate";
import type { Scope } from "../expression/scope/Scope";
import type { Template } from "../expression/Template";
import { withOptionName } from "./withOptionName";

/** The configuration for one run. Options that are empty are absent. */
export interface EvaluatedConfiguration {
  readonly strings: Readonly<Partial<Record<TemplatedOption, string>>>;
  readonly timeouts: ParsedConfiguration["timeouts"];
  readonly trustAll: boolean;
}

/** Gravitee's prefix of the context attributes that override options. */
const OVERRIDE = "gravitee.attributes.secret.aws.";

/**
 * Evaluates the configuration for one run. An option that evaluates to null is left out (Gravitee would send the text of the
 * expression), except for credentials and role.
 *
 * @throws EvaluationError and TemplateError; TypeError if an attribute that overrides an option has the wrong type, or if credentials
 * or role are empty.
 */
export function evaluateConfiguration(
  { templates, timeouts, trustAll }: ParsedConfiguration,
  scope: Scope,
  attributes: Exchange["attributes"],
): EvaluatedConfiguration {
  const strings: Partial<Record<TemplatedOption, string>> = {};
  for (const name of TEMPLATED_OPTIONS) {
    const isOverridden = attributes.size > 0 && attributes.has(OVERRIDE + name);
    const template = isOverridden
      ? withOptionName(name, () =>
          parseOverride(name, attributes.get(OVERRIDE + name)),
        )
      : templates.get(name);
    const value =
      template && withOptionName(name, () => template.toText(scope));
    if (value) strings[name] = value;
    else if (IDENTITY_OPTIONS.has(name) && (isOverridden || template?.text))
      throw new TypeError(
        `${name} is empty, so the function would be invoked with a different identity`,
      );
  }
  return {
    strings,
    timeouts:
      attributes.size > 0 ? overrideTimeouts(timeouts, attributes) : timeouts,
    trustAll: overrideFlag(attributes.get(`${OVERRIDE}ssl.trustAll`), trustAll),
  };
}

function parseOverride(
  name: TemplatedOption,
  value: unknown,
): Template | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "string")
    throw new TypeError(`the attribute ${OVERRIDE}${name} must be a string`);
  return parseTemplate(value);
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
        `the attribute ${OVERRIDE}${name} must be a whole number of milliseconds`,
      );
    if (ms > 0) overridden[name] = ms;
  }
  return overridden;
}

function overrideFlag(value: unknown, flag: boolean): boolean {
  return typeof value === "boolean" ? value : flag;
}
