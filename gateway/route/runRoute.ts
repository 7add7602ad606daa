import { Readable } from "node:stream";
import type { Exchange } from "../http/Exchange";
import type { StepRun } from "../http/ExchangeRecord";
import { ignoreRejection } from "../http/body/ignoreRejection";
import { removeHopByHopHeaders } from "../http/framing";
import type { GatewayResponse } from "../http/GatewayResponse";
import { isHeaderValue } from "../../src/internal";
import type { Origin } from "../origin/Origin";
import { findBodyFailure, toBodyFailure } from "./bodyFailure";
import { OriginError } from "../origin/OriginError";
import {
  changeRequest,
  changeResponse,
  discardResponse,
  discardVerdict,
  findPartProblem,
  toGatewayResponse,
} from "./verdict/applyChange";
import { findLengthProblem } from "./verdict/findProblem";
import { UnsendableError } from "./verdict/UnsendableError";
import type { Change } from "./verdict/Change";
import { readVerdict } from "./verdict/readVerdict";
import { respondToFailure, respondToRefusal } from "./respondToFailure";
import type { RouteDefinition, StepStage } from "./RouteDefinition";
import { OriginStepError, runOriginStages } from "./runOriginStages";
import type { OriginResponseVerdict, Verdict } from "./verdict/Verdict";

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
    exchange.originResponse?.body.discard();
    return respondToFailure(route, {
      ...toOriginFailure(exchange, error),
      exchange,
    });
  }
  return runResponseStages(route, exchange, exchange.response);
}

/** What failed while the origin was called: a step around it, the request whose body it read, or the origin. */
function toOriginFailure(
  exchange: Exchange,
  error: unknown,
): {
  readonly where: string;
  readonly error: unknown;
} {
  // An origin that reads the body can report the failure with an error of its own.
  const bodyFailure = findBodyFailure(exchange);
  if (bodyFailure) return { where: "request", error: bodyFailure };
  return error instanceof OriginStepError
    ? { where: error.step, error: error.cause }
    : { where: "origin", error };
}

async function callOrigin(
  exchange: Exchange,
  origin: Origin,
): Promise<GatewayResponse> {
  const { record } = exchange;
  record.originCalledAt = performance.now();
  const response = await origin(exchange);
  record.originRespondedAt = performance.now();
  record.responder = "origin";
  return checkOriginResponse(response);
}

/** Prepares an origin's response for the steps: removes hop-by-hop headers and a reason phrase that cannot be sent. */
function checkOriginResponse(response: GatewayResponse): GatewayResponse {
  const part = findPartProblem(response);
  if (part !== undefined) {
    ignoreRejection(response);
    discardResponse(response);
    throw new UnsendableError(part);
  }
  const { status, statusText = "", headers } = response;
  const problem =
    status >= 200 && status <= 999
      ? findLengthProblem(response)
      : `the origin responded with the status ${status}, which is not a final status`;
  if (problem !== undefined) {
    discardResponse(response);
    throw new OriginError(problem, { status: 502 });
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
  const response = await findStepResponse(route, exchange);
  if (response) discardResponse(exchange.originResponse, response);
  return response;
}

async function findStepResponse(
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
      if (verdict?.originResponse) setOriginResponse(exchange, verdict, step);
      if (!verdict?.change) continue;
      if (!route.origin) refuseRerouting(verdict.change);
      exchange.request = changeRequest(exchange.request, verdict.change);
      for (const name of Object.keys(verdict.change.setHeaders ?? {}))
        exchange.record.setHeaders.push(name.toLowerCase());
    } catch (error) {
      return respondToFailure(route, { where: step, error, exchange });
    }
  }
  // A step may continue although it could not read a body that exceeds a limit.
  const error = findBodyFailure(exchange);
  return (
    error && respondToFailure(route, { where: "request", error, exchange })
  );
}

/** Sets the response that replaces the origin's. One that an earlier step has set is not used any more. */
function setOriginResponse(
  exchange: Exchange,
  { originResponse }: OriginResponseVerdict,
  step: string,
): void {
  const response = toGatewayResponse(originResponse);
  discardResponse(exchange.originResponse, response);
  exchange.originResponse = response;
  exchange.record.responder = step;
}

/** Runs a handler and records what it returned. */
async function runStage(
  { step, phase, handle }: StepStage,
  exchange: Exchange,
): Promise<Verdict> {
  const startedAt = performance.now();
  let kind: StepRun["verdict"] = "failure";
  let given: unknown;
  try {
    given = await handle(exchange);
    const verdict = readVerdict(given);
    kind = kindOf(verdict);
    return verdict;
  } catch (error) {
    discardVerdict(given);
    throw error;
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
      if (verdict?.originResponse) {
        discardVerdict(verdict);
        throw new UnsendableError(
          "originResponse is not allowed after the origin has responded; return respond or change",
        );
      }
      if (verdict?.change) response = changeResponse(response, verdict.change);
      const stepResponse = toStepResponse(route, verdict, { step, exchange });
      if (!stepResponse) continue;
      discardResponse(response, stepResponse);
      return stepResponse;
    } catch (error) {
      const { source } = response.body;
      response.body.discard();
      const isTruncated =
        source instanceof Readable && source.errored === error;
      return respondToFailure(
        route,
        isTruncated
          ? toBodyFailure(exchange, error)
          : { where: step, error, exchange },
      );
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
  if (verdict?.respond) {
    const response = toGatewayResponse(verdict.respond);
    exchange.record.responder = step;
    return response;
  }
  return verdict?.refuse
    ? respondToRefusal(route, {
        where: step,
        refusal: verdict.refuse,
        exchange,
      })
    : undefined;
}
