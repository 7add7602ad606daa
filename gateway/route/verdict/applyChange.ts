import { Body } from "../../http/Body";
import type { GatewayRequest } from "../../http/GatewayRequest";
import { GatewayResponse } from "../../http/GatewayResponse";
import { isUnusualName, toVariableName } from "../../http/headerNames";
import { HeaderList } from "../../http/HeaderList";
import type { Change } from "./Change";
import {
  findLengthProblem,
  findLinesProblem,
  findProblem,
  findStatusProblem,
} from "./findProblem";
import type { StepResponse } from "./StepResponse";
import { UnsendableError } from "./UnsendableError";

const refuse = (problem: string | undefined): void => {
  if (problem !== undefined) throw new UnsendableError(problem);
};

function changeHeaders(
  headers: HeaderList,
  { dropHeaders, setHeaders }: Change,
): HeaderList {
  const kept = dropHeaders ? headers.without(dropHeaders) : headers;
  return setHeaders ? kept.edit({ set: setHeaders }) : kept;
}

/** Headers that describe the bytes of the body, and are wrong for another one. */
const BODY_HEADERS = [
  "content-length",
  "content-encoding",
  "content-md5",
  "content-digest",
  "digest",
  "repr-digest",
  "etag",
  "accept-ranges",
  "content-range",
  "trailer",
];

function changeMessage(
  message: { readonly headers: HeaderList; readonly body: Body },
  change: Change,
): { headers: HeaderList; body: Body } {
  if (change.body === undefined)
    return {
      headers: changeHeaders(message.headers, change),
      body: message.body,
    };
  return {
    headers: changeHeaders(message.headers.without(BODY_HEADERS), change),
    body: new Body(toBytes(change.body)),
  };
}

const toBytes = (body: string | Uint8Array): Uint8Array =>
  typeof body === "string" ? Buffer.from(body) : body;

/**
 * Adds the headers that many servers cannot distinguish from those to drop: CGI reads `X_Admin` as `X-Admin`, and the client may have
 * sent only that one.
 */
function withLookalikes(
  names: readonly string[],
  headers: HeaderList,
): readonly string[] {
  const unusual = headers.names().filter(isUnusualName);
  if (unusual.length === 0) return names;
  const dropped = new Set(names.map(toVariableName));
  return [
    ...names,
    ...unusual.filter((name) => dropped.has(toVariableName(name))),
  ];
}

/** Applies a step's change to a request. */
export function changeRequest(
  request: GatewayRequest,
  change: Change,
): GatewayRequest {
  refuse(findProblem(change));
  const { method, url, target, status } = change;
  if (status !== undefined) refuse("status is allowed only for a response");
  return request.with({
    ...changeMessage(request, {
      ...change,
      ...(change.dropHeaders && {
        dropHeaders: withLookalikes(change.dropHeaders, request.headers),
      }),
    }),
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    ...(target !== undefined && { target }),
  });
}

/** Applies a step's change to a response. The replaced body is discarded. */
export function changeResponse(
  response: GatewayResponse,
  change: Change,
): GatewayResponse {
  refuse(findProblem(change));
  const { status, body, method, url, target } = change;
  if (method ?? url ?? target)
    refuse("method, url and target are allowed only for a request");
  if (body !== undefined) response.body.discard();
  return response.with({
    ...changeMessage(response, change),
    ...(status !== undefined &&
      status !== response.status && { status, statusText: undefined }),
  });
}

/** Creates the response that a step returned. */
export function toGatewayResponse(
  response: StepResponse | GatewayResponse,
): GatewayResponse {
  if (response instanceof GatewayResponse) return checkResponse(response);
  const { status, statusText, headers, body } = response;
  refuse(findProblem(response) ?? findStatusProblem(status));
  return new GatewayResponse({
    status,
    statusText,
    headers: changeHeaders(new HeaderList(), {
      ...(headers && { setHeaders: headers }),
    }),
    body: body === undefined ? new Body() : new Body(toBytes(body)),
  });
}

/** Checks a complete response that a step returned: one with a stream, or with header lines in a certain order. */
function checkResponse(response: GatewayResponse): GatewayResponse {
  const { status, statusText, headers } = response;
  const problem =
    findPartProblem(response) ??
    findStatusProblem(status) ??
    findProblem({ ...(statusText !== undefined && { statusText }) }) ??
    findLinesProblem(headers.lines) ??
    findLengthProblem(response);
  if (problem !== undefined) discardResponse(response);
  refuse(problem);
  return response;
}

/** Which part of a complete response is missing. `undefined` if none is. */
export function findPartProblem(response: unknown): string | undefined {
  if (!(response instanceof GatewayResponse))
    return "a response must be a GatewayResponse";
  const { headers, body } = response as Partial<GatewayResponse>;
  if (!(headers instanceof HeaderList))
    return "the headers of a GatewayResponse must be a HeaderList";
  return body instanceof Body
    ? undefined
    : "the body of a GatewayResponse must be a Body";
}

/** Releases the stream of a response that is not sent, if it is one. A body that both have is kept for the response that is sent. */
export function discardResponse(
  response: unknown,
  sent?: GatewayResponse,
): void {
  if (!(response instanceof GatewayResponse)) return;
  const { body } = response as Partial<GatewayResponse>;
  if (body instanceof Body && body !== sent?.body) body.discard();
}

/** Releases what a verdict contains, if it cannot be applied. */
export function discardVerdict(verdict: unknown): void {
  try {
    const { respond, originResponse } = Object(verdict) as {
      readonly respond?: unknown;
      readonly originResponse?: unknown;
    };
    discardResponse(respond);
    discardResponse(originResponse);
  } catch {
    // A verdict can be a proxy, which can throw as well.
  }
}
