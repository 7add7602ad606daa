import { setImmediate } from "node:timers/promises";
import { InvalidInputError } from "../../src";
import { cacheKey, describeIssues, toSentence } from "../../src/internal";
import type { Exchange } from "../http/Exchange";
import type { Step, StepHandler } from "../route/Step";
import type { Verdict } from "../route/verdict/Verdict";
import type {
  Point,
  PointConfiguration,
} from "./configuration/PointConfiguration";
import {
  readConfiguration,
  type ReadConfiguration,
} from "./configuration/readConfiguration";
import type { SidecarIssue } from "./configuration/SidecarIssue";
import { validateTimeouts } from "./configuration/validateTimeouts";
import { InvalidResponseError } from "./response/InvalidResponseError";
import { invokeSidecarFunction } from "./invocation/invokeSidecarFunction";
import { PAYLOAD_LIMIT_BYTES } from "./input/readPayloads";
import { ResponseCache } from "./response/ResponseCache";
import { SIDECAR_ERRORS, SidecarError } from "./errors/SidecarError";
import { reportSidecarFailure } from "./options/reportSidecarFailure";
import type { SidecarOptions } from "./options/SidecarOptions";
import { TimeBudget } from "./invocation/TimeBudget";
import { respondToError } from "./response/respondToError";
import { toErrorResponse } from "./response/toErrorResponse";
import { RELAY_ATTRIBUTE, toInput } from "./input/toInput";
import { toRecord } from "./response/toChange";
import { toVerdict } from "./response/toVerdict";
import { validateOptions } from "./options/validateOptions";

/** A response that takes long to parse. */
const LARGE_RESPONSE_BYTES = 1_048_576;

/** The default timeout of an endpoint. */
const DEFAULT_ENDPOINT_TIMEOUT_MS = 60_000;

const getEndpointTimeout = ({ endpoint }: Partial<SidecarOptions>): number =>
  endpoint?.timeoutMs ?? DEFAULT_ENDPOINT_TIMEOUT_MS;

/**
 * Creates a step that behaves like Boomi's AWS Lambda Sidecar connector: a Lambda function before the origin, one after it, or
 * both. Each function forwards the message, changes it, or stops the call.
 *
 * @throws `ERR_INVALID_INPUT` with every invalid option and, unless `onInvalidConfiguration` is `answer`, every invalid line of
 * the configuration.
 *
 * @see {@link https://help.boomi.com/docs/Atomsphere/API%20Management/cam/cloud/ConnectorGuides/BoomiMasheryConnectors/AWSLambdaSidecarIntegrationConnector/Overview |
 * Boomi's documentation of the connector}
 *
 * @example
 * const step = sidecar({
 *   connector,
 *   endpoint: { serviceId: "svc81hh2k", endpointId: "ep44tt09x" },
 *   preInput: `region:eu-central-1
 * functionARN:arn:aws:lambda:eu-central-1:222233334444:function:order-guard
 * roleARN:arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders
 * externalIdKey:globex/prod/orderTrust`,
 * });
 * const route = createRoute({ steps: [step], origin: "http://127.0.0.1:3000" });
 *
 * @category Gateway
 */
export function sidecar(options: SidecarOptions): Step {
  const { preInput, postInput, reroute } = options;
  const preResult =
    preInput === undefined
      ? undefined
      : readConfiguration(preInput, "PreProcessor");
  const postResult =
    postInput === undefined
      ? undefined
      : readConfiguration(postInput, "PostProcessor");
  const pre = preResult?.configuration;
  const post = postResult?.configuration;
  const optionIssues = validateOptions(options, [pre, post]);
  const configurationIssues = [
    ...(preResult?.issues ?? []),
    ...(postResult?.issues ?? []),
    ...validateTimeouts({ pre, post }, getEndpointTimeout(options)),
  ];
  const isThrown = options.onInvalidConfiguration !== "answer";
  throwIssues([...optionIssues, ...(isThrown ? configurationIssues : [])]);
  const base = { name: "sidecar", ...(reroute && { reroutes: true }) };
  const [issue] = configurationIssues;
  if (issue) {
    const enableErrorSet = isErrorSetEnabled([preResult, postResult]);
    const request = createErrorPhase(issue, { options, enableErrorSet });
    return { ...base, request };
  }
  return { ...base, ...createPhases({ pre, post }, options) };
}

/** Whether the error set replaces the error of an invalid configuration: as the invalid points say, or both if only together they are invalid. */
function isErrorSetEnabled(
  results: readonly (ReadConfiguration | undefined)[],
): boolean {
  const given = results.filter((each) => each !== undefined);
  const invalid = given.filter(({ issues }) => issues.length > 0);
  return (invalid.length > 0 ? invalid : given).some(
    ({ configuration, enableErrorSet }) =>
      configuration?.enableErrorSet ?? enableErrorSet,
  );
}

/** The configurations of both points. */
interface Configurations {
  readonly pre: PointConfiguration | undefined;
  readonly post: PointConfiguration | undefined;
}

function createPhases(
  { pre, post }: Configurations,
  options: SidecarOptions,
): Pick<Step, "request" | "response" | "readsBody"> {
  const keepsRequest = post?.expandInput.has("requestPayload") ?? false;
  const request = pre && createPhase(pre, options);
  return {
    readsBody:
      keepsRequest || (pre?.expandInput.has("requestPayload") ?? false),
    ...((request ?? keepsRequest) && {
      request: async (exchange: Exchange) => {
        // The origin consumes the request body, so it is buffered here for the post-processing function.
        const isTooLarge =
          keepsRequest &&
          !(await exchange.request.body.read(PAYLOAD_LIMIT_BYTES));
        const verdict = await request?.(exchange);
        const isReplaced =
          verdict?.respond !== undefined || verdict?.change?.body !== undefined;
        // Post-processing would refuse the call after the origin has handled it.
        return post && isTooLarge && !isReplaced
          ? respondToError(
              new SidecarError(SIDECAR_ERRORS.payloadOverOneMegabyte()),
              { configuration: post, exchange, options },
            )
          : verdict;
      },
    }),
    ...(post && { response: createPhase(post, options) }),
  };
}

function throwIssues(found: readonly SidecarIssue[]): void {
  if (found.length === 0) return;
  // Boomi's own text is added so that it can be looked up in Boomi's documentation.
  const issues = found.map(({ path, rule, message, boomiError }) => ({
    path,
    rule,
    message: boomiError ? `${message} (${boomiError.message})` : message,
  }));
  throw new InvalidInputError({
    operation: "sidecar",
    message: `sidecar: ${toSentence(describeIssues(issues))}`,
    retryable: false,
    issues,
  });
}

/** Responds to every request with the configuration error, as Boomi's gateway does. */
function createErrorPhase(
  { boomiError, message }: SidecarIssue,
  {
    options,
    enableErrorSet,
  }: { readonly options: SidecarOptions; readonly enableErrorSet: boolean },
): StepHandler {
  const error = new SidecarError(
    SIDECAR_ERRORS.invalidConfiguration(boomiError?.message ?? message),
  );
  return (exchange) => {
    const failure = {
      error,
      point: "PreProcessor",
      isSuppressed: false,
    } as const;
    reportSidecarFailure({ ...failure, exchange }, options);
    return {
      respond: toErrorResponse(error, { enableErrorSet }, options),
    };
  };
}

function createPhase(
  configuration: PointConfiguration,
  options: SidecarOptions,
): StepHandler {
  const cache = options.reuse ? new ResponseCache() : undefined;
  return async (exchange) => {
    try {
      return await runPoint(configuration, { exchange, options, cache });
    } catch (error) {
      if (!(error instanceof SidecarError)) throw error;
      return respondToError(error, { configuration, exchange, options });
    }
  };
}

interface PointContext {
  readonly exchange: Exchange;
  readonly options: SidecarOptions;
  readonly cache: ResponseCache | undefined;
}

async function runPoint(
  configuration: PointConfiguration,
  context: PointContext,
): Promise<Verdict> {
  const { exchange, options, cache } = context;
  const { point, synchronicity, timeoutMs } = configuration;
  const budget = new TimeBudget(timeoutMs ?? getEndpointTimeout(options));
  const input = await toInput(configuration, { exchange, options, budget });
  const payload = serialize(input, point);
  const cacheKey = cache && toCacheKey(input);
  const cached = cacheKey === undefined ? undefined : cache?.get(cacheKey);
  const sized =
    cached ??
    (await invokeSidecarFunction(payload, configuration, { options, budget }));
  if (synchronicity === "Event") return undefined;
  const { response, bytes } = sized;
  // Parsing and writing a large response together would block the event loop.
  if (bytes > LARGE_RESPONSE_BYTES) await setImmediate();
  try {
    const verdict = await toVerdict(response, point, context);
    if (cacheKey !== undefined && !cached) cache?.set(cacheKey, sized);
    if (options.relay && point === "PreProcessor" && response.relay != null)
      exchange.attributes.set(
        RELAY_ATTRIBUTE,
        toRecord("relay", response.relay),
      );
    return verdict;
  } catch (cause) {
    if (!(cause instanceof InvalidResponseError)) throw cause;
    throw new SidecarError(SIDECAR_ERRORS.invalidResponse(point), { cause });
  }
}

function serialize(input: object, point: Point): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(input));
  } catch (cause) {
    // The token that `caller` returns can hold values that JSON does not support.
    throw new SidecarError(SIDECAR_ERRORS.invalidInput(point), { cause });
  }
}

/** Equal for inputs that differ only in the ID of the call. */
function toCacheKey(input: object): string {
  const json = JSON.stringify({ ...input, masheryMessageId: undefined });
  return cacheKey("sidecar response", json);
}
