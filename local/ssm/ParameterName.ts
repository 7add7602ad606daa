import { partitionOf } from "../arn/partitionOf";
import { createParameterError } from "./createParameterError";

/** A parameter's name as a request gives it, taken apart. */
export interface ParameterName {
  /** Plain name. Of an ARN, the part behind `parameter`, with its slash. */
  readonly name: string;

  /** Version number or label, without the colon. Absent: the newest version. */
  readonly selector?: string;

  /** What the ARN says of region and account. Absent: it is no ARN. */
  readonly arn?: { readonly region: string; readonly accountId: string };
}

/** Takes a name apart, and refuses what the Parameter Store refuses. */
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

/** What the Parameter Store says of a name it does not take. Absent: it is in order. */
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

/** What to do about a name that the Parameter Store does not take, else what it says of it. Absent: it is in order. */
export function describeNameProblem(name: string): string | undefined {
  const isUnrooted = name.includes("/") && !name.startsWith("/");
  return isUnrooted && findNameProblem(`/${name}`) === undefined
    ? `begin it with a slash: /${name}`
    : findNameProblem(name);
}

/** ARN of a parameter; a flat name and the same name with a slash have one and the same. */
export function createParameterArn(of: {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}): string {
  return `arn:${partitionOf(of.region)}:ssm:${of.region}:${of.accountId}:parameter/${of.name.replace(/^\//, "")}`;
}
