import { isHeaderValue } from "../../http/isHeaderValue";
import { readFile } from "node:fs/promises";
import type { CredentialsLike } from "../../../../domain";
import { environmentVariable } from "../../text/environmentVariable";
import { readStringProperty } from "../../text/readStringProperty";
import { removeFinalPeriod } from "../../text/toSentence";
import {
  EndpointError,
  isTemporary,
  toShownUrl,
  type EndpointResponse,
} from "./askEndpoint";
import type { ChainConnection } from "./ChainContext";
import { CredentialSourceError } from "./CredentialSourceError";
import type { ProvidedCredentials } from "./ProvidedCredentials";
import { readCredentialsDocument } from "./readCredentialsDocument";

const CONTAINER_HOST = "http://169.254.170.2";

const TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/** Time limit of one request, in ms. The agent may have to ask AWS first. */
const TIMEOUT_MS = 5_000;

/** The pause before the second attempt, and the longest. It doubles with each attempt. */
const MIN_PAUSE_MS = 250;
const MAX_PAUSE_MS = 1_000;

/** The hosts of ECS and EKS Pod Identity, and loopback, as in the AWS SDK. To others, the token is sent encrypted only. */
const PLAIN_HOSTS =
  /^(169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\]|localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

type ContainerConnection = Pick<ChainConnection, "ask" | "clock" | "settings">;

interface ContainerEndpoint {
  readonly url: string;
  /** For messages. */
  readonly endpoint: string;
  /** The variable that has its URL. */
  readonly name: string;
}

/**
 * Loads the credentials of the container, from the endpoint in the environment. `undefined`: no endpoint is set.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html | Container credential provider}
 */
export async function loadFromContainer(
  connection: ContainerConnection,
): Promise<ProvidedCredentials | undefined> {
  const container = findContainer();
  if (!container) return undefined;
  const url = toAllowedUrl(container);
  for (let attempt = 1; ; attempt++) {
    try {
      const credentials = await load(container, url, connection);
      return { credentials, source: container.endpoint };
    } catch (error) {
      const isRetried =
        error instanceof CredentialSourceError &&
        error.retryable === true &&
        attempt < connection.settings.maxAttempts;
      if (!isRetried) throw error;
    }
    await pause(attempt, connection);
  }
}

function findContainer(): ContainerEndpoint | undefined {
  for (const [name, host] of [
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", CONTAINER_HOST],
    ["AWS_CONTAINER_CREDENTIALS_FULL_URI", ""],
  ] as const) {
    const value = environmentVariable(name);
    if (value === undefined) continue;
    const url = `${host}${value}`;
    const endpoint = `the container credentials endpoint ${toShownUrl(url)} (${name})`;
    return { url, endpoint, name };
  }
  return undefined;
}

function toAllowedUrl({ url, endpoint, name }: ContainerEndpoint): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isAllowed =
    parsed?.protocol === "https:" ||
    (parsed?.protocol === "http:" && PLAIN_HOSTS.test(parsed.hostname));
  if (parsed && isAllowed) return parsed;
  throw new CredentialSourceError(
    `${endpoint} cannot be used because it is neither an HTTPS URL nor that of a loopback, ECS or EKS address`,
    { advice: `Correct ${name}` },
  );
}

function pause(attempt: number, { clock }: ContainerConnection): Promise<void> {
  const ms = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** (attempt - 1));
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

async function load(
  container: ContainerEndpoint,
  url: URL,
  { ask }: ContainerConnection,
): Promise<CredentialsLike> {
  const { endpoint, name } = container;
  const token = await readToken(container);
  const { status, text } = await ask({
    method: "GET",
    endpoint: url,
    path: `${url.pathname}${url.search}`,
    headers: token === undefined ? {} : { authorization: token },
    timeoutMs: TIMEOUT_MS,
  }).catch((error: unknown): EndpointResponse => {
    throw describeNoResponse(error, container);
  });
  if (status !== 200) throw describeStatus(status, container);
  const credentials = readCredentialsDocument(text);
  if (credentials) return credentials;
  throw new CredentialSourceError(`${endpoint} returned no credentials`, {
    advice: `Check ${name}`,
  });
}

/** Reads the token again for each attempt: its file is replaced while the container runs. */
async function readToken({
  endpoint,
}: ContainerEndpoint): Promise<string | undefined> {
  const file = environmentVariable(TOKEN_FILE);
  const token =
    file === undefined ? environmentVariable(TOKEN) : await read(file);
  if (token === undefined || isHeaderValue(token)) return token;
  const problem = /[\r\n]/.test(token)
    ? "a line break"
    : "a character that is not allowed in a header";
  throw new CredentialSourceError(
    `${endpoint} was not asked because its token has ${problem}`,
    { advice: `Correct ${file ?? TOKEN}` },
  );

  async function read(path: string): Promise<string> {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      throw new CredentialSourceError(
        `${endpoint} was not asked because the token file ${path} could not be read (${readStringProperty(error, "code")})`,
        { advice: `Correct ${TOKEN_FILE}` },
      );
    }
  }
}

function describeNoResponse(
  error: unknown,
  { endpoint }: ContainerEndpoint,
): unknown {
  if (!(error instanceof EndpointError)) return error;
  return new CredentialSourceError(
    `${endpoint} did not respond (${removeFinalPeriod(error.message)})`,
    { retryable: true, advice: "Check that it is running, or try again later" },
  );
}

function describeStatus(
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
    ? `${TOKEN} or the file named by ${TOKEN_FILE}`
    : name;
  return new CredentialSourceError(message, {
    advice: `Check ${settings}, and that the container has a role`,
  });
}
