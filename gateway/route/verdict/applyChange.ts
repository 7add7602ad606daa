import { Body } from "../../http/Body";
import type { GatewayRequest } from "../../http/GatewayRequest";
import { GatewayResponse } from "../../http/GatewayResponse";
import { isUnusualName, toVariableName } from "../../http/headerNames";
import { HeaderList } from "../../http/HeaderList";
import type { Change } from "./Change";
import {
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
  refuse(
    findStatusProblem(status) ??
      findProblem({ ...(statusText !== undefined && { statusText }) }) ??
      findLinesProblem(headers.lines),
  );
  return response;
}
