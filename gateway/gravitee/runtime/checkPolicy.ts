import { isConnectorError, type Issue } from "../../../src";
import { mayBeMeant } from "../../route/mayBeMeant";
import { loadLosslessJson, loadXPath } from "../expression/libraries/peers";
import type { Template } from "../expression/Template";
import type { ConnectorCache } from "./ConnectorCache";
import {
  CONNECTION_OPTIONS,
  IDENTITY_OPTIONS,
  type ParsedConfiguration,
} from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { EXPRESSION_VARIABLES } from "./EXPRESSION_VARIABLES";

/** What is wrong with how parts go together: secrets that nobody looks up, names that nobody sets, a connection that cannot be made. */
export function checkPolicy(
  plan: ParsedConfiguration,
  {
    options,
    connectors,
    condition,
  }: {
    readonly options: PolicyOptions;
    readonly connectors: ConnectorCache;
    readonly condition: Template | undefined;
  },
): readonly Issue[] {
  const seen: [string, Template][] = [
    ...plan.templates,
    ...plan.variables.flatMap(({ value }, at): [string, Template][] =>
      value ? [[`variables[${at}].value`, value]] : [],
    ),
    ...(condition ? [["condition", condition] as [string, Template]] : []),
  ];
  return [
    ...issuesOfSecrets(plan, options),
    ...seen.flatMap(([path, template]) => issuesOfNames(path, template)),
    ...missingPeers(seen.map(([, template]) => template)),
    ...issuesOfConnection(plan, connectors),
  ];
}

function issuesOfSecrets(
  { templates: texts }: ParsedConfiguration,
  { secrets, externalId, externalIdKey }: PolicyOptions,
): Issue[] {
  const asking = [...texts].find(
    ([name, template]) =>
      IDENTITY_OPTIONS.has(name) && template.secrets.length > 0,
  );
  const issues: Issue[] = [];
  if (asking && !secrets)
    issues.push({
      path: "secrets",
      rule: "required",
      message: `${asking[0]} asks for a secret: secrets looks it up`,
    });
  if (
    (externalId ?? externalIdKey) !== undefined &&
    !texts.get("roleArn")?.text
  )
    issues.push({
      path: externalId === undefined ? "externalIdKey" : "externalId",
      rule: "required",
      message:
        "an external id is for a role, and the configuration has no roleArn",
    });
  return issues;
}

/** What the vendor finds out at the first request: a name that nobody sets. */
function issuesOfNames(path: string, { variables }: Template): Issue[] {
  return [...variables].flatMap(([name, properties]) => {
    const known = EXPRESSION_VARIABLES.get(name);
    if (known === undefined)
      return [unknownName(path, `#${name}`, [...EXPRESSION_VARIABLES.keys()])];
    const slip = [...(properties ?? [])].find(
      (property) => known.length > 0 && !known.includes(property),
    );
    return slip === undefined
      ? []
      : [unknownName(path, `#${name}.${slip}`, known)];
  });
}

function unknownName(
  path: string,
  name: string,
  known: readonly string[],
): Issue {
  const meant = mayBeMeant(name.replace(/^.*[#.]/, ""), known);
  return {
    path,
    rule: "name",
    message: `${path} reads ${name}, which there is not: ${meant === undefined ? `there are ${known.join(", ")}` : `${meant} may be meant`}`,
  };
}

function issuesOfConnection(
  plan: ParsedConfiguration,
  connectors: ConnectorCache,
): readonly Issue[] {
  const templates = CONNECTION_OPTIONS.map(
    (name) => [name, plan.templates.get(name)] as const,
  );
  if (templates.some(([, template]) => template?.isConstant === false))
    return [];
  const known = templates.flatMap(([name, template]) =>
    template?.text ? [[name, template.text]] : [],
  );
  try {
    connectors.get({ ...plan, strings: Object.fromEntries(known) as object });
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
