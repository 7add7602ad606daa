import type { ParsedConfiguration } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import type { Template } from "../expression/Template";
import { findRequiredBodies, type RequiredBodies } from "./readBodies";

/** What must be read before templates are evaluated. */
export interface Requirements {
  /** Bodies that they read. */
  readonly bodies: RequiredBodies;

  /** Paths of the secrets that they use. */
  readonly secrets: readonly string[];

  /** Whether they use a variable that only the host provides. */
  readonly hostVariables: boolean;
}

/** The variables, or properties of variables, that only the host provides. */
const HOST_PROVIDED: readonly (readonly [string, string?])[] = [
  ["api"],
  ["properties"],
  ["dictionaries"],
  ["endpoints"],
  ["node"],
  ["subscription"],
  ["request", "pathParams"],
  ["request", "ssl"],
];

/** Finds what templates read, or might read. With `v3`, a body is available in its content scope only. */
export function findRequirements(
  templates: readonly Template[],
  {
    semantics,
    scope,
  }: Pick<PolicyOptions, "semantics"> & Pick<ParsedConfiguration, "scope">,
): Requirements {
  const { request, response } = findRequiredBodies(templates);
  const isV3 = semantics === "v3";
  return {
    bodies: {
      request: request && !(isV3 && scope !== "REQUEST_CONTENT"),
      response: response && !(isV3 && scope !== "RESPONSE_CONTENT"),
    },
    secrets: templates.flatMap(({ secrets }) => secrets),
    hostVariables: HOST_PROVIDED.some((names) =>
      templates.some((template) => template.reads(...names)),
    ),
  };
}
