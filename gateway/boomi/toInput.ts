import type { Exchange } from "../http/Exchange";
import type { GatewayRequest } from "../http/GatewayRequest";
import type { GatewayResponse } from "../http/GatewayResponse";
import type { Allowance } from "./Allowance";
import type {
  Point,
  PointConfiguration,
} from "./configuration/PointConfiguration";
import type {
  InputMessage,
  InputOperation,
  PostProcessorInput,
  PreProcessorInput,
} from "./FunctionInput";
import { selectAttributes } from "./selectAttributes";
import { selectHeaders } from "./selectHeaders";
import { ROWS, SidecarError } from "./SidecarError";
import type { Caller, SidecarOptions } from "./SidecarOptions";
import { toPayload } from "./toPayload";

/** An input before it is JSON. */
type Written<Input> = { readonly [Member in keyof Input]: unknown };

/** The most that is ever given to a function, in bytes. */
export const HARD_LIMIT = 1024 * 1024;

/** What went ahead, for a function after the origin. */
export const RELAY = "sidecar.relay";

/** Of what an input is made. */
export interface InputContext {
  readonly exchange: Exchange;
  readonly options: SidecarOptions;
  /** The time for lookups, and for what the origin still sends. */
  readonly allowance: Allowance;
}

/** What a function is given; `undefined` where a payload is too large for it, and nobody is to be stopped by that. */
export async function toInput(
  configuration: PointConfiguration,
  context: InputContext,
): Promise<object | undefined> {
  const { point, expandInput } = configuration;
  const { exchange, options } = context;
  if (point === "PreProcessor") requireHeaders(configuration, exchange);
  const attributes = await attributesOf(configuration, context);
  const payloads = await readPayloads(configuration, context);
  if (!payloads) return undefined;
  const caller = await callerOf(point, context);
  const { request, arrived } = exchange;
  const remoteAddr = caller.remoteAddress ?? request.remoteAddress;
  const { origin } = options.endpoint;
  // What is undefined is absent in JSON.
  const input: Written<PreProcessorInput | PostProcessorInput> = {
    point,
    synchronicity: configuration.synchronicity,
    masheryMessageId: caller.messageId ?? exchange.id,
    packageKey: caller.packageKey ?? "",
    serviceId: options.endpoint.serviceId,
    endpointId: options.endpoint.endpointId,
    params: paramsOf(configuration, exchange),
    request: messageOf(
      selectHeaders([request.headers, arrived.headers], {
        include: [
          ...configuration.requireRequestHeaders,
          ...configuration.includeRequestHeaders,
        ],
        skip: configuration.skipRequestHeaders,
      }),
      payloads.request,
    ),
    response: responseOf(configuration, exchange, payloads.response),
    ...attributes,
    operation: expandInput.has("operation") ? operationOf(exchange) : undefined,
    remoteAddr: expandInput.has("remoteAddress") ? remoteAddr : undefined,
    token: expandInput.has("token") ? caller.token : undefined,
    routing:
      expandInput.has("routing") && origin !== undefined
        ? {
            httpVerb: request.method,
            uri: `${(request.target ?? origin).replace(/\/$/, "")}${request.url}`,
          }
        : undefined,
  };
  return input;
}

async function attributesOf(
  configuration: PointConfiguration,
  { exchange, options, allowance }: InputContext,
): Promise<Partial<Record<"eavs" | "packageKeyEAVs", unknown>>> {
  const timed = (lookUp: SidecarOptions["applicationAttributes"]) => () =>
    allowance.within(() => lookUp?.(exchange));
  const eavs = await selectAttributes(exchange, {
    require: configuration.requireEavs,
    include: configuration.includeEavs,
    lookUp: timed(options.applicationAttributes),
    missing: ROWS.eavMissing,
    unreadable: ROWS.eavsUnreadable,
  });
  const packageKeyEAVs = await selectAttributes(exchange, {
    require: configuration.requirePackageKeyEavs,
    include: configuration.includePackageKeyEavs,
    lookUp: timed(options.packageKeyAttributes),
    missing: ROWS.packageKeyEavMissing,
    unreadable: ROWS.packageKeyEavsUnreadable,
  });
  return { eavs, packageKeyEAVs };
}

async function callerOf(
  point: Point,
  { exchange, options, allowance }: InputContext,
): Promise<Caller> {
  const { caller } = options;
  if (!caller) return {};
  try {
    return (
      (await allowance.within<Caller | undefined>(() => caller(exchange))) ?? {}
    );
  } catch (cause) {
    if (cause instanceof SidecarError) throw cause;
    throw new SidecarError(ROWS.invalidInput(point), { cause });
  }
}

/** A header that is there but blank is missing, as the predecessor has it. */
function requireHeaders(
  { requireRequestHeaders }: PointConfiguration,
  { request, arrived }: Exchange,
): void {
  for (const name of requireRequestHeaders) {
    const value = request.headers.get(name) ?? arrived.headers.get(name) ?? "";
    if (value.trim() === "") throw new SidecarError(ROWS.headerMissing(name));
  }
}

interface Payloads {
  readonly request: InputMessage;
  readonly response: InputMessage;
}

/** The payloads that were selected; `undefined` where one is too large, and filtered. */
async function readPayloads(
  configuration: PointConfiguration,
  { exchange: { request, response }, allowance }: InputContext,
): Promise<Payloads | undefined> {
  const read = async (
    token: "requestPayload" | "responsePayload",
    message: GatewayRequest | GatewayResponse | undefined,
  ): Promise<InputMessage | undefined> => {
    if (!configuration.expandInput.has(token) || !message) return {};
    const { body } = message;
    // A client may take his time: else he could have the function left out, where that is fail-safe.
    const bytes =
      message === request
        ? await body.whole(HARD_LIMIT)
        : await allowance.within((signal) =>
            body.whole(HARD_LIMIT, { signal }),
          );
    const isTooLarge = !bytes || bytes.length > configuration.maxPayloadBytes;
    // Filtering: the function is not asked about it, and nobody is stopped, as the predecessor has it.
    if (isTooLarge && configuration.maxPayloadCondition === "filtering")
      return undefined;
    if (!bytes) throw new SidecarError(ROWS.payloadOverLimit());
    if (isTooLarge) throw new SidecarError(ROWS.payloadTooLarge());
    return bytes.length > 0 ? toPayload(bytes, message.headers) : {};
  };
  const ofRequest = await read("requestPayload", request);
  const ofResponse = ofRequest && (await read("responsePayload", response));
  return (
    ofRequest && ofResponse && { request: ofRequest, response: ofResponse }
  );
}

function messageOf(
  headers: InputMessage["headers"],
  payload: InputMessage,
): InputMessage | undefined {
  if (!headers) return payload.payload === undefined ? undefined : payload;
  return { headers, ...payload };
}

/** The status goes along wherever something of the response was selected and found; alone it is not sent, as the vendor has it. */
function responseOf(
  { includeResponseHeaders, skipResponseHeaders }: PointConfiguration,
  { response }: Exchange,
  payload: InputMessage,
): PostProcessorInput["response"] | undefined {
  if (!response) return undefined;
  const headers = selectHeaders([response.headers], {
    include: includeResponseHeaders,
    skip: skipResponseHeaders,
  });
  const message = messageOf(headers, payload);
  return message && { code: response.status, ...message };
}

function paramsOf(
  { params, point }: PointConfiguration,
  { attributes }: Exchange,
): Readonly<Record<string, unknown>> | undefined {
  const relayed = point === "PostProcessor" ? attributes.get(RELAY) : undefined;
  const all = Object.fromEntries([
    ...Object.entries(params),
    ...Object.entries(relayed ?? {}),
  ]);
  return Object.keys(all).length > 0 ? all : undefined;
}

function operationOf({ arrived }: Exchange): InputOperation {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(arrived.query))
    query.set(
      name,
      query.has(name) ? `${query.get(name) ?? ""},${value}` : value,
    );
  return {
    httpVerb: arrived.method,
    path: arrived.path || "/",
    query: Object.fromEntries(query),
    uri: arrived.uri,
  };
}
