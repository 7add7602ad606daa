import { isConnectorError, type Issue } from "../../../src";
import { findClosestName } from "../../../src/internal";
import type { ParsedConfiguration } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import {
  CONNECTION_OPTIONS,
  IDENTITY_OPTIONS,
} from "../configuration/templatedOptions";
import { getLosslessJson } from "../expression/libraries/peers";
import type { Template } from "../expression/Template";
import type { ConnectorCache } from "./ConnectorCache";
import { EXPRESSION_VARIABLES } from "./EXPRESSION_VARIABLES";
import { loadTrustStoreReader } from "./readTrustStore";

/** Checks what involves several options: secrets, variables in expressions, optional packages, and the connection. */
export async function checkPolicy(
  configuration: ParsedConfiguration,
  {
    options,
    connectors,
    condition,
  }: {
    readonly options: PolicyOptions;
    readonly connectors: ConnectorCache;
    readonly condition: Template | undefined;
  },
): Promise<readonly Issue[]> {
  const templates: [string, Template][] = [
    ...configuration.templates,
    ...configuration.variables.flatMap(
      ({ value }, index): [string, Template][] =>
        value ? [[`variables[${index}].value`, value]] : [],
    ),
    ...(condition ? [["condition", condition] as [string, Template]] : []),
  ];
  return [
    ...checkIdentity(configuration, options),
    ...templates.flatMap(([path, template]) => checkVariables(path, template)),
    ...checkPackages(templates.map(([, template]) => template)),
    ...(await checkConnection(configuration, connectors)),
  ];
}

function checkIdentity(
  { templates }: ParsedConfiguration,
  { secrets, externalId, externalIdKey }: PolicyOptions,
): Issue[] {
  const withSecret = [...templates].find(
    ([name, template]) =>
      IDENTITY_OPTIONS.has(name) && template.secrets.length > 0,
  );
  const issues: Issue[] = [];
  if (withSecret && !secrets)
    issues.push({
      path: "secrets",
      rule: "required",
      message: `secrets is required because ${withSecret[0]} uses #secrets`,
    });
  const externalIdOption =
    externalId === undefined ? "externalIdKey" : "externalId";
  if (
    (externalId ?? externalIdKey) !== undefined &&
    !templates.get("roleArn")?.text
  )
    issues.push({
      path: externalIdOption,
      rule: "required",
      message: `${externalIdOption} requires roleArn; set roleArn, or omit ${externalIdOption}`,
    });
  return issues;
}

/** Finds names that do not exist. Gravitee finds them at the first request. */
function checkVariables(path: string, { variables }: Template): Issue[] {
  return [...variables].flatMap(([name, properties]) => {
    const known = EXPRESSION_VARIABLES.get(name);
    if (known === undefined)
      return [
        toUnknownName(path, `#${name}`, [...EXPRESSION_VARIABLES.keys()]),
      ];
    const unknown = [...(properties ?? [])].find(
      (property) => known.length > 0 && !known.includes(property),
    );
    return unknown === undefined
      ? []
      : [toUnknownName(path, `#${name}.${unknown}`, known)];
  });
}

function toUnknownName(
  path: string,
  name: string,
  known: readonly string[],
): Issue {
  const suggestion = findClosestName(name.replace(/^.*[#.]/, ""), known);
  return {
    path,
    rule: "name",
    message: `${path} uses ${name}, which does not exist; ${suggestion === undefined ? `the names are ${known.join(", ")}` : `did you mean ${suggestion}?`}`,
  };
}

/** Creates the connector, unless it depends on expressions. */
async function checkConnection(
  configuration: ParsedConfiguration,
  connectors: ConnectorCache,
): Promise<readonly Issue[]> {
  const templates = CONNECTION_OPTIONS.map(
    (name) => [name, configuration.templates.get(name)] as const,
  );
  if (templates.some(([, template]) => template?.isConstant === false))
    return [];
  const strings = Object.fromEntries(
    templates.flatMap(([name, template]) =>
      template?.text ? [[name, template.text]] : [],
    ),
  ) as object;
  const evaluated = { ...configuration, strings };
  await loadTrustStoreReader(evaluated);
  try {
    connectors.get(evaluated);
    return [];
  } catch (error) {
    if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT")
      return error.issues;
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    return [{ path: "ssl", rule: "readable", message: message + reason }];
  }
}

/** Reports optional packages that body properties need and that are not installed, as the parser does for functions. */
function checkPackages(templates: readonly Template[]): Issue[] {
  const isRead = ["request", "response"].some((variable) =>
    // A template that may read any property does not necessarily read this one.
    templates.some(
      (template) =>
        template.reads(variable, "jsonContent") &&
        !template.reads(variable, ""),
    ),
  );
  try {
    if (isRead) getLosslessJson();
    return [];
  } catch (error) {
    const { message } = error as Error;
    return [{ path: "configuration", rule: "peer", message }];
  }
}
