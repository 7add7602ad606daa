import { paramName } from "./keys";
import { readChain } from "./readChain";
import { isSetting, type Found } from "./Setting";
import { toParam } from "./toParam";

/** Reads the vendor's form: a key and a value in each line, with a colon between. */
export function readLines(text: string, label: string): Found[] {
  const found = text
    // Text areas and files of Windows end a line with two characters.
    .split(/\r\n?|\n/)
    .map((line, index) => readLine(line.trim(), `${label} line ${index + 1}`))
    .filter((each) => each !== undefined);
  return readChain(found).map((each) =>
    isSetting(each) && paramName(each.key) !== undefined
      ? { ...each, value: toParam(String(each.value)) }
      : each,
  );
}

/** Empty lines say nothing, as the vendor's field is free text; a line without a colon is a slip. */
function readLine(line: string, where: string): Found | undefined {
  if (line === "") return undefined;
  // At the first colon, as ARNs have more of them; blanks around it as in the vendor's examples, `timeout : 500`.
  const at = line.indexOf(":");
  if (at > 0)
    return {
      where,
      key: line.slice(0, at).trim(),
      value: line.slice(at + 1).trim(),
    };
  const message =
    at < 0
      ? `${where}: a line takes a key, a colon and a value; this one has no colon`
      : `${where}: a line takes a key, a colon and a value; this one has no key`;
  return { path: "", rule: "line", message };
}
