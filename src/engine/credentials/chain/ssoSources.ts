import type { CredentialsLike } from "../../../../domain";
import { WireError } from "../../http/transport";
import type {
  HandlerOptions,
  RequestHandler,
} from "../../http/toRequestHandler";
import { loadPackage, PackageError } from "../../text/loadPackage";
import { readStringProperty } from "../../text/readStringProperty";
import { CredentialSourceError } from "./CredentialSourceError";
import type { ChainContext } from "./ChainContext";
import { SILENT_LOGGER } from "./silentLogger";

/** Without a region, which would take precedence over that of the profile. */
interface ClientConfig {
  readonly requestHandler: never;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly maxAttempts: number;
}

/** Loads the credentials of a profile of IAM Identity Center. */
export function loadFromSso(
  profile: string,
  context: ChainContext,
): Promise<CredentialsLike> {
  return load(profile, "aws sso login", context, async (clientConfig) => {
    const fromSSO = await loadPackage(
      "@aws-sdk/credential-provider-sso",
      async () => {
        const sso = await import("@aws-sdk/credential-provider-sso");
        return sso.fromSSO;
      },
    );
    const provide = fromSSO({
      profile,
      ignoreCache: true,
      logger: SILENT_LOGGER,
      clientConfig,
    });
    return provide();
  });
}

/** Loads the credentials of a profile that `aws login` created. */
export function loadFromLogin(
  profile: string,
  context: ChainContext,
): Promise<CredentialsLike> {
  return load(profile, "aws login", context, async (clientConfig) => {
    const fromLoginCredentials = await loadPackage(
      "@aws-sdk/credential-provider-login",
      async () => {
        const login = await import("@aws-sdk/credential-provider-login");
        return login.fromLoginCredentials;
      },
    );
    const provide = fromLoginCredentials({
      profile,
      ignoreCache: true,
      logger: SILENT_LOGGER,
      clientConfig,
    });
    return provide();
  });
}

// eslint-disable-next-line max-params -- one more than the rule allows, for two callers in this file
async function load(
  profile: string,
  command: string,
  { requestHandler, settings }: ChainContext,
  provide: (clientConfig: ClientConfig) => Promise<CredentialsLike>,
): Promise<CredentialsLike> {
  const recorder = new OutcomeRecorder(requestHandler);
  try {
    return await provide({
      requestHandler: recorder.handler as never,
      useFipsEndpoint: settings.useFips,
      useDualstackEndpoint: settings.useDualStack,
      maxAttempts: settings.maxAttempts,
    });
  } catch (error) {
    if (error instanceof PackageError)
      throw new CredentialSourceError(
        `the profile ${profile} provided no AWS credentials because ${error.message}`,
        { advice: "Install or bundle the package" },
      );
    // The SDK does not check that the session of a profile exists.
    if (error instanceof TypeError)
      throw new CredentialSourceError(
        `the profile ${profile} provided no AWS credentials because its settings are not complete, or its sso_session does not exist`,
        { advice: "Correct the profile, for example with aws configure sso" },
      );
    const login = `${command} --profile ${profile}`;
    // The SDK's messages have their own advice in further sentences.
    const [reason = ""] = readStringProperty(error, "message").split(
      /\.?\s+(?:To refresh|Reference:|Please re-?auth)|,? please re-?auth/i,
      1,
    );
    throw new CredentialSourceError(
      `the profile ${profile} provided no AWS credentials (${reason.replace(/^(\w+): /, "$1, ")})`,
      recorder.isTemporary
        ? { retryable: true, advice: `Try again later, or run ${login}` }
        : { advice: `Run ${login}` },
    );
  }
}

/** Remembers how the last request ended: the SDK's providers replace the error by a message. */
class OutcomeRecorder {
  readonly handler: RequestHandler;
  #isTemporary = false;

  constructor(handler: RequestHandler) {
    this.handler = {
      ...handler,
      handle: async (request, options?: HandlerOptions) => {
        this.#isTemporary = false;
        try {
          const result = await handler.handle(request, options);
          const { statusCode } = result.response;
          this.#isTemporary = statusCode === 429 || statusCode >= 500;
          return result;
        } catch (error) {
          this.#isTemporary = error instanceof WireError;
          throw error;
        }
      },
    };
  }

  /** Whether the last request failed in a way that may pass. */
  get isTemporary(): boolean {
    return this.#isTemporary;
  }
}
