import { complainOfLabel, LABEL_LIMIT } from "../ssm/findLabelProblem";
import { adviseOnName } from "../ssm/ParameterName";
import type { ParameterType } from "../state/ParameterStore";
import type { Given } from "../validation/OptionReader";
import { regionRule } from "../validation/rules";

/** A parameter as it was asked for. */
export interface ParameterDefinition {
  readonly name: string;
  readonly region: string;
  readonly type: ParameterType;

  /** The oldest first. */
  readonly versions: readonly VersionDefinition[];
}

interface VersionDefinition {
  readonly value: string;
  readonly labels: readonly string[];
}

/** Reads one parameter; a bare text is a `SecureString`. */
export function readParameter(
  given: Given,
  at: { readonly name: string; readonly region: string },
): ParameterDefinition {
  const complaint = adviseOnName(at.name);
  if (complaint !== undefined)
    given.complain(`is no parameter name: ${complaint}`);
  if (typeof given.value !== "string")
    given.knows("value", "labels", "versions", "type", "region");
  const versions = readVersions(given);
  const labels = versions.flatMap((version) => version.labels);
  const twice = labels.find((label, index) => labels.indexOf(label) < index);
  if (twice !== undefined)
    given.complain(`has the label ${twice} twice; it leads to one version`);
  return {
    name: at.name,
    versions,
    type: given.at("type").text("SecureString", TYPE_RULE) as ParameterType,
    region: given.at("region").text(at.region, regionRule),
  };
}

const TYPE_RULE = {
  pattern: /^(?:String|StringList|SecureString)$/,
  meaning: "String, StringList and SecureString are the types",
};

const VERSION_LIMIT = 100;

function readVersions(given: Given): VersionDefinition[] {
  const versions = given.at("versions");
  if (versions.isAbsent) return [readVersion(given)];
  for (const key of ["value", "labels"])
    if (!given.at(key).isAbsent)
      given.at(key).complain("belongs into versions, where there are any");
  const { value: list } = versions;
  if (!Array.isArray(list) || list.length < 1 || list.length > VERSION_LIMIT) {
    versions.complain(`must be a list of 1 to ${VERSION_LIMIT} versions`);
    return [];
  }
  return versions.items().map((version) => {
    if (typeof version.value !== "string") version.knows("value", "labels");
    return readVersion(version);
  });
}

function readVersion(given: Given): VersionDefinition {
  const valueGiven =
    typeof given.value === "string" ? given : given.at("value");
  if (valueGiven.isAbsent) valueGiven.complain("is required");
  const value = valueGiven.text("");
  // The value may be a secret, so that only its length is told.
  if (!valueGiven.isAbsent && (value.length < 1 || value.length > 4096))
    valueGiven.complain(
      `has ${value.length} characters; 1 to 4,096 are allowed`,
    );
  return { value, labels: readLabels(given.at("labels")) };
}

function readLabels(given: Given): string[] {
  if (given.isAbsent) return [];
  if (!Array.isArray(given.value) || given.value.length > LABEL_LIMIT) {
    given.complain(`must be a list of at most ${LABEL_LIMIT} labels`);
    return [];
  }
  return given.items().map((label) => {
    const text = label.text("");
    const complaint = complainOfLabel(text);
    if (complaint !== undefined) label.complain(complaint);
    return text;
  });
}
