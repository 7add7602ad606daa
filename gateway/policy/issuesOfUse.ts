import { isConnectorError, type Issue } from "../../src";
import type { Connectors } from "./Connectors";
import { CONNECTING, SECRET, type Plan } from "./Plan";
import type { PolicyOptions } from "./PolicyOptions";

/** What is wrong with how parts go together: secrets that nobody looks up, a connection that cannot be made. */
export function issuesOfUse(
  plan: Plan,
  {
    options,
    connectors,
  }: { readonly options: PolicyOptions; readonly connectors: Connectors },
): readonly Issue[] {
  const { texts } = plan;
  const asking = [...texts].find(
    ([name, { secrets }]) => SECRET.has(name) && secrets.length > 0,
  );
  if (asking && !options.secrets)
    return [
      {
        path: "secrets",
        rule: "required",
        message: `${asking[0]} asks for a secret: secrets looks it up`,
      },
    ];
  const templates = CONNECTING.map((name) => [name, texts.get(name)] as const);
  if (templates.some(([, template]) => template?.isConstant === false))
    return [];
  const known = templates.flatMap(([name, template]) =>
    template?.text ? [[name, template.text]] : [],
  );
  try {
    connectors.at({ ...plan, texts: Object.fromEntries(known) as object });
    return [];
  } catch (error) {
    if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT")
      return error.issues;
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    return [{ path: "ssl", rule: "readable", message: message + why }];
  }
}
