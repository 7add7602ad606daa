import type { ReportIssue } from "./ReportIssue";
import type { ParsedConfiguration } from "./ParsedConfiguration";
import type { TemplatedOption } from "./templatedOptions";

/** Checks the string options as far as possible before they are evaluated. */
export function checkTemplates(
  templates: ParsedConfiguration["templates"],
  report: ReportIssue,
): void {
  const isEmpty = (name: TemplatedOption): boolean =>
    (templates.get(name)?.text ?? "") === "";
  if (isEmpty("function"))
    report(
      "function",
      "required",
      "function must be the name or ARN of a function",
    );
  // With only one of them, Gravitee's policy silently uses the machine's own credentials.
  if (isEmpty("accessKey") !== isEmpty("secretKey"))
    report("accessKey", "pair", "accessKey and secretKey must be set together");
  const checkValue = (
    name: TemplatedOption,
    values: readonly string[],
  ): void => {
    const template = templates.get(name);
    if (
      template?.isConstant &&
      template.text &&
      !values.includes(template.text)
    )
      report(name, "value", `${name} must be one of ${values.join(", ")}`);
  };
  checkValue("invocationType", ["RequestResponse", "Event", "DryRun"]);
  checkValue("logType", ["None", "Tail"]);
}
