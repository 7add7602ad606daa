import type { LocalCredentials } from "./options/LocalCredentials";
import { ISOLATION_VARIABLES } from "./runtime";

/** Creates the environment variables with which AWS clients call an embedded AWS and nothing else. */
export function createClientEnvironment(local: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: LocalCredentials;
}): Readonly<Record<string, string>> {
  return {
    ...ISOLATION_VARIABLES,
    AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
    AWS_DEFAULT_REGION: local.region,
    AWS_ENDPOINT_URL: local.endpoint,
    AWS_PROFILE: "",
    AWS_REGION: local.region,
    AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: "",
  };
}
