import { findLabelProblem, LABEL_LIMIT } from "../ssm/findLabelProblem";
import { describeNameProblem } from "../ssm/ParameterName";
import type { ParameterType } from "../state/ParameterStore";
import type { OptionReader } from "../validation/OptionReader";
import { regionRule } from "../validation/rules";

/** A validated parameter. */
export interface ParameterDefinition {
  readonly name: string;
  readonly region: string;
  readonly type: ParameterType;

  /** Oldest first. */
  readonly versions: readonly VersionDefinition[];
}

interface VersionDefinition {
  readonly value: string;
  readonly labels: readonly string[];
}

/** Reads one parameter. A string is the value of a `SecureString`. */
export function readParameter(
  option: OptionReader,
  at: { readonly name: string; readonly region: string },
): ParameterDefinition {
  const problem = describeNameProblem(at.name);
  if (problem !== undefined)
    option.report(`is not a valid parameter name; ${problem}`);
  if (typeof option.value !== "string")
    option.allowOnly("value", "labels", "versions", "type", "region");
  const versions = readVersions(option);
  const labels = versions.flatMap((version) => version.labels);
  const duplicate = labels.find(
    (label, index) => labels.indexOf(label) < index,
  );
  if (duplicate !== undefined)
    option.report(
      `has the label ${duplicate} twice; a label belongs to one version`,
    );
  return {
    name: at.name,
    versions,
    type: option.at("type").string("SecureString", TYPE_RULE) as ParameterType,
    region: option.at("region").string(at.region, regionRule),
  };
}

const TYPE_RULE = {
  pattern: /^(?:String|StringList|SecureString)$/,
  requirement: "String, StringList or SecureString",
};

const VERSION_LIMIT = 100;

function readVersions(option: OptionReader): VersionDefinition[] {
  const versions = option.at("versions");
  if (versions.isMissing) return [readVersion(option)];
  for (const key of ["value", "labels"])
    if (!option.at(key).isMissing)
      option
        .at(key)
        .report("cannot be combined with versions; move it to a version");
  const { value: list } = versions;
  if (!Array.isArray(list) || list.length < 1 || list.length > VERSION_LIMIT) {
    versions.report(`must be an array of 1 to ${VERSION_LIMIT} versions`);
    return [];
  }
  return versions.items().map((version) => {
    if (typeof version.value !== "string") version.allowOnly("value", "labels");
    return readVersion(version);
  });
}

function readVersion(option: OptionReader): VersionDefinition {
  const valueOption =
    typeof option.value === "string" ? option : option.at("value");
  if (valueOption.isMissing) valueOption.report("is required");
  const value = valueOption.string("");
  // The value may be a secret, so only its length is reported.
  if (!valueOption.isMissing && (value.length < 1 || value.length > 4096))
    valueOption.report(`must have 1 to 4,096 characters, not ${value.length}`);
  return { value, labels: readLabels(option.at("labels")) };
}

function readLabels(option: OptionReader): string[] {
  if (option.isMissing) return [];
  if (!Array.isArray(option.value) || option.value.length > LABEL_LIMIT) {
    option.report(`must be an array of at most ${LABEL_LIMIT} labels`);
    return [];
  }
  return option.items().map((label) => {
    const text = label.string("");
    const problem = findLabelProblem(text);
    if (problem !== undefined) label.report(problem);
    return text;
  });
}
