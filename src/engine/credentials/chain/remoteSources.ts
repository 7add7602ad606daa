import type { CredentialsLike } from "../../../../domain";
import { environmentVariable } from "../../text/environmentVariable";
import { readStringProperty } from "../../text/readStringProperty";
import { removeFinalPeriod } from "../../text/toSentence";
import { CredentialSourceError } from "./CredentialSourceError";
import type { ProvidedCredentials } from "./ProvidedCredentials";
import { SILENT_LOGGER } from "./silentLogger";

const CONTAINER_HOST = "http://169.254.170.2";
const METADATA_HOST = "http://169.254.169.254";

/** Loads the credentials of the container, from the endpoint in the environment. `undefined`: no endpoint is set. */
export async function loadFromContainer(
  maxAttempts: number,
): Promise<ProvidedCredentials | undefined> {
  const relative = environmentVariable(
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  );
  const url =
    relative === undefined
      ? environmentVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI")
      : `${CONTAINER_HOST}${relative}`;
  if (url === undefined) return undefined;
  const name =
    relative === undefined
      ? "AWS_CONTAINER_CREDENTIALS_FULL_URI"
      : "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  const endpoint = `the container credentials endpoint ${toShownUrl(url)} (${name})`;
  try {
    const { fromHttp } = await import("@aws-sdk/credential-provider-http");
    const provide = fromHttp({
      logger: SILENT_LOGGER,
      maxRetries: maxAttempts - 1,
    });
    return { credentials: await provide(), source: endpoint };
  } catch (error) {
    throw describeContainerFailure(error, { endpoint, name });
  }
}

/** Whether the environment turns off the instance metadata service. */
export function isMetadataDisabled(): boolean {
  const value = environmentVariable("AWS_EC2_METADATA_DISABLED");
  return value !== undefined && value.toLowerCase() !== "false";
}

/** The role of an EC2 instance. */
export class InstanceMetadata {
  /** Created once: it keeps the last credentials for as long as the service does not respond, as AWS recommends. */
  #provide: (() => Promise<CredentialsLike>) | undefined;

  /**
   * Loads the credentials of the instance's role.
   *
   * @throws {@link CredentialSourceError}.
   */
  async load(): Promise<CredentialsLike> {
    const configured = environmentVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    const service = `the instance metadata service at ${toShownUrl(configured ?? METADATA_HOST)}`;
    if (isMetadataDisabled())
      throw new CredentialSourceError(
        `${service} is turned off by AWS_EC2_METADATA_DISABLED`,
        { advice: "Unset AWS_EC2_METADATA_DISABLED" },
      );
    try {
      const { fromInstanceMetadata } =
        await import("@smithy/credential-provider-imds");
      this.#provide ??= fromInstanceMetadata({ logger: SILENT_LOGGER });
      return await this.#provide();
    } catch (error) {
      throw describeMetadataFailure(error, service);
    }
  }
}

/** The properties of the errors that the SDK's two providers throw. */
interface RemoteError {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

function read(error: unknown): RemoteError {
  const { statusCode } = Object(error) as { statusCode?: unknown };
  const message = readStringProperty(error, "message");
  const status =
    typeof statusCode === "number"
      ? statusCode
      : /^Server responded with status: (\d{3})$/.exec(message)?.[1];
  return {
    code: readStringProperty(error, "code"),
    message,
    status: status === undefined ? undefined : Number(status),
  };
}

function isTemporary(status: number): boolean {
  return status === 429 || status >= 500;
}

interface ContainerEndpoint {
  /** For messages. */
  readonly endpoint: string;
  /** The variable that has its URL. */
  readonly name: string;
}

function describeContainerFailure(
  error: unknown,
  container: ContainerEndpoint,
): CredentialSourceError {
  const { status, message, code } = read(error);
  const { endpoint, name } = container;
  if (status !== undefined) return describeContainerStatus(status, container);
  const notAsked = describeUnusableSettings(error, container);
  if (notAsked) return notAsked;
  // Other errors of the response quote its body.
  if (!/^E[A-Z]+$/.test(code) && !/^\w*Error\b/.test(message))
    return new CredentialSourceError(`${endpoint} returned no credentials`, {
      advice: `Check ${name}`,
    });
  const reason = toReason(message);
  return new CredentialSourceError(
    `${endpoint} did not respond${reason && ` (${reason})`}`,
    { retryable: true, advice: "Check that it is running, or try again later" },
  );
}

function describeContainerStatus(
  status: number,
  { endpoint, name }: ContainerEndpoint,
): CredentialSourceError {
  const message = `${endpoint} responded with status ${status}`;
  if (isTemporary(status))
    return new CredentialSourceError(message, {
      retryable: true,
      advice: "Try again later",
    });
  const settings = [401, 403].includes(status)
    ? "AWS_CONTAINER_AUTHORIZATION_TOKEN or the file named by AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
    : name;
  return new CredentialSourceError(message, {
    advice: `Check ${settings}, and that the container has a role`,
  });
}

/** Describes settings that made a request impossible. `undefined`: there was a request. */
function describeUnusableSettings(
  error: unknown,
  { endpoint, name }: ContainerEndpoint,
): CredentialSourceError | undefined {
  const { message, code } = read(error);
  const file = environmentVariable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  if (file !== undefined && ["ENOENT", "EACCES", "EISDIR"].includes(code))
    return new CredentialSourceError(
      `${endpoint} was not asked because the token file ${file} could not be read (${code})`,
      { advice: "Correct AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE" },
    );
  if (message.startsWith("Authorization token contains"))
    return new CredentialSourceError(
      `${endpoint} was not asked because its token has a line break`,
      { advice: "Correct AWS_CONTAINER_AUTHORIZATION_TOKEN" },
    );
  if (/^URL not accepted|^Invalid URL/.test(message))
    return new CredentialSourceError(
      `${endpoint} cannot be used because it is neither an HTTPS URL nor that of a loopback, ECS or EKS address`,
      { advice: `Correct ${name}` },
    );
  return undefined;
}

function toReason(message: string): string {
  return removeFinalPeriod(message.replace(/^\w*Error(?: \[\w+\])?:? ?/, ""));
}

function describeMetadataFailure(
  error: unknown,
  service: string,
): CredentialSourceError {
  const { status, message, code } = read(error);
  if (status !== undefined) {
    const reason = status === 404 ? ", which means that it has no role" : "";
    return new CredentialSourceError(
      `${service} responded with status ${status}${reason}`,
      {
        retryable: isTemporary(status),
        advice: "Attach a role to the instance, or try again later",
      },
    );
  }
  if (message.includes("v1 fallback has been blocked"))
    return new CredentialSourceError(
      `${service} gave no token, and its version 1 is turned off`,
      {
        retryable: true,
        advice: "Check the instance's metadata options, or try again later",
      },
    );
  if (code !== "" || /^(?:Unable to connect|TimeoutError)/.test(message))
    return new CredentialSourceError(
      `${service} did not respond${code && ` (${code})`}`,
      {
        retryable: true,
        advice: "Check that it can be reached, or try again later",
      },
    );
  return new CredentialSourceError(`${service} returned no credentials`, {
    advice: "Check the role of the instance",
  });
}

/** A URL without user, password and query, which can be secret. */
function toShownUrl(url: string): string {
  if (!URL.canParse(url)) return "that is configured";
  const { origin, pathname } = new URL(url);
  return pathname === "/" ? origin : `${origin}${pathname}`;
}
