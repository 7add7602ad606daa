import { createHash } from "node:crypto";
import { InvalidInputError } from "../../src";
import type { Exchange } from "../http/Exchange";
import type { StepHandler, Step } from "../route/Step";
import type { Verdict } from "../route/Verdict";
import { callListener } from "../route/callListener";
import { Allowance } from "./Allowance";
import { askFunction } from "./askFunction";
import type {
  Point,
  PointConfiguration,
} from "./configuration/PointConfiguration";
import { readPoint, type SidecarIssue } from "./configuration/readPoint";
import { readTimeouts } from "./configuration/readTimeouts";
import { issuesOf } from "./issuesOf";
import { ReusedAnswers } from "./ReusedAnswers";
import { ROWS, SidecarError } from "./SidecarError";
import type { SidecarOptions } from "./SidecarOptions";
import { HARD_LIMIT, RELAY, toInput } from "./toInput";
import { toReply } from "./toReply";
import { InvalidAnswer, toVerdict } from "./toVerdict";

/** The time that an endpoint has where nobody says, in ms. */
const ENDPOINT_MS = 60_000;

// Whoever writes JavaScript may have left the endpoint out.
const endpointMs = ({ endpoint }: Partial<SidecarOptions>): number =>
  endpoint?.timeoutMs ?? ENDPOINT_MS;

/**
 * Boomi's Sidecar connector as a step: a function before the origin, one after it, or both, which let a call pass, change it, or
 * stop it.
 *
 * @throws `ERR_INVALID_INPUT` naming each line of the configuration and each option that breaks a rule, unless they are to be
 * answered with.
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
  const before =
    preInput === undefined ? undefined : readPoint(preInput, "PreProcessor");
  const after =
    postInput === undefined ? undefined : readPoint(postInput, "PostProcessor");
  const pre = before?.configuration;
  const post = after?.configuration;
  const ofOptions = issuesOf(options, [pre, post]);
  const ofInputs = [
    ...(before?.issues ?? []),
    ...(after?.issues ?? []),
    ...readTimeouts({ pre, post }, endpointMs(options)),
  ];
  const answers = options.onInvalidConfiguration === "answer";
  refuse([...ofOptions, ...(answers ? [] : ofInputs)]);
  const base = { name: "sidecar", ...(reroute && { reroutes: true }) };
  const [first] = ofInputs;
  if (first) return { ...base, request: answering(first, options) };
  const keepsRequest = post?.expandInput.has("requestPayload") ?? false;
  const request = pre && at(pre, options);
  return {
    ...base,
    ...((request ?? keepsRequest) && {
      request: async (exchange: Exchange) => {
        // The origin reads it; what the function behind it is to see is read before.
        if (keepsRequest) await exchange.request.body.whole(HARD_LIMIT);
        return request?.(exchange);
      },
    }),
    ...(post && { response: at(post, options) }),
  };
}

function refuse(found: readonly SidecarIssue[]): void {
  if (found.length === 0) return;
  // The vendor's own words stand beside ours, for whoever looks them up.
  const issues = found.map(({ path, rule, message, row }) => ({
    path,
    rule,
    message: row ? `${message} (${row.message})` : message,
  }));
  throw new InvalidInputError({
    operation: "sidecar",
    message: `sidecar: the step was not made: ${issues.map(({ message }) => message).join("; ")}.`,
    retryable: false,
    issues,
  });
}

/** Every request is answered with what is wrong, as the vendor's gateway does. */
function answering(
  { row, message }: SidecarIssue,
  options: SidecarOptions,
): StepHandler {
  const error = new SidecarError(
    ROWS.invalidConfiguration(row?.message ?? message),
  );
  return (exchange) => {
    callListener(options.onFailure, {
      error,
      point: "PreProcessor",
      isSuppressed: false,
      exchange,
    });
    return { respond: toReply(error, { enableErrorSet: false }, options) };
  };
}

/** One of the two points. */
function at(
  configuration: PointConfiguration,
  options: SidecarOptions,
): StepHandler {
  const reused = options.reuse ? new ReusedAnswers() : undefined;
  return async (exchange) => {
    try {
      return await perform(configuration, { exchange, options, reused });
    } catch (error) {
      if (!(error instanceof SidecarError)) throw error;
      const isSuppressed = !error.isOfClient && goesOn(configuration);
      callListener(options.onFailure, {
        error,
        point: configuration.point,
        isSuppressed,
        exchange,
      });
      return isSuppressed
        ? undefined
        : { respond: toReply(error, configuration, options) };
    }
  };
}

/** The vendor's matrix: a failing function stops a call where its answer counts, and it is not to be fail-safe. */
function goesOn({ failSafe, synchronicity }: PointConfiguration): boolean {
  return failSafe || synchronicity === "Event";
}

interface Context {
  readonly exchange: Exchange;
  readonly options: SidecarOptions;
  readonly reused: ReusedAnswers | undefined;
}

async function perform(
  configuration: PointConfiguration,
  context: Context,
): Promise<Verdict> {
  const { exchange, options, reused } = context;
  const { point, synchronicity, timeoutMs } = configuration;
  const allowance = new Allowance(timeoutMs ?? endpointMs(options));
  const asking = { exchange, options, allowance };
  const input = await toInput(configuration, asking);
  if (!input) return undefined;
  const payload = bytesOf(input, point);
  const name = reused && likenessOf(input);
  const known = name === undefined ? undefined : reused?.get(name);
  const answer = known ?? (await askFunction(payload, configuration, asking));
  if (synchronicity === "Event") return undefined;
  try {
    const verdict = toVerdict(answer, point, context);
    if (name !== undefined && !known) reused?.keep(name, answer);
    if (options.relay && point === "PreProcessor" && answer.relay)
      exchange.attributes.set(RELAY, answer.relay);
    return verdict;
  } catch (cause) {
    if (!(cause instanceof InvalidAnswer)) throw cause;
    throw new SidecarError(ROWS.invalidAnswer(point), { cause });
  }
}

function bytesOf(input: object, point: Point): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(input));
  } catch (cause) {
    // What the host tells of a caller may be anything.
    throw new SidecarError(ROWS.invalidInput(point), { cause });
  }
}

/** Inputs are alike when they differ in the call's id alone. */
function likenessOf(input: object): string {
  const text = JSON.stringify({ ...input, masheryMessageId: undefined });
  return createHash("sha256").update(text).digest("base64url");
}
