import { readSharedFiles } from "../../settings/sharedFiles";
import { environmentVariable } from "../../text/environmentVariable";
import { CredentialSourceError } from "./CredentialSourceError";

/** The addresses of the instance metadata service, by endpoint mode. */
const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ["ipv4", "http://169.254.169.254"],
  ["ipv6", "http://[fd00:ec2::254]"],
]);

/** Whether the environment turns off the instance metadata service. */
export function isMetadataDisabled(): boolean {
  return isOn(environmentVariable("AWS_EC2_METADATA_DISABLED"));
}

/** Whether a setting turns off version 1 of the instance metadata service. */
export function isVersion1Disabled(profile: string | undefined): boolean {
  return isOn(readSetting("ec2_metadata_v1_disabled", profile)?.value);
}

/** Every value but `false` counts, as in the AWS SDK. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() !== "false";
}

/**
 * Returns the address of the instance metadata service.
 *
 * @param profile - The selected profile. Defaults to `default`.
 * @throws {@link CredentialSourceError} if a setting is wrong.
 */
export function metadataEndpoint(profile: string | undefined): URL {
  const endpoint = readSetting("ec2_metadata_service_endpoint", profile);
  if (endpoint) {
    const url = URL.canParse(endpoint.value) ? new URL(endpoint.value) : null;
    if (url?.protocol === "http:") return url;
    throw unusable(endpoint.name, "an HTTP URL");
  }
  const mode = readSetting("ec2_metadata_service_endpoint_mode", profile);
  const url = ENDPOINTS.get(mode?.value.toLowerCase() ?? "ipv4");
  if (url !== undefined) return new URL(url);
  throw unusable(mode?.name ?? "", "IPv4 or IPv6");
}

function unusable(name: string, rule: string): CredentialSourceError {
  return new CredentialSourceError(
    `the instance metadata service cannot be used because ${name} is not ${rule}`,
    { advice: `Correct ${name}` },
  );
}

interface NamedSetting {
  /** The variable or key that has the value. */
  readonly name: string;
  readonly value: string;
}

/** Reads a setting from the variable `AWS_<KEY>`, or else from the profile. The files are read only if they are needed. */
function readSetting(
  key: string,
  profile = "default",
): NamedSetting | undefined {
  const name = `AWS_${key.toUpperCase()}`;
  const variable = environmentVariable(name);
  if (variable !== undefined) return { name, value: variable };
  const { config, credentials } = readSharedFiles();
  const value =
    config.sections.get(profile)?.get(key) ??
    credentials.sections.get(profile)?.get(key);
  return value === undefined ? undefined : { name: key, value };
}
