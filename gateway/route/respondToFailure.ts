import { ignoreRejection } from "../http/body/ignoreRejection";
import { BodyMemoryError } from "../http/BodyMemoryError";
import type { Exchange } from "../http/Exchange";
import type { RenderedFault } from "../http/ExchangeRecord";
import type { GatewayResponse } from "../http/GatewayResponse";
import { LimitStoreError } from "./LimitStoreError";
import { RequestError } from "../http/RequestError";
import { OriginError } from "../origin/OriginError";
import { toGatewayResponse } from "./verdict/applyChange";
import type { Fault } from "./Fault";
import { findProblem } from "./verdict/findProblem";
import type { Refusal } from "./verdict/Refusal";
import type { StepResponse } from "./verdict/StepResponse";
import { reportToHost } from "./reportToHost";
import type { RouteDefinition } from "./RouteDefinition";
import type { RouteFailure } from "./RouteFailure";
import { UnsendableError } from "./verdict/UnsendableError";
import { nodeHttp } from "../../src/internal";

/** Reports a failure to the host. Returns the response for the client, which contains only the status unless the route renders it. */
export function respondToFailure(
  route: RouteDefinition,
  failure: RouteFailure,
): GatewayResponse {
  reportFailure(route, failure);
  const { status, retryAfterSeconds } = toKnownError(failure.error);
  return render(route, {
    ...failure,
    status,
    reason: undefined,
    headers:
      retryAfterSeconds === undefined
        ? {}
        : { "Retry-After": String(retryAfterSeconds) },
  });
}

/**
 * Returns the response to a refused request.
 *
 * @throws {@link UnsendableError} if the refusal cannot be sent.
 */
export function respondToRefusal(
  route: RouteDefinition,
  {
    refusal,
    ...place
  }: {
    readonly where: string;
    readonly refusal: Refusal;
    readonly exchange: Exchange;
  },
): GatewayResponse {
  const { status, headers = {}, reason } = refusal;
  const problem =
    findProblem({ headers }) ??
    (Number.isInteger(status) && status >= 400 && status <= 599
      ? undefined
      : "the status of a refusal must be an integer from 400 to 599");
  if (problem !== undefined) throw new UnsendableError(problem);
  return render(route, { ...place, status, headers, reason, error: undefined });
}

/** Makes the response to a fault with the route's renderer, or else the default response. */
function render(route: RouteDefinition, fault: Fault): GatewayResponse {
  const { exchange, status, headers } = fault;
  const { record } = exchange;
  try {
    const rendered: unknown = route.renderFault?.(fault);
    if (rendered) {
      if (rendered instanceof Promise) {
        ignoreRejection(rendered);
        throw new UnsendableError(
          "renderFault must return a response, not a promise",
        );
      }
      const response = toGatewayResponse(rendered as StepResponse);
      record.responder = "renderFault";
      record.renderedFault = { status, headers };
      return withDefaultHeaders(response, headers);
    }
  } catch (error) {
    reportFailure(route, { where: "renderFault", error, exchange });
  }
  return createDefaultResponse(exchange, fault);
}

/** The default response to a fault: the status as text. */
export function createDefaultResponse(
  { record }: Exchange,
  { status, headers }: RenderedFault,
): GatewayResponse {
  record.responder = "default";
  const statusText = nodeHttp.STATUS_CODES[status] ?? "";
  return toGatewayResponse({
    status,
    statusText,
    headers: { "Content-Type": "text/plain", ...headers },
    body: `${statusText}\n`,
  });
}

/** Adds headers that a response does not have. */
function withDefaultHeaders(
  response: GatewayResponse,
  defaults: Fault["headers"],
): GatewayResponse {
  const { headers } = response;
  const missing = Object.entries(defaults).filter(
    ([name]) => !headers.has(name),
  );
  return missing.length === 0
    ? response
    : response.with({
        headers: headers.edit({ set: Object.fromEntries(missing) }),
      });
}

/** What the client learns of an error. */
function toKnownError(error: unknown): {
  readonly status: number;
  readonly retryAfterSeconds?: number;
} {
  try {
    const isKnown =
      error instanceof BodyMemoryError ||
      error instanceof LimitStoreError ||
      error instanceof OriginError ||
      error instanceof RequestError;
    if (isKnown) return error;
  } catch {
    // A step can throw a proxy, which can throw as well.
  }
  return { status: 500 };
}

/** Refuses a request before any step handles it. It is reported to the host, unless the host has closed the route. */
export async function refuse(
  route: RouteDefinition,
  exchange: Exchange,
  error: RequestError,
): Promise<GatewayResponse> {
  for (const { step, handle } of route.refusalStages)
    try {
      await handle(exchange);
    } catch (failure) {
      reportFailure(route, { where: step, error: failure, exchange });
    }
  const where = "request";
  if (error.status !== 503)
    return respondToFailure(route, { where, error, exchange });
  const refusal = { status: 503, reason: error.message };
  return respondToRefusal(route, { where, refusal, exchange });
}

/** Reports a failure to the host, unless the client has disconnected: that is why steps and the origin fail then. */
export function reportFailure(
  route: RouteDefinition,
  failure: RouteFailure,
): void {
  const { where, error, exchange } = failure;
  if (exchange.isDisconnected) return;
  exchange.record.failures.push({ where, error });
  reportDoneFailure(route, failure);
}

/** Reports a failure to the host, also after the client has disconnected. */
export function reportDoneFailure(
  { onFault }: RouteDefinition,
  failure: RouteFailure,
): void {
  const { where } = failure;
  reportToHost(failure, {
    listener: onFault,
    option: "onFault of createRoute or createRouter",
    place: NOT_A_STEP[where] ?? `step ${JSON.stringify(where)}`,
  });
}

/** How a report names what failed, if it is not a step. */
const NOT_A_STEP: Readonly<Record<string, string>> = {
  origin: "the origin",
  request: "the request",
  router: "the router",
  renderFault: "renderFault",
};
