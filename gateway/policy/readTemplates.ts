import type { Issue } from "../../src";
import { faultOf } from "../core/applyChange";
import { parseTemplate } from "../expression/parseTemplate";
import type { Template } from "../expression/Template";
import { TemplateError } from "../expression/TemplateError";
import type { ResponseTemplate, ResponseTemplates } from "./ResponseTemplates";

/** A template of the host's, its body parsed. */
export interface ParsedTemplate {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Template | undefined;
}

/** By key of the failure, then by media type. */
export type ParsedTemplates = ReadonlyMap<
  string,
  ReadonlyMap<string, ParsedTemplate>
>;

/** Reads the host's templates; what is wrong with one is named with its path. */
export function readTemplates(given: ResponseTemplates = {}): {
  readonly templates: ParsedTemplates;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const templates = new Map(
    Object.entries(given).map(([key, group]) => [
      key,
      new Map(
        Object.entries(group).map(([type, template]) => [
          type.toLowerCase(),
          parsed(template, {
            path: `responseTemplates['${key}']['${type}']`,
            issues,
          }),
        ]),
      ),
    ]),
  );
  return { templates, issues };
}

function parsed(
  { status, headers = {}, body }: ResponseTemplate,
  { path, issues }: { readonly path: string; readonly issues: Issue[] },
): ParsedTemplate {
  const fault = faultOf({ ...(status !== undefined && { status }), headers });
  if (fault !== undefined)
    issues.push({ path, rule: "sendable", message: `${path}: ${fault}` });
  return { status, headers, body: bodyOf(body, { path, issues }) };
}

function bodyOf(
  body: string | undefined,
  { path, issues }: { readonly path: string; readonly issues: Issue[] },
): Template | undefined {
  if (body === undefined) return undefined;
  try {
    return parseTemplate(body);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    issues.push({
      path: `${path}.body`,
      rule: "expression",
      message: `${path}.body, ${error.message}`,
    });
    return undefined;
  }
}
