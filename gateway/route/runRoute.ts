import { Readable } from "node:stream";
import type { Exchange } from "../http/Exchange";
import type { StepRun } from "../http/ExchangeRecord";
import { removeHopByHopHeaders } from "../http/framing";
import type { GatewayResponse } from "../http/GatewayResponse";
import { isHeaderValue } from "../../src/internal";
import type { Origin } from "../origin/Origin";
import { RequestError } from "../http/RequestError";
import { OriginError } from "../origin/OriginError";
import {
  changeRequest,
  changeResponse,
  toGatewayResponse,
} from "./verdict/applyChange";
import { UnsendableError } from "./verdict/UnsendableError";
import type { Change } from "./verdict/Change";
import { readVerdict } from "./verdict/readVerdict";
import {
  reportFailure,
  respondToFailure,
  respondToRefusal,
} from "./respondToFailure";
import type { RouteDefinition, StepStage } from "./RouteDefinition";
import { OriginStepError, runOriginStages } from "./runOriginStages";
import type { Verdict } from "./verdict/Verdict";

/** Runs an exchange through a route and resolves with the response for the client. It never rejects. */
export async function runRoute(
  route: RouteDefinition,
  exchange: Exchange,
  origin: Origin,
): Promise<GatewayResponse> {
  const stepResponse = await runRequestStages(route, exchange);
  if (stepResponse) return stepResponse;
  try {
    if (exchange.isDisconnected) throw new Error("the client disconnected");
    exchange.response =
      exchange.originResponse ??
      (await runOriginStages(route, exchange, () =>
        callOrigin(exchange, origin),
      ));
  } catch (error) {
    return respondToFailure(route, { ...toOriginFailure(error), exchange });
  }
  const response = await runResponseStages(route, exchange, exchange.response);
  const { source } = response.body;
  if (!(source instanceof Readable)) return response;
  const failureOf = (cause: unknown) => ({
    where: "origin",
    error: toTruncationError(exchange, cause),
    exchange,
  });
  if (source.errored) return respondToFailure(route, failureOf(source.errored));
  // By then the headers have been sent: the failure is reported to the host, and the client's response is cut off.
  source.once("error", (cause) => {
    reportFailure(route, failureOf(cause));
  });
  return response;
}

/** What failed while the origin was called: a step around it, the request whose body it read, or the origin. */
function toOriginFailure(error: unknown): {
  readonly where: string;
  readonly error: unknown;
} {
  if (error instanceof OriginStepError)
    return { where: error.step, error: error.cause };
  return { where: error instanceof RequestError ? "request" : "origin", error };
}

async function callOrigin(
  exchange: Exchange,
  origin: Origin,
): Promise<GatewayResponse> {
  const { record } = exchange;
  record.originCalledAt = performance.now();
  const response = await origin(exchange);
  record.originRespondedAt = performance.now();
  return checkOriginResponse(response);
}

/** Prepares an origin's response for the steps: removes hop-by-hop headers and a reason phrase that cannot be sent. */
function checkOriginResponse(response: GatewayResponse): GatewayResponse {
  const { status, statusText = "", headers, body } = response;
  if (!(status >= 200 && status <= 999)) {
    body.discard();
    throw new OriginError(
      `the origin responded with the status ${status}, which is not a final status`,
      { status: 502 },
    );
  }
  const endToEnd = removeHopByHopHeaders(headers);
  if (endToEnd === headers && isHeaderValue(statusText)) return response;
  return response.with({
    headers: endToEnd,
    ...(!isHeaderValue(statusText) && { statusText: undefined }),
  });
}

/** Runs the handlers before the origin. Resolves with the response of the step that ended the exchange, if one did. */
export async function runRequestStages(
  route: RouteDefinition,
  exchange: Exchange,
): Promise<GatewayResponse | undefined> {
  for (const stage of route.requestStages) {
    const { step } = stage;
    try {
      if (exchange.isDisconnected) throw new Error("the client disconnected");
      const verdict = await runStage(stage, exchange);
      const response = toStepResponse(route, verdict, { step, exchange });
      if (response) return response;
      if (verdict?.originResponse)
        exchange.originResponse = toGatewayResponse(verdict.originResponse);
      if (!verdict?.change) continue;
      if (!route.origin) refuseRerouting(verdict.change);
      exchange.request = changeRequest(exchange.request, verdict.change);
    } catch (error) {
      return respondToFailure(route, { where: step, error, exchange });
    }
  }
  // A step may continue although it could not read a body that exceeds a limit.
  const { readError: error } = exchange.originalRequest.body;
  return error instanceof RequestError
    ? respondToFailure(route, { where: "request", error, exchange })
    : undefined;
}

/** Runs a handler and records what it returned. */
async function runStage(
  { step, phase, handle }: StepStage,
  exchange: Exchange,
): Promise<Verdict> {
  const startedAt = performance.now();
  let kind: StepRun["verdict"] = "failure";
  try {
    const verdict = readVerdict(await handle(exchange));
    kind = kindOf(verdict);
    return verdict;
  } finally {
    const durationMs = performance.now() - startedAt;
    exchange.record.steps.push({ step, phase, verdict: kind, durationMs });
  }
}

function kindOf(verdict: Verdict): StepRun["verdict"] {
  if (verdict?.change) return "change";
  if (verdict?.respond) return "respond";
  if (verdict?.refuse) return "refuse";
  return verdict?.originResponse ? "originResponse" : "continue";
}

/** Without an origin, the request stays with the host, which has already matched its method and URL. */
function refuseRerouting({ method, url, target }: Change): void {
  if (method ?? url ?? target)
    throw new UnsendableError(
      "a step cannot change method, url or target on a route without an origin",
    );
}

/** Runs the handlers after the origin. The body of a response that a step replaces is discarded. */
async function runResponseStages(
  route: RouteDefinition,
  exchange: Exchange,
  originResponse: GatewayResponse,
): Promise<GatewayResponse> {
  let response = originResponse;
  for (const stage of route.responseStages) {
    const { step } = stage;
    exchange.response = response;
    try {
      const verdict = await runStage(stage, exchange);
      if (verdict?.originResponse)
        throw new UnsendableError(
          "originResponse is not allowed after the origin has responded; return respond or change",
        );
      if (verdict?.change) response = changeResponse(response, verdict.change);
      const stepResponse = toStepResponse(route, verdict, { step, exchange });
      if (!stepResponse) continue;
      response.body.discard();
      return stepResponse;
    } catch (error) {
      const { source } = response.body;
      response.body.discard();
      const isTruncated =
        source instanceof Readable && source.errored === error;
      return respondToFailure(route, {
        where: isTruncated ? "origin" : step,
        error: isTruncated ? toTruncationError(exchange, error) : error,
        exchange,
      });
    }
  }
  return response;
}

/** The response of a step that ends the exchange. `undefined` if it continues. */
function toStepResponse(
  route: RouteDefinition,
  verdict: Verdict,
  { step, exchange }: { readonly step: string; readonly exchange: Exchange },
): GatewayResponse | undefined {
  if (verdict?.respond) return toGatewayResponse(verdict.respond);
  return verdict?.refuse
    ? respondToRefusal(route, {
        where: step,
        refusal: verdict.refuse,
        exchange,
      })
    : undefined;
}

function toTruncationError(
  { originalRequest: arrived }: Exchange,
  cause: unknown,
): OriginError {
  if (cause instanceof OriginError) return cause;
  const { method, uri } = arrived;
  // A query may contain secrets.
  const path = uri.replace(/\?.*/, "");
  const message = `${method} ${path}: the origin closed the connection before its response was complete`;
  return new OriginError(message, { status: 502, cause });
}
