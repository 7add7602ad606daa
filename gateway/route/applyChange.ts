import { Body } from "../http/Body";
import type { GatewayRequest } from "../http/GatewayRequest";
import { GatewayResponse } from "../http/GatewayResponse";
import { HeaderList } from "../http/HeaderList";
import {
  faultOfHeader,
  faultOfName,
  isFinalStatus,
  isValue,
} from "../http/headerRules";
import type { Change } from "./Change";
import type { StepResponse } from "./StepResponse";

/** A step asked for what cannot be sent. */
export class UnsendableError extends Error {
  override readonly name = "UnsendableError";
}

const refuse = (message: string | undefined): void => {
  if (message !== undefined) throw new UnsendableError(message);
};

/** What is wrong with a change or a reply; `undefined` where nothing is. */
export function faultOf(
  asked: Change & Partial<StepResponse>,
): string | undefined {
  const { setHeaders, headers } = asked;
  const set = Object.entries({ ...setHeaders, ...headers });
  const faults = [
    isPlain(setHeaders) && isPlain(headers)
      ? undefined
      : "headers are an object of names and values",
    ...(asked.dropHeaders ?? []).map(faultOfName),
    ...set.map(([name, value]) => faultOfHeader(name, value)),
    asked.status === undefined ? undefined : faultOfStatus(asked.status),
    asked.statusText === undefined || isValue(asked.statusText)
      ? undefined
      : "the text behind a status holds a character that it may not hold",
    asked.body === undefined || isBody(asked.body)
      ? undefined
      : "a body is a text or bytes",
    asked.method === undefined ||
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(asked.method)
      ? undefined
      : "a verb is a word",
    asked.url === undefined || /^\/[!-~]*$/.test(asked.url)
      ? undefined
      : "a path begins with / and holds no blanks and no control characters",
    asked.target === undefined || isTarget(asked.target)
      ? undefined
      : "a target is a URL of http or https without path",
  ];
  return faults.find((fault) => fault !== undefined);
}

const faultOfStatus = (status: unknown): string | undefined =>
  isFinalStatus(status)
    ? undefined
    : "a status is a whole number from 200 to 599";

/** Whether its members are what it says; of a list, or of Fetch's `Headers`, they are not. */
function isPlain(given: object | undefined): boolean {
  if (given === undefined) return true;
  const prototype: unknown = Object.getPrototypeOf(given);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const isBody = (body: unknown): boolean =>
  typeof body === "string" || body instanceof Uint8Array;

function isTarget(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    /^https?:$/.test(url?.protocol ?? "") &&
    url?.pathname === "/" &&
    url.search + url.hash + url.username + url.password === ""
  );
}

/** Headers as they are sent, after a change. */
function changed(
  headers: HeaderList,
  { dropHeaders, setHeaders }: Change,
): HeaderList {
  const left = dropHeaders ? headers.without(dropHeaders) : headers;
  return setHeaders ? left.edit({ set: setHeaders }) : left;
}

/** What speaks of the bytes of a body that is there no more. */
const OF_THE_BYTES = [
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

/** A new body, and the headers without what was true of the old one, unless the change says it anew. */
function replaced(
  message: { readonly headers: HeaderList; readonly body: Body },
  change: Change,
): { headers: HeaderList; body: Body } {
  if (change.body === undefined)
    return { headers: changed(message.headers, change), body: message.body };
  return {
    headers: changed(message.headers.without(OF_THE_BYTES), change),
    body: new Body(toBytes(change.body)),
  };
}

const toBytes = (body: string | Uint8Array): Uint8Array =>
  typeof body === "string" ? Buffer.from(body) : body;

/** The request after a change. */
export function changeRequest(
  request: GatewayRequest,
  change: Change,
): GatewayRequest {
  refuse(faultOf(change));
  const { method, url, target, status } = change;
  if (status !== undefined) refuse("a request has no status to change");
  return request.with({
    ...replaced(request, change),
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    ...(target !== undefined && { target }),
  });
}

/** The response after a change. */
export function changeResponse(
  response: GatewayResponse,
  change: Change,
): GatewayResponse {
  refuse(faultOf(change));
  const { status, body, method, url, target } = change;
  if (method ?? url ?? target)
    refuse("where a request goes can't be changed when it has been answered");
  if (body !== undefined) response.body.discard();
  return response.with({
    ...replaced(response, change),
    ...(status !== undefined &&
      status !== response.status && { status, statusText: undefined }),
  });
}

/** A step's own answer as a response. */
export function toResponse(reply: StepResponse): GatewayResponse {
  refuse(faultOf(reply) ?? faultOfStatus(reply.status));
  return new GatewayResponse({
    status: reply.status,
    statusText: reply.statusText,
    headers: changed(new HeaderList(), {
      ...(reply.headers && { setHeaders: reply.headers }),
    }),
    body: reply.body === undefined ? new Body() : new Body(toBytes(reply.body)),
  });
}
