import type { Exchange } from "../../http/Exchange";
import type {
  Point,
  PointConfiguration,
} from "../configuration/PointConfiguration";
import { readPayloads, type Payloads } from "./readPayloads";
import { selectEavs } from "./selectEavs";
import { selectHeaders } from "./selectHeaders";
import { SIDECAR_ERRORS, SidecarError } from "../errors/SidecarError";
import type {
  InputMessage,
  InputOperation,
  PostProcessorInput,
  PreProcessorInput,
} from "./SidecarInput";
import type {
  EavLookup,
  SidecarCaller,
  SidecarOptions,
} from "../options/SidecarOptions";
import type { TimeBudget } from "../invocation/TimeBudget";

/** An input before serialization. */
type InputMembers<Input> = { readonly [Member in keyof Input]: unknown };

/** The attribute of the exchange that holds the `relay` of the pre-processing response. */
export const RELAY_ATTRIBUTE = "sidecar.relay";

/** What an input is built from, besides the configuration. */
export interface InputContext {
  readonly exchange: Exchange;
  readonly options: SidecarOptions;
  readonly budget: TimeBudget;
}

/**
 * Builds the input of a function. Members that are `undefined` are left out of the JSON.
 *
 * @throws {@link SidecarError} if something required is missing, a payload is too large, or a lookup fails.
 */
export async function toInput(
  configuration: PointConfiguration,
  context: InputContext,
): Promise<object> {
  const { exchange, options } = context;
  const { point, synchronicity } = configuration;
  if (point === "PreProcessor") checkRequiredHeaders(configuration, exchange);
  const eavs = await readEavs(configuration, context);
  const payloads = await readPayloads(configuration, context);
  const caller = await readCaller(point, context);
  const input: InputMembers<PreProcessorInput | PostProcessorInput> = {
    point,
    synchronicity,
    masheryMessageId: caller.messageId ?? exchange.id,
    packageKey: caller.packageKey ?? "",
    serviceId: options.endpoint.serviceId,
    endpointId: options.endpoint.endpointId,
    params: toParams(configuration, exchange),
    ...toMessages(configuration, exchange, payloads),
    ...eavs,
    ...toExpandedMembers(configuration, context, caller),
  };
  return input;
}

/** A required header that is blank is missing, as in Boomi's predecessor. */
function checkRequiredHeaders(
  { requireRequestHeaders }: PointConfiguration,
  { request, originalRequest }: Exchange,
): void {
  for (const name of requireRequestHeaders) {
    const value =
      request.headers.get(name) ?? originalRequest.headers.get(name) ?? "";
    if (value.trim() === "")
      throw new SidecarError(SIDECAR_ERRORS.missingHeader(name));
  }
}

async function readEavs(
  configuration: PointConfiguration,
  { exchange, options, budget }: InputContext,
): Promise<Pick<InputMembers<PreProcessorInput>, "eavs" | "packageKeyEAVs">> {
  const withBudget =
    (lookUp: EavLookup | undefined): EavLookup =>
    () =>
      budget.run(() => lookUp?.(exchange));
  const eavs = await selectEavs(exchange, {
    require: configuration.requireEavs,
    include: configuration.includeEavs,
    lookUp: withBudget(options.applicationEavs),
    missing: SIDECAR_ERRORS.missingEav,
    lookupFailed: SIDECAR_ERRORS.eavLookupFailed,
  });
  const packageKeyEAVs = await selectEavs(exchange, {
    require: configuration.requirePackageKeyEavs,
    include: configuration.includePackageKeyEavs,
    lookUp: withBudget(options.packageKeyEavs),
    missing: SIDECAR_ERRORS.missingPackageKeyEav,
    lookupFailed: SIDECAR_ERRORS.packageKeyEavLookupFailed,
  });
  return { eavs, packageKeyEAVs };
}

async function readCaller(
  point: Point,
  { exchange, options, budget }: InputContext,
): Promise<SidecarCaller> {
  const { caller } = options;
  if (!caller) return {};
  try {
    return (
      (await budget.run<SidecarCaller | undefined>(() => caller(exchange))) ??
      {}
    );
  } catch (cause) {
    if (cause instanceof SidecarError) throw cause;
    throw new SidecarError(SIDECAR_ERRORS.invalidInput(point), { cause });
  }
}

function toParams(
  { params, point }: PointConfiguration,
  { attributes }: Exchange,
): Readonly<Record<string, unknown>> | undefined {
  const relayed =
    point === "PostProcessor" ? attributes.get(RELAY_ATTRIBUTE) : undefined;
  const all = Object.fromEntries([
    ...Object.entries(params),
    ...Object.entries(relayed ?? {}),
  ]);
  return Object.keys(all).length > 0 ? all : undefined;
}

/** The status is sent with any selected part of the response that was found, but not alone, as at Boomi. */
function toMessages(
  configuration: PointConfiguration,
  { request, originalRequest, response }: Exchange,
  payloads: Payloads,
): Pick<InputMembers<PostProcessorInput>, "request" | "response"> {
  const requestHeaders = selectHeaders(
    [request.headers, originalRequest.headers],
    {
      include: [
        ...configuration.requireRequestHeaders,
        ...configuration.includeRequestHeaders,
      ],
      skip: configuration.skipRequestHeaders,
    },
  );
  const responseHeaders =
    response &&
    selectHeaders([response.headers], {
      include: configuration.includeResponseHeaders,
      skip: configuration.skipResponseHeaders,
    });
  const responseMessage =
    response && toMessage(responseHeaders, payloads.response);
  return {
    request: toMessage(requestHeaders, payloads.request),
    response: responseMessage && { code: response.status, ...responseMessage },
  };
}

function toMessage(
  headers: InputMessage["headers"],
  payload: InputMessage,
): InputMessage | undefined {
  if (!headers) return payload.payload === undefined ? undefined : payload;
  return { headers, ...payload };
}

/** The members that `expand-input` adds, except the payloads. */
function toExpandedMembers(
  { expandInput }: PointConfiguration,
  { exchange, options }: InputContext,
  caller: SidecarCaller,
): Pick<
  InputMembers<PreProcessorInput>,
  "operation" | "remoteAddr" | "token" | "routing"
> {
  const { request } = exchange;
  const { origin } = options.endpoint;
  const remoteAddr = caller.remoteAddress ?? request.remoteAddress;
  return {
    operation: expandInput.has("operation") ? toOperation(exchange) : undefined,
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
}

function toOperation({ originalRequest }: Exchange): InputOperation {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(originalRequest.query))
    query.set(
      name,
      query.has(name) ? `${query.get(name) ?? ""},${value}` : value,
    );
  return {
    httpVerb: originalRequest.method,
    path: originalRequest.path || "/",
    query: Object.fromEntries(query),
    uri: originalRequest.uri,
  };
}
