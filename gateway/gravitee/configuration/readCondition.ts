import type { ReportIssue } from "./ReportIssue";
import { TemplateError } from "../expression/errors/TemplateError";
import { parseTemplate } from "../expression/parseTemplate";
import type { Template } from "../expression/Template";
import type { PolicyOptions } from "./PolicyOptions";

/** Parses `condition`. Returns undefined when it is not set, or not valid; the latter is reported. */
export function readCondition(
  { condition }: PolicyOptions,
  report: ReportIssue,
): Template | undefined {
  if (typeof condition !== "string") return undefined;
  try {
    const template = parseTemplate(condition);
    if (template.isConstant && !/^(true|false)$/.test(template.text))
      report(
        "condition",
        "expression",
        " must be true, false or an expression in braces",
      );
    return template;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    report("condition", "expression", ` ${error.description}`);
    return undefined;
  }
}
