import { partitionOf } from "../arn/partitionOf";
import { createParameterError } from "./createParameterError";

/** A parsed parameter name. */
export interface ParameterName {
  /** Name without selector. For an ARN, the part after `parameter`, with its slash. */
  readonly name: string;

  /** Version number or label, without the colon. Undefined for the latest version. */
  readonly selector?: string;

  /** Region and account ID, if the name is an ARN. */
  readonly arn?: { readonly region: string; readonly accountId: string };
}

/** Parses a parameter name. Throws the Parameter Store's error if it is not valid. */
export function parseParameterName(text: string): ParameterName {
  const parts =
    /^arn:[a-z-]+:ssm:([a-z0-9-]+):(\d{12}):parameter(\/[^:]*)(?::(.*))?$/.exec(
      text,
    );
  const [, region, accountId, path = "", arnSelector] = parts ?? [];
  if (region !== undefined && accountId !== undefined)
    return {
      name: path,
      arn: { region, accountId },
      ...(arnSelector !== undefined && { selector: arnSelector }),
    };
  const [name = "", ...selectors] = text.trim().split(":");
  const selector = selectors.length > 0 ? selectors.join(":") : undefined;
  const problem = findNameProblem(name);
  if (problem !== undefined)
    throw createParameterError("ValidationException", problem);
  return { name, ...(selector !== undefined && { selector }) };
}

/** Returns the Parameter Store's message if a name is not valid, otherwise undefined. */
export function findNameProblem(name: string): string | undefined {
  if (name.includes("/") && !name.startsWith("/"))
    return "Parameter name must be a fully qualified name.";
  if (name.split("/").length > 16)
    return "Parameter name hierarchy is limited to 15 levels.";
  if (
    !/^\/?[a-zA-Z0-9_.-]+(?:\/[a-zA-Z0-9_.-]+)*$/.test(name) ||
    /^\/?ssm/i.test(name)
  )
    return 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';
  return undefined;
}

/**
 * Returns how to fix a name that is not valid, or the Parameter Store's message. Returns undefined
 * if the name is valid.
 */
export function describeNameProblem(name: string): string | undefined {
  const isUnrooted = name.includes("/") && !name.startsWith("/");
  return isUnrooted && findNameProblem(`/${name}`) === undefined
    ? `hierarchical names start with a slash (/${name})`
    : findNameProblem(name);
}

/** Creates the ARN of a parameter. A name with and without a leading slash has the same ARN. */
export function createParameterArn(of: {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}): string {
  return `arn:${partitionOf(of.region)}:ssm:${of.region}:${of.accountId}:parameter/${of.name.replace(/^\//, "")}`;
}
