import type { Template } from "../expression/Template";
import { readsOf, type Reads } from "./readBodies";
import type { Plan } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";

/** What must be known before some texts are evaluated. */
export interface Needs {
  /** Bodies that they read. */
  readonly reads: Reads;

  /** Secrets that they ask for. */
  readonly secrets: readonly string[];

  /** Whether they ask for anything that only the host knows. */
  readonly asksHost: boolean;
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
export function needsOf(
  templates: readonly Template[],
  { semantics, scope }: Pick<PolicyOptions, "semantics"> & Pick<Plan, "scope">,
): Needs {
  const { request, response } = readsOf(templates);
  const isOlder = semantics === "v3";
  return {
    reads: {
      request: request && !(isOlder && scope !== "REQUEST_CONTENT"),
      response: response && !(isOlder && scope !== "RESPONSE_CONTENT"),
    },
    secrets: templates.flatMap(({ secrets }) => secrets),
    asksHost: OF_HOST.some((of) =>
      templates.some((template) => template.reads(...of)),
    ),
  };
}
