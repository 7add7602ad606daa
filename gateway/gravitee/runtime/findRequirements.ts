import type { Template } from "../expression/Template";
import { findRequiredBodies, type RequiredBodies } from "./readBodies";
import type { ParsedConfiguration } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";

/** What must be known before some texts are evaluated. */
export interface Requirements {
  /** Bodies that they read. */
  readonly bodies: RequiredBodies;

  /** Secrets that they ask for. */
  readonly secrets: readonly string[];

  /** Whether they ask for anything that only the host knows. */
  readonly hostVariables: boolean;
}

/** What the host knows of an exchange, by variable and property. */
const OF_HOST: readonly (readonly [string, string?])[] = [
  ["api"],
  ["properties"],
  ["dictionaries"],
  ["endpoints"],
  ["node"],
  ["subscription"],
  ["request", "pathParams"],
  ["request", "ssl"],
];

/** What some texts need, also where that cannot be told for sure; with `v3`, of bodies no more than its scope lets them see. */
export function findRequirements(
  templates: readonly Template[],
  {
    semantics,
    scope,
  }: Pick<PolicyOptions, "semantics"> & Pick<ParsedConfiguration, "scope">,
): Requirements {
  const { request, response } = findRequiredBodies(templates);
  const isOlder = semantics === "v3";
  return {
    bodies: {
      request: request && !(isOlder && scope !== "REQUEST_CONTENT"),
      response: response && !(isOlder && scope !== "RESPONSE_CONTENT"),
    },
    secrets: templates.flatMap(({ secrets }) => secrets),
    hostVariables: OF_HOST.some((of) =>
      templates.some((template) => template.reads(...of)),
    ),
  };
}
