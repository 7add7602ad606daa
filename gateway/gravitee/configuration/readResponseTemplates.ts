import type { Issue } from "../../../src";
import { faultOf } from "../../route/applyChange";
import { mayBeMeant } from "../../route/mayBeMeant";
import type { Template } from "../expression/Template";
import { isObject, type Fields, type Say } from "../../route/Fields";
import { AWS_LAMBDA_ERRORS } from "../errors/PolicyError";
import { readTemplate } from "./readTemplates";

/** A template of the host's, its body parsed. */
export interface ParsedResponseTemplate {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Template | undefined;
}

/** By key of the failure, then by media type. */
export type ParsedResponseTemplates = ReadonlyMap<
  string,
  ReadonlyMap<string, ParsedResponseTemplate>
>;

/** The keys that a policy looks for; an API of the vendor's may have those of other policies beside them. */
const KEYS = [
  ...Object.values(AWS_LAMBDA_ERRORS).map(({ key }) => key),
  "DEFAULT",
];

const MEMBERS = ["status", "headers", "body"];

/** Reads the host's templates; what is wrong with one is named with its path. */
export function readResponseTemplates(given: unknown = {}): {
  readonly templates: ParsedResponseTemplates;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const say: Say = (path, rule, message) => {
    issues.push({ path, rule, message: `${path}${message}` });
  };
  const templates = new Map(
    Object.entries(isObject(given) ? given : {}).map(([key, group]) => [
      key,
      groupOf(group, { key, say }),
    ]),
  );
  return { templates, issues };
}

function groupOf(
  group: unknown,
  { key, say }: { readonly key: string; readonly say: Say },
): Map<string, ParsedResponseTemplate> {
  const path = `responseTemplates['${key}']`;
  const meant = KEYS.includes(key) ? undefined : mayBeMeant(key, KEYS);
  if (meant !== undefined)
    say(path, "unknown", ` is no key; ${meant} may be meant`);
  if (!isObject(group)) {
    say(path, "object", " takes templates by media type");
    return new Map();
  }
  for (const type of Object.keys(group))
    if (!type.includes("/"))
      say(path, "type", ` takes templates by media type, and ${type} is none`);
  return new Map(
    Object.entries(group).map(([type, template]) => [
      type.toLowerCase(),
      templateOf(template, { path: `${path}['${type}']`, say }),
    ]),
  );
}

function templateOf(
  given: unknown,
  { path, say }: { readonly path: string; readonly say: Say },
): ParsedResponseTemplate {
  if (!isObject(given)) say(path, "object", ` takes ${MEMBERS.join(", ")}`);
  const fields: Fields = isObject(given) ? given : {};
  for (const name of Object.keys(fields))
    if (!MEMBERS.includes(name))
      say(path, "unknown", `: ${name} is none of ${MEMBERS.join(", ")}`);
  const status = fields["status"] as number | undefined;
  const headers = (fields["headers"] ??
    {}) as ParsedResponseTemplate["headers"];
  const fault = isObject(headers)
    ? faultOf({ ...(status !== undefined && { status }), headers })
    : "headers takes an object";
  if (fault !== undefined) say(path, "sendable", `: ${fault}`);
  const body = readTemplate(fields["body"], {
    path: `${path}.body`,
    say: (where, rule, message) => {
      say(where, rule, message.slice(where.length));
    },
  });
  return { status, headers, body };
}
