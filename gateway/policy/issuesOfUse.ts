import { isConnectorError, type Issue } from "../../src";
import { loadLosslessJson, loadXPath } from "../expression/peers";
import type { Template } from "../expression/Template";
import type { Connectors } from "./Connectors";
import { CONNECTING, SECRET, type Plan } from "./Plan";
import type { PolicyOptions } from "./PolicyOptions";

/** What is wrong with how parts go together: secrets that nobody looks up, a connection that cannot be made. */
export function issuesOfUse(
  plan: Plan,
  {
    options,
    connectors,
    seen,
  }: {
    readonly options: PolicyOptions;
    readonly connectors: Connectors;
    readonly seen: readonly Template[];
  },
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
  const missing = missingPeers(seen);
  if (missing.length > 0) return missing;
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

/** What bodies are read with is told of like what functions are. */
function missingPeers(seen: readonly Template[]): Issue[] {
  const readers = { jsonContent: loadLosslessJson, xmlContent: loadXPath };
  return Object.entries(readers).flatMap(([property, load]) => {
    const isRead = ["request", "response"].some((variable) =>
      // What may read anything need not mean this.
      seen.some(
        (template) =>
          template.reads(variable, property) && !template.reads(variable, ""),
      ),
    );
    try {
      if (isRead) load();
      return [];
    } catch (error) {
      const { message } = error as Error;
      return [{ path: "configuration", rule: "peer", message }];
    }
  });
}
