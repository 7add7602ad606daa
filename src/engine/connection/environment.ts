import { readFileSync } from "node:fs";
import type { CredentialsLike } from "../../../domain";
import { environmentVariable } from "../http/environmentVariable";

/** The region that the environment names. */
export function environmentRegion(): string | undefined {
  return (
    environmentVariable("AWS_REGION") ??
    environmentVariable("AWS_DEFAULT_REGION")
  );
}

/** The endpoint that the environment names for one service. */
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
 * The keys that the environment holds; `undefined` where it names a profile, or holds none. The first link of AWS's own
 * chain, without loading the chain: so it is in Lambda itself.
 */
export function environmentCredentials(): CredentialsLike | undefined {
  const accessKeyId = environmentVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = environmentVariable("AWS_SECRET_ACCESS_KEY");
  if (environmentVariable("AWS_PROFILE") || !accessKeyId || !secretAccessKey)
    return undefined;
  const sessionToken = environmentVariable("AWS_SESSION_TOKEN");
  const expiry = environmentVariable("AWS_CREDENTIAL_EXPIRATION");
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiry !== undefined && { expiration: new Date(expiry) }),
  };
}

/** Whether the environment asks for a kind of endpoint. */
export function environmentFlag(
  name: "AWS_USE_FIPS_ENDPOINT" | "AWS_USE_DUALSTACK_ENDPOINT",
): boolean {
  return environmentVariable(name) === "true";
}

let bundle: { readonly file: string; readonly text: string } | undefined;

/** The certificates that the environment trusts; their file is read once. */
export function environmentCertificates(): string | undefined {
  const file = environmentVariable("AWS_CA_BUNDLE");
  if (file === undefined) return undefined;
  if (bundle?.file !== file)
    bundle = { file, text: readFileSync(file, "utf8") };
  return bundle.text;
}
