import type * as DefaultChain from "@aws-sdk/credential-provider-node";
import type * as StsSdk from "@aws-sdk/client-sts";
import type { CredentialsLike } from "../../../domain";
import { customEndpoint } from "../http/serviceEndpoint";
import type { RequestHandler } from "../http/toRequestHandler";
import type { Clock } from "../settings/clock";
import type { Settings } from "../settings/Settings";

/** STS's region if none is configured, as in the AWS SDK. */
const DEFAULT_STS_REGION = "us-east-1";

/** Time limit of one request of the chain. The SDK has none, and a request without a response would block all later loads. */
const REQUEST_TIMEOUT_MS = 10_000;

const ignore = (): void => undefined;

/** Without a logger, the chain writes warnings to the console. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** What the requests of the chain are sent with. */
export interface ChainContext {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly requestHandler: RequestHandler;
}

/**
 * Creates the AWS SDK's default chain with the settings of the connection. Requests to STS have its region, endpoint, FIPS and
 * dual-stack settings; requests to SSO and AWS sign-in all of these but the region and the endpoint, which the profile sets. All are
 * sent through the connection's transport, with its proxy and certificates. Container and instance metadata are requested
 * directly, as by the SDK.
 */
export function createDefaultChain(
  context: ChainContext,
): () => Promise<CredentialsLike> {
  const { region = DEFAULT_STS_REGION, profile } = context.settings;
  const clientConfig = createClientConfig(context);
  const chain = loadChain().defaultProvider({
    ...(profile !== undefined && { profile }),
    clientConfig,
    logger: SILENT,
    // Files can change: a tool that rotates credentials writes them again.
    ignoreCache: true,
    ...createRoleAssumers(context, clientConfig),
  });
  return () =>
    chain({
      // The caller keeps the credentials, and asks again only if it needs others.
      forceRefresh: true,
      callerClientConfig: { region: () => Promise.resolve(region) },
    });
}

/** Creates the functions that assume roles. The SDK's own do not know the client's endpoint, FIPS and dual-stack settings. */
function createRoleAssumers(
  { settings }: ChainContext,
  clientConfig: object,
): Pick<DefaultChain.DefaultProviderInit, RoleAssumers> {
  const { profileRegion, region = DEFAULT_STS_REGION } = settings;
  const toConfig = (stsRegion: string): object => ({
    ...clientConfig,
    region: stsRegion,
    endpoint: customEndpoint("sts", settings, stsRegion),
    authSchemePreference: ["sigv4"],
    ignoreConfiguredEndpointUrls: true,
  });
  return {
    // A profile's own region takes precedence over the client's, as in the SDK.
    roleAssumer: onFirstUse((sts) =>
      sts.getDefaultRoleAssumer(toConfig(profileRegion ?? region)),
    ),
    roleAssumerWithWebIdentity: onFirstUse((sts) =>
      sts.getDefaultRoleAssumerWithWebIdentity(toConfig(region)),
    ),
  };
}

type RoleAssumers = "roleAssumer" | "roleAssumerWithWebIdentity";

/** Creates a function with STS's package, which is loaded when the function is first called. */
function onFirstUse<Arguments extends unknown[], Result>(
  create: (sts: typeof StsSdk) => (...args: Arguments) => Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  let created: ((...args: Arguments) => Promise<Result>) | undefined;
  return (...args) => {
    created ??= create(loadSts());
    return created(...args);
  };
}

function createClientConfig({
  settings,
  clock,
  requestHandler,
}: ChainContext): object {
  const { useFips, useDualStack, ignoresConfiguredEndpoints } = settings;
  return {
    requestHandler: limitTime(requestHandler, clock),
    useFipsEndpoint: useFips,
    useDualstackEndpoint: useDualStack,
    ...(ignoresConfiguredEndpoints && { ignoreConfiguredEndpointUrls: true }),
  };
}

/** Ends every request after {@link REQUEST_TIMEOUT_MS}. */
function limitTime(handler: RequestHandler, clock: Clock): RequestHandler {
  return {
    ...handler,
    async handle(request, options) {
      const controller = new AbortController();
      const cancel = clock.after(REQUEST_TIMEOUT_MS, () => {
        controller.abort();
      });
      try {
        return await handler.handle(request, {
          ...options,
          abortSignal: controller.signal,
        });
      } catch (cause) {
        if (!controller.signal.aborted) throw cause;
        const seconds = REQUEST_TIMEOUT_MS / 1_000;
        throw Object.assign(
          new Error(
            `${request.hostname} did not respond within ${seconds} seconds`,
            { cause },
          ),
          { name: "TimeoutError" },
        );
      } finally {
        cancel();
      }
    },
  };
}

/* eslint-disable @typescript-eslint/no-require-imports -- loaded only if there are no other credentials */
function loadChain(): typeof DefaultChain {
  return require("@aws-sdk/credential-provider-node") as typeof DefaultChain;
}

function loadSts(): typeof StsSdk {
  return require("@aws-sdk/client-sts") as typeof StsSdk;
}
/* eslint-enable @typescript-eslint/no-require-imports */
