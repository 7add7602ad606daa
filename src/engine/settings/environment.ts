import { readFileSync } from "node:fs";
import type { CredentialsLike } from "../../../domain";
import { environmentVariable } from "../http/environmentVariable";
import { copyDate } from "./copyDate";

/** The region from the environment. */
export function environmentRegion(): string | undefined {
  return (
    environmentVariable("AWS_REGION") ??
    environmentVariable("AWS_DEFAULT_REGION")
  );
}

/** The endpoint of a service from the environment. */
export function environmentEndpoint(
  service: "lambda" | "sts" | "ssm" | "rolesAnywhere",
): string | undefined {
  if (environmentVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") === "true")
    return undefined;
  return (
    environmentVariable(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ??
    environmentVariable("AWS_ENDPOINT_URL")
  );
}

/**
 * The credentials from the environment; `undefined` if it selects a profile or contains none. This is the first source of
 * the AWS SDK's default chain, and the one used in Lambda; reading it here avoids loading the chain.
 */
export function environmentCredentials(): CredentialsLike | undefined {
  const accessKeyId = environmentVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = environmentVariable("AWS_SECRET_ACCESS_KEY");
  if (environmentVariable("AWS_PROFILE") || !accessKeyId || !secretAccessKey)
    return undefined;
  const sessionToken = environmentVariable("AWS_SESSION_TOKEN");
  const expiration = copyDate(
    new Date(environmentVariable("AWS_CREDENTIAL_EXPIRATION") ?? NaN),
  );
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration && { expiration }),
  };
}

/** Whether the environment enables FIPS or dual-stack endpoints. */
export function environmentFlag(
  name: "AWS_USE_FIPS_ENDPOINT" | "AWS_USE_DUALSTACK_ENDPOINT",
): boolean {
  return environmentVariable(name) === "true";
}

let bundle: { readonly file: string; readonly content: string } | undefined;

/** The CA certificates from the file named in the environment. The file is read once. */
export function environmentCertificates(): string | undefined {
  const file = environmentVariable("AWS_CA_BUNDLE");
  if (file === undefined) return undefined;
  if (bundle?.file !== file)
    bundle = { file, content: readFileSync(file, "utf8") };
  return bundle.content;
}
