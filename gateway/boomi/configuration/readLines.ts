import { isEntry, type EntryOrIssue } from "./ConfigurationEntry";
import { getParamName } from "./configurationKeys";
import { parseParam } from "./parseParam";
import { readProcessorChain } from "./readProcessorChain";

/** Reads Boomi's format: one `key:value` per line. */
export function readLines(lines: string, label: string): EntryOrIssue[] {
  const entries = lines
    // Text areas and Windows files end lines with CRLF.
    .split(/\r\n?|\n/)
    .map((line, index) => readLine(line.trim(), `${label} line ${index + 1}`))
    .filter((each) => each !== undefined);
  return readProcessorChain(entries).map((each) =>
    isEntry(each) && getParamName(each.key) !== undefined
      ? { ...each, value: parseParam(String(each.value)) }
      : each,
  );
}

/** Empty lines are ignored. */
function readLine(line: string, location: string): EntryOrIssue | undefined {
  if (line === "") return undefined;
  // Split at the first colon, because ARNs contain more. Boomi's examples have whitespace around it: `timeout : 500`.
  const colon = line.indexOf(":");
  if (colon > 0)
    return {
      location,
      key: line.slice(0, colon).trim(),
      value: line.slice(colon + 1).trim(),
    };
  const missing = colon < 0 ? "colon" : "key";
  const message = `${location}: a line must have the form key:value, but this one has no ${missing}`;
  return { path: "", rule: "line", message };
}
