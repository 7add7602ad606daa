import { Readable } from "node:stream";
import type { Body } from "../../http/Body";
import { announcedLengthOf } from "../../http/framing";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { HeaderList } from "../../http/HeaderList";
import { isFinalStatus } from "../../http/headerRules";
import { toWebStream, type StreamOptions } from "./toWebStream";

/** Statuses for which Fetch allows no body, not even an empty one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** Converts a response. */
export function toResponse(
  { status, statusText, headers, body }: GatewayResponse,
  {
    method,
    ...options
  }: Omit<StreamOptions, "length"> & { readonly method: string },
): Response {
  // Some servers replace `Response` with their own class, which would fail only when it is sent.
  if (!isFinalStatus(status))
    throw new RangeError(`Fetch does not support the status ${status}`);
  const hasNoBody = isBodiless(method, status);
  const plain = headers.without(["trailer"]);
  const { source } = body;
  const isEmpty = source instanceof Uint8Array && source.length === 0;
  const framed =
    source instanceof Readable || (hasNoBody && (isEmpty || !source))
      ? plain
      : plain.with("Content-Length", String(source?.length ?? 0));
  if (hasNoBody) body.discard();
  const length = announcedLengthOf(headers);
  return new Response(hasNoBody ? null : toWeb(body, { ...options, length }), {
    status,
    ...(statusText !== undefined && { statusText }),
    headers: new Headers(
      pairsOf(status === 204 ? framed.without(["content-length"]) : framed),
    ),
  });
}

/** Whether the response to a request with this method, or with this status, has no body. */
export const isBodiless = (method: string, status: number): boolean =>
  method === "HEAD" || WITHOUT_BODY.has(status);

type WebBody = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** Converts a body. */
export function toWeb(
  { source }: Body,
  options: StreamOptions,
): WebBody | null {
  if (source === undefined) return null;
  if (source instanceof Readable)
    return toWebStream(source, options) as WebBody;
  options.onBytes?.(source.length);
  return source as Uint8Array<ArrayBuffer>;
}

/** The headers as pairs. */
export function pairsOf({ lines }: HeaderList): [string, string][] {
  return lines.flatMap((name, at) =>
    at % 2 === 0 ? [[name, lines[at + 1] ?? ""] as [string, string]] : [],
  );
}
